import type { ErasureInput, ErasureResult, ErasureView } from '@aimwell/contract/identity/erasure';
import { identifierOf } from '@aimwell/contract/platform/register';
import { people } from '@aimwell/contract/roles/people';
import { decideErasure, heldSignatures } from '@aimwell/core/identity/erasure';
import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import { actorId, type Context, dayIn } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { refused } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Row } from '../register/columns.ts';
import { loadRow } from '../register/read.ts';
import { writeRecords } from '../register/write.ts';
import { appendToTrail } from '../trail/append.ts';
import { REMAINS, remainsNow, remainsSaid } from '../trail/erased-remains.ts';
import { unsettled } from '../trail/verify-seals.ts';
import { factsAbout } from './facts.ts';
import { type Finds, findPerson, textsView } from './finds.ts';
import { eraseFromInstallation } from './installation.ts';
import type { StoredSignature } from './signatures.ts';

/** What stands where a name or an address stood. */
export const ERASED = '[erased]';

/** What an erasure would take away and what stands against it; changes nothing. */
export const previewErasureOf = async (tx: Tx, context: Context, id: string): Promise<ErasureView> => {
  const person = await loadRow(tx, people, id);
  const facts = await factsAbout(tx, context, id);
  const held = heldSignatures(facts);
  const finds = await findPerson(tx, id, []);
  const decision = decideErasure(facts, { exceptSignatures: false, leaveDuties: false });
  const done = await earlierErasure(tx, id);
  return {
    person: { id, identifier: identifierOf(people, person.number), title: String(person['name']) },
    erasedOn: done === null ? null : dayIn(context.organisation.timeZone, done.at),
    goes: {
      payloads: finds.entries.length,
      invitations: finds.invitations,
      account: finds.account,
      texts: await textsView(tx, finds.texts),
    },
    against: 'refused' in decision ? decision.refused.map(({ code, message, remedy, from }) => ({ code, message, remedy, from })) : [],
    duties: facts.held.map((duty) => ({ ...duty })),
    signatures: held.map(({ register, record, identifier, title, approvedOn, until }) => ({
      register,
      id: record,
      identifier,
      title,
      approvedOn,
      until,
    })),
    stays: { sharedName: finds.sharedName, fileNames: finds.fileNames, mapFiles: finds.mapFiles },
  };
};

/**
 * Erases a person in the running transaction: his record, his history, every payload and text that names him, and his
 * account where it serves no other organisation. Repeated for somebody erased, it does nothing and says so.
 * @throws NOT_FOUND, REFUSED (access, duties, signatures under retention, a legal hold, a reason that names him)
 */
export const erasePersonFrom = async (tx: Tx, context: Context, id: string, input: ErasureInput): Promise<ErasureResult> => {
  const person = await loadRow(tx, people, id, { lock: true });
  const facts = await factsAbout(tx, context, id);
  const choice = { exceptSignatures: input.exceptSignatures === true, leaveDuties: input.leaveDuties === true };
  const done = await earlierErasure(tx, id);
  const decision = decideErasure(facts, done === null ? choice : { ...choice, leaveDuties: true });
  if ('refused' in decision) throw refused(decision.refused.map(({ from: _from, ...reason }) => reason));
  const { keep } = decision;
  // Somebody erased except for signatures is erased further once their retention is over.
  if (done !== null && facts.signatures.length === keep.length)
    return {
      erasedOn: dayIn(context.organisation.timeZone, done.at),
      already: true,
      entryId: null,
      payloads: 0,
      texts: 0,
      account: 'none',
      signaturesKept: keep.length,
    };
  refuseNaming(person, input.reason);
  return carryOut(tx, context, person, input.reason, keep);
};

