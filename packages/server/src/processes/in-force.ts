import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError, refused } from '../platform/errors.ts';

export interface InForce {
  readonly version: string;
  readonly register: string | null;
}

interface Found {
  readonly name: string;
  readonly register: string | null;
  readonly version: string | null;
  readonly executable: boolean;
}

/** The version in force of a map, by key or id. NOT_FOUND for a map that is not here, REFUSED where nothing of it runs. */
export const inForce = async (tx: Tx, process: string): Promise<InForce> => {
  const [found] = await tx.query<Found>(sql`
    select m.name, m.register, v.id as version, v.graph is not null as executable from process_maps m
    left join process_versions v on v.organization_id = m.organization_id and v.map_id = m.id and v.state = 'approved'
    where m.organization_id = ${tx.organisationId}::uuid and (m.key = ${process} or m.id::text = ${process.toLowerCase()})`);
  if (found === undefined) throw new ProblemError('NOT_FOUND', { detail: 'No process with this key or id in this organisation.' });
  if (found.version === null)
    throw refused([
      refusal('NOT_IN_FORCE', `expected an approved version of "${found.name}", got none`, 'Have a version approved first.', 'process'),
    ]);
  if (!found.executable)
    throw refused([
      refusal(
        'DOCUMENTATION_ONLY',
        `expected a map that runs, got "${found.name}", which is documentation only`,
        'Its version says which elements stand against running it.',
        'process',
      ),
    ]);
  return { version: found.version, register: found.register };
};

/** Its id alone, for commands. */
export const processVersionInForce = async (tx: Tx, process: string): Promise<string> => (await inForce(tx, process)).version;
