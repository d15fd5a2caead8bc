import { readFile } from 'node:fs/promises';
import { tlogProofText } from '@aimwell/core/trail/tlog-proof';
import { sql } from 'kysely';
import { actorId, type Context } from '../context.ts';
import type { Database, Tx } from '../database/pool.ts';
import { ProblemError } from '../errors.ts';
import type { FileStore } from '../files/store.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from '../trail/append.ts';
import { resolveAsOf } from '../trail/as-of.ts';
import { presentOrPast } from '../trail/past.ts';
import { openCheckpoint, originOf, publicKeyPem, verifierKeyOf } from '../trail/signing.ts';
import { requestStamp, TimeStampError } from '../trail/time-stamp.ts';
import { allAnchored, newestCheckpoint, placeOf } from './anchor.ts';
import { countEntries, readEntries, readPlaces, type Selection } from './entries.ts';
import { createFiller } from './fill.ts';
import { beginPack, type Pack } from './folder.ts';
import { readNames } from './labels.ts';
import { proofPath, rotationPath } from './names.ts';
import { type Overview, overviewPage } from './overview.ts';
import { consistencyLines, inclusionProofs } from './proofs.ts';
import { parseScope, recordsOf, type Scope } from './scope.ts';

/** A document to go with the pack, made when it is its turn. */
export interface PackedReport {
  /** File name of letters, digits, dot, dash and underscore. */
  readonly name: string;
  /** What the first page calls it; the name where it says nothing else. */
  readonly title?: string;
  readonly bytes: Uint8Array;
}

export interface PackHouse {
  readonly database: Database;
  readonly files: FileStore;
  readonly now: () => Date;
  /** Address of a time-stamp authority; none is asked without. */
  readonly tsaUrl: string | null;
  /** The documents of a pack, made one after the other. */
  readonly reports: (context: Context, asked: AskedReports) => AsyncIterable<PackedReport>;
  /** Ids of what tells of these records without naming them in a field, such as the runs of processes about them. */
  readonly beside: (tx: Tx, records: readonly string[]) => Promise<readonly string[]>;
}

export interface AskedReports {
  readonly scope: Scope;
  readonly asOf: string | undefined;
  /** Ids of what the pack holds; null: everything. */
  readonly records: readonly string[] | null;
}

export interface PackOrder {
  /** `all`, `soa` or `system:ID`. */
  readonly scope: string;
  readonly asOf?: string | undefined;
  /** Where the archive is written. */
  readonly file: string;
  readonly progress?: (done: number, total: number) => void;
}

export interface MadePack {
  readonly id: string;
  readonly scope: string;
  readonly asOf: string | null;
  readonly entries: number;
  readonly files: number;
  readonly leftOut: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly checkpointSize: number;
  readonly timeStamped: boolean;
  /** Why there is no time stamp although an authority is named; null otherwise. */
  readonly stampProblem: string | null;
}

/** Up to which place of the tree a pack goes. */
const sizeFor = async (database: Database, context: Context, asOf: string | undefined): Promise<number> => {
  if (asOf === undefined) await allAnchored(database, context.organisation.id);
  const size = await database.inOrganisation(context.organisation.id, async (tx) =>
    asOf === undefined ? (await newestCheckpoint(tx))?.size : (await resolveAsOf(tx, asOf, context.now)).checkpoint?.size,
  );
  if (size === undefined)
    throw new ProblemError('NOT_FOUND', {
      detail: `Nothing had been recorded${asOf === undefined ? ' yet' : ` by ${asOf}`}, so there is nothing to pack.`,
      remedy: asOf === undefined ? 'Start the server once; it anchors what was written.' : 'Choose a later moment.',
    });
  return size;
};

const verifyScript = new URL('verify.sh', import.meta.url);

/**
 * Makes an audit pack (docs/decisions/0010): evidence, entries, payloads and documents; MANIFEST as an entry of the log; then, under
 * the checkpoint that covers it, all proofs. Memory does not grow with the pack.
 * @throws ProblemError INVALID (scope, moment), NOT_FOUND (system, nothing recorded), UNAVAILABLE (nothing sequences)
 */
