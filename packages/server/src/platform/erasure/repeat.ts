import { people } from '@aimwell/contract/roles/people';
import { heldSignatures } from '@aimwell/core/identity/erasure';
import { sql } from 'kysely';
import { type Context, createContext } from '../context.ts';
import type { Database, Tx } from '../database/pool.ts';
import { organisationBySlug, systemActor } from '../identity/founding.ts';
import { endAccess } from '../identity/members.ts';
import { loadRow } from '../register/read.ts';
import { carryOut, ERASED } from './erase.ts';
import { factsAbout } from './facts.ts';
import { type LedgerLine, readLedger } from './ledger.ts';
import type { StoredSignature } from './signatures.ts';

const REASON = 'Repeated after a restore: an erasure that the backup did not know of.';

/**
 * Repeats every erasure of a ledger that this database does not know: after a restore of an older backup. What was
 * decided then is not judged again; access that the backup brought back ends. Repeatable: what is erased is skipped.
 */
export const repeatErasures = async (
  house: { readonly database: Database; readonly now: () => Date },
  ledgerPath: string,
): Promise<{ repeated: number; skipped: number }> => {
  let [repeated, skipped] = [0, 0];
  for (const line of await readLedger(ledgerPath))
    if (await repeatOne(house, line)) repeated += 1;
    else skipped += 1;
  return { repeated, skipped };
};

const repeatOne = async ({ database, now }: { database: Database; now: () => Date }, line: LedgerLine): Promise<boolean> => {
  const organisation = await organisationBySlug({ database }, line.organisation);
  if (organisation === null) return false;
  return database.inOrganisation(organisation.id, async (tx) => {
    const person = await personOf(tx, line);
    if (person === null || (await isErased(tx, person, line))) return false;
    const context = createContext({ actor: systemActor, organisation, now: now() });
    await endAccess(tx, context, person);
    await carryOut(tx, context, await loadRow(tx, people, person, { lock: true }), REASON, await kept(tx, context, person, line));
    return true;
  });
};

/** By his id, else by his address: what was imported anew after the backup has another id. */
const personOf = async (tx: Tx, { person, salt, mark }: LedgerLine): Promise<string | null> => {
  const [row] = await tx.query<{ id: string }>(sql`
    select p.id from people p where p.organization_id = ${tx.organisationId}::uuid
      and (p.id = ${person}::uuid or encode(sha256(convert_to(${salt}::text || lower(normalize(btrim(p.email), NFC)), 'UTF8')), 'hex') = ${mark}::text)
    order by p.id <> ${person}::uuid limit 1`);
  return row?.id ?? null;
};

/** Erased at least as far as the line says. */
const isErased = async (tx: Tx, person: string, { signaturesKept }: LedgerLine): Promise<boolean> => {
  const rows = await tx.query<{ signatures_kept: boolean }>(
    sql`select e.signatures_kept from erasures e join people p on p.organization_id = e.organization_id and p.id = e.person_id
      where e.organization_id = ${tx.organisationId}::uuid and e.person_id = ${person}::uuid and p.name = ${ERASED}`,
  );
  return rows.some((row) => signaturesKept || !row.signatures_kept);
};

const kept = async (tx: Tx, context: Context, person: string, { signaturesKept }: LedgerLine): Promise<readonly StoredSignature[]> =>
  signaturesKept ? heldSignatures(await factsAbout(tx, context, person)) : [];