/** The erasure itself, once it is clear that it may be. `keep` are signatures that stay. */
export const carryOut = async (
  tx: Tx,
  context: Context,
  person: Row,
  reason: string,
  keep: readonly StoredSignature[],
): Promise<ErasureResult> => {
  const kept = keep.flatMap(({ entries }) => entries);
  const finds = await findPerson(tx, person.id, kept);
  const entryId = await writeErasure(tx, context, person, reason, kept, finds);
  await eraseFromInstallation(tx, context, person.id, entryId);
  // What did not verify before is not made good by an erasure.
  const amiss = new Set((await unsettled(tx)).map(({ key }) => key));
  const [row] = await tx.query<{ counts: { payloads: number; texts: Record<string, number>; account: ErasureResult['account'] } }>(
    sql`select erase_person(${entryId}::uuid, ${newId()}::uuid, ${reason}) as counts`,
  );
  if (row === undefined) throw new Error('expected the counts of the erasure');
  // A letter to nobody would come back each day.
  await tx.query(
    sql`delete from checkpoint_recipients where organization_id = ${tx.organisationId}::uuid and (person_id = ${person.id}::uuid or email = ${ERASED})`,
  );
  await tellRemains(tx, context, person.id, entryId, amiss);
  return {
    erasedOn: context.today,
    already: false,
    entryId,
    payloads: row.counts.payloads,
    texts: Object.values(row.counts.texts).reduce((sum, rows) => sum + rows, 0),
    account: row.counts.account,
    signaturesKept: keep.length,
  };
};

/** Writes the person's last version, which names nobody; its entry lists what the database is then asked to empty. */
const writeErasure = async (
  tx: Tx,
  context: Context,
  person: Row,
  reason: string,
  kept: readonly string[],
  finds: Finds,
): Promise<string> => {
  const nobody = {
    name: ERASED,
    function: null,
    email: null,
    unit: null,
    active: false,
    custom: {},
    archivedAt: person['archivedAt'] ?? context.now.toISOString(),
    archivedReason: null,
  };
  const input = {
    entries: [...finds.entries].toSorted(),
    kept: [...kept].toSorted(),
    texts: Object.fromEntries(finds.texts.map(({ table, rows }) => [table, rows])),
    account: finds.account,
  };
  const [row] = await writeRecords(tx, context, people, [{ before: person, set: nobody }], { command: 'erase', reason, input });
  const [entry] = await tx.query<{ entry_id: string }>(
    sql`select entry_id from people_history where organization_id = ${tx.organisationId}::uuid and id = ${person.id}::uuid and version = ${row?.version ?? 0}`,
  );
  if (entry === undefined) throw new Error('expected the entry of the erasure');
  return entry.entry_id;
};

/** Payloads that are gone vouch for nothing; so the trail is told, in hashes, what is left of the versions that they spoke for. */
const tellRemains = async (tx: Tx, context: Context, person: string, erasure: string, amiss: ReadonlySet<string>): Promise<void> => {
  const said = await remainsSaid(tx);
  const left = [...(await remainsNow(tx))].filter(([entry, hash]) => said.get(entry) !== hash).toSorted();
  const sealed = (await unsettled(tx)).filter(({ key }) => !amiss.has(key)).map(({ key, now }) => [key, now] as const);
  await appendToTrail(tx, [
    {
      entry: newId(),
      register: people.name,
      record: person,
      version: null,
      command: REMAINS,
      actor: actorId(context.actor),
      time: context.now.toISOString(),
      request: context.requestId,
      payload: { erasure, left: Object.fromEntries(left), ...(sealed.length === 0 ? {} : { sealed: Object.fromEntries(sealed) }) },
    },
  ]);
};

const earlierErasure = async (tx: Tx, person: string): Promise<{ readonly at: Date } | null> => {
  const [row] = await tx.query<{ at: Date }>(
    sql`select at from erasures where organization_id = ${tx.organisationId}::uuid and person_id = ${person}::uuid order by at desc limit 1`,
  );
  return row ?? null;
};

const folded = (text: string): string => text.normalize('NFC').toLowerCase();

/** The reason stays for as long as the trail does. */
const refuseNaming = (person: Row, reason: string): void => {
  const names = [person['name'], person['email']].filter((name): name is string => typeof name === 'string' && name !== ERASED);
  if (names.some((name) => folded(reason).includes(folded(name))))
    throw refused([
      refusal(
        'REASON_NAMES_PERSON',
        'expected a reason that names nobody, got one with the name or address',
        'Say why without naming the person.',
        'reason',
      ),
    ]);
};
