import { sql } from 'kysely';
import type { Organisation } from '../context.ts';
import type { Database, Tx } from '../database/pool.ts';
import type { Fault } from './verify-records.ts';
import { readSaid } from './verify-said.ts';

/**
 * Whose trail holds what belongs to no organisation: sign-ins, set-up, refused attempts. It has no row among the organisations,
 * and the database refuses one, so that nobody can be its member, list it, or find it by a name.
 */
export const INSTALLATION = '00000000-0000-0000-0000-000000000001';

/** Register of its entries. */
export const INSTALLATION_LOG = 'installation';

/** For whoever verifies it or names it to people. */
export const installation: Organisation = {
  id: INSTALLATION,
  slug: 'installation',
  name: 'Installation',
  timeZone: 'UTC',
  demo: false,
  settings: {},
};

interface Erasure {
  readonly entry: string;
  readonly seq: number | null;
  readonly payload: Buffer | null;
}

/**
 * Each `erase` of the installation log names the erasure of a person in the trail of an organisation, and a payload may be
 * missing for no other reason: a list that stands by itself is a fault. Each of those names is used once.
 */
export const installationErasureFaults = async (database: Database): Promise<Fault[]> => {
  const told = await database.inOrganisation(INSTALLATION, (tx) =>
    tx.query<Erasure>(sql`
      select e.id as entry, l.seq, p.payload from trail_entries e
      left join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
      left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
      where e.organization_id = ${tx.organisationId}::uuid and e.register = ${INSTALLATION_LOG} and e.command = 'erase' order by e.id`),
  );
  const used = new Set<string>();
  const faults: Fault[] = [];
  for (const { entry, seq, payload } of told) {
    const said = readSaid(payload);
    const [organisation, erasure] = [said?.['organisation'], said?.['erasure']];
    const named = typeof organisation === 'string' && typeof erasure === 'string' && isId(organisation) && isId(erasure);
    const stands = named && !used.has(erasure) && (await database.inOrganisation(organisation, (tx) => isErasure(tx, erasure)));
    if (named) used.add(erasure);
    if (!stands)
      faults.push({
        what: 'payload',
        entry: seq,
        message: `Entry ${seq ?? '(not anchored)'} (${entry}): the erasure that it names is in no trail`,
      });
  }
  return faults;
};

const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);

const isErasure = async (tx: Tx, entry: string): Promise<boolean> => {
  const [row] = await tx.query<{ envelope: string }>(sql`
    select e.envelope from trail_entries e where e.organization_id = ${tx.organisationId}::uuid and e.id = ${entry}::uuid
      and (exists (select 1 from trail_leaves l where l.organization_id = e.organization_id and l.entry_id = e.id)
        or exists (select 1 from trail_pending q where q.organization_id = e.organization_id and q.entry_id = e.id))`);
  const said = readSaid(row?.envelope ?? null);
  return said?.['register'] === 'people' && said['command'] === 'erase' && typeof said['version'] === 'number';
};