export const makePack = async (house: PackHouse, context: Context, order: PackOrder): Promise<MadePack> => {
  const { database } = house;
  const organisationId = context.organisation.id;
  const scope = parseScope(order.scope);
  const size = await sizeFor(database, context, order.asOf);
  const found = await database.inOrganisation(organisationId, async (present) => {
    const { tx } = await presentOrPast(present, context, order.asOf);
    return recordsOf(tx, scope);
  });
  // What is beside the registers has no twins in the past; entries of later are not taken whatever they tell of.
  const records = found === null ? null : [...found, ...(await database.inOrganisation(organisationId, (tx) => house.beside(tx, found)))];
  const selection: Selection = { organisationId, size, records };
  const total = 2 * (await countEntries(database, selection));
  let done = 0;
  const step = (by: number) => order.progress?.((done += by), total);
  const pack = await beginPack(order.file, context.now);
  try {
    const filled = await fill(pack, house, context, order, { selection, step });
    const made = await prove(pack, house, context, { ...order, filled, selection, step });
    return { ...made, ...(await pack.finish()), scope: order.scope, asOf: order.asOf ?? null };
  } catch (error) {
    await pack.giveUp();
    throw error;
  }
};

interface Work {
  readonly selection: Selection;
  readonly step: (by: number) => void;
}
type Filled = { readonly entries: number; readonly files: number; readonly leftOut: number };

/** Everything that MANIFEST names. */
const fill = async (pack: Pack, house: PackHouse, context: Context, order: PackOrder, { selection, step }: Work): Promise<Filled> => {
  const organisationId = context.organisation.id;
  const leftOut = await pack.spool('left-out');
  const filler = createFiller(
    pack,
    { store: house.files, organisationId, isPurged: (sha256) => isPurged(house.database, organisationId, sha256) },
    leftOut,
    (ids) => readNames(house.database, organisationId, ids),
  );
  for await (const entries of readEntries(house.database, selection)) {
    for (const entry of entries) await filler.addEntry(entry);
    step(entries.length);
  }
  const told = await filler.end();
  const reports: Overview['reports'][number][] = [];
  const documents = house.reports(context, { scope: parseScope(order.scope), asOf: order.asOf, records: selection.records });
  for await (const { name, title = name, bytes } of documents) {
    reports.push({ path: `reports/${name}`, title });
    await pack.add(`reports/${name}`, bytes);
  }
  const overview = {
    organisation: context.organisation.name,
    scope: order.scope,
    asOf: order.asOf ?? null,
    madeAt: context.now.toISOString(),
    origin: originOf(organisationId),
  };
  if (told.leftOut > 0)
    await pack.addStream('LEFT-OUT', { size: leftOut.size(), crc32: leftOut.crc32(), sha256: leftOut.sha256() }, leftOut.read());
  await pack.add('SCOPE', `${order.scope} ${selection.size}\n`);
  await pack.add('index.html', overviewPage({ ...overview, ...told, reports }));
  await pack.add('verify.sh', await readFile(verifyScript), 0o755);
  return { entries: told.entries, files: told.evidence.length, leftOut: told.leftOut };
};

const isPurged = async (database: Database, organisationId: string, sha256: string): Promise<boolean> =>
  (
    await database.inOrganisation(organisationId, (tx) =>
      tx.query(
        sql`select 1 from files where organization_id = ${tx.organisationId}::uuid and sha256 = ${sha256} and purged_at is not null`,
      ),
    )
  ).length > 0;

/** MANIFEST as an entry of the log, the checkpoint that covers it, and the proofs under that checkpoint. */
const prove = async (
  pack: Pack,
  house: PackHouse,
  context: Context,
  { scope, asOf, filled, selection, step }: Work & { readonly scope: string; readonly asOf?: string | undefined; readonly filled: Filled },
) => {
  const { database } = house;
  const organisationId = context.organisation.id;
  const [id, entry] = [newId(), newId()];
  const sha256 = await pack.closeManifest();
  await database.inOrganisation(organisationId, (tx) =>
    appendToTrail(tx, [
      {
        entry,
        register: 'packs',
        record: id,
        version: null,
        command: 'pack',
        actor: actorId(context.actor),
        time: house.now().toISOString(),
        request: context.requestId,
        file: 'MANIFEST',
        sha256,
        payload: { scope, asOf, ...filled },
      },
    ]),
  );
  const place = await placeOf(database, organisationId, entry);
  const checkpoint = await database.inOrganisation(organisationId, async (tx) => {
    const newest = await newestCheckpoint(tx);
    if (newest === null) throw new Error('expected a checkpoint over the last entry');
    const [own] = await tx.query<{ envelope: string }>(
      sql`select envelope from trail_entries where organization_id = ${organisationId}::uuid and id = ${entry}::uuid`,
    );
    const [hashes] = await inclusionProofs(tx, [place], newest.size);
    await pack.addAfter('MANIFEST.json', own?.envelope ?? '');
    await pack.addAfter('MANIFEST.tlog-proof', tlogProofText({ index: place, hashes: hashes ?? [], checkpoint: newest.note }));
    let lines = '';
    for await (const line of consistencyLines(tx, newest.size)) lines += line;
    await pack.addAfter('consistency', lines);
    return newest;
  });
  await pack.addAfter('checkpoint', checkpoint.note);
  const stamp = await stampOf(house, checkpoint.note);
  if (stamp instanceof Uint8Array) await pack.addAfter('checkpoint.tsr', stamp);
  await addProofs(pack, database, selection, checkpoint, step);
  await addTrust(pack, database, organisationId, checkpoint.note);
  return {
    id,
    ...filled,
    checkpointSize: checkpoint.size,
    timeStamped: stamp instanceof Uint8Array,
    stampProblem: typeof stamp === 'string' ? stamp : null,
  };
};

/** A pack without a time stamp is worth having; that the authority did not answer is said, and ends nothing. */
const stampOf = async ({ tsaUrl }: PackHouse, note: string): Promise<Uint8Array | string | null> => {
  if (tsaUrl === null) return null;
  try {
    return await requestStamp({ url: tsaUrl, bytes: Buffer.from(note, 'utf8') });
  } catch (error) {
    if (error instanceof TimeStampError) return error.message;
    throw error;
  }
};

const addProofs = async (
  pack: Pack,
  database: Database,
  selection: Selection,
  checkpoint: { readonly size: number; readonly note: string },
  step: (by: number) => void,
) => {
  for await (const places of readPlaces(database, selection)) {
    const proofs = await database.inOrganisation(selection.organisationId, (tx) => inclusionProofs(tx, places, checkpoint.size));
    for (const [index, place] of places.entries())
      await pack.addAfter(proofPath(place), tlogProofText({ index: place, hashes: proofs[index] ?? [], checkpoint: checkpoint.note }));
    step(places.length);
  }
};

/** The key that signed, for convenience only: a verifier takes it from elsewhere. */
const addTrust = async (pack: Pack, database: Database, organisationId: string, note: string) => {
  const keys = await database.inOrganisation(organisationId, (tx) =>
    tx.query<{ public_key: Buffer; endorsement: string | null }>(sql`select public_key, endorsement from trail_keys order by created_at`),
  );
  const origin = originOf(organisationId);
  const signer = keys.find(({ public_key: key }) => 'value' in openCheckpoint(note, origin, [key]))?.public_key;
  if (signer === undefined) throw new Error('expected a known key to have signed the checkpoint');
  await pack.addAfter('trust/log-key.pem', publicKeyPem(signer));
  await pack.addAfter('trust/log-key.vkey', `${verifierKeyOf(origin, signer)}\n`);
  // Whoever holds an older key follows these to the one that signed.
  for (const [index, note] of keys.flatMap(({ endorsement }) => endorsement ?? []).entries())
    await pack.addAfter(rotationPath(index + 1), note);
};
