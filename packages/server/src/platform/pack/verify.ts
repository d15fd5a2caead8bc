import { parseCheckpoint } from '@aimwell/core/trail/checkpoint';
import { fromBase64 } from '@aimwell/core/trail/base64';
import { type Parsed, parseNote } from '@aimwell/core/trail/note';
import { equalHashes, verifyConsistency } from '@aimwell/core/trail/proofs';
import { parseTimeStamp } from '@aimwell/core/trail/time-stamp';
import { emptyFrontier, growTree, type Hash } from '@aimwell/core/trail/tree';
import { nodeHash } from '../trail/hashing.ts';
import { endorsedKey } from '../trail/keys.ts';
import { openCheckpoint } from '../trail/signing.ts';
import { type Anchor, checkEntries, manifestFaults } from './verify-entries.ts';
import { hashParts, linesOf, listFaults, type PackFault } from './verify-lists.ts';
import { numberOf, recordPath, rotationPath } from './names.ts';
import { openZip, ZipError, type ZipReader } from './zip-reader.ts';

export interface PackVerification {
  readonly faults: readonly PackFault[];
  /** The first entry of the log that does not verify; null when none is to blame. */
  readonly from: number | null;
  /** The log, and its size under the checkpoint of the pack; null where there is no readable checkpoint. */
  readonly origin: string | null;
  readonly size: number | null;
  readonly entries: number;
  readonly files: number;
  readonly leftOut: number;
  readonly keyFromOutside: boolean;
  /** The checkpoint is signed by a newer key, for which one of the keys given vouches. */
  readonly vouchedFor: boolean;
  /** What the pack says that it holds: its scope, and the size of the log up to which; null where it does not say. */
  readonly scope: PackScope | null;
  /** When the time-stamp authority says that it saw the checkpoint; its signature is not judged here. */
  readonly stampedAt: string | null;
  /** What came of the older checkpoint; null without one. `unknown`: this pack does not hold what it takes. */
  readonly against: { readonly size: number; readonly outcome: 'agrees' | 'differs' | 'unknown' } | null;
}

export interface PackScope {
  readonly name: string;
  readonly size: number;
}

export interface VerifyPackInput {
  readonly file: string;
  /** Keys that the verifier holds; null without any. */
  readonly keys: readonly Uint8Array[] | null;
  /** A checkpoint that left the machine earlier, as text. */
  readonly against: string | null;
  readonly progress?: (done: number, total: number) => void;
}

const MOST_FAULTS = 100;

/** What a pack says reaches terminals; nothing in it may move the cursor or turn the direction of reading. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');

const outside = (message: string): PackFault => ({ entry: null, message });

/** The checkpoint of a note: signed by one of the keys, or merely well formed where there are none. */
const readAnchor = (note: string, keys: readonly Uint8Array[] | null): Parsed<Anchor> => {
  const parsed = parseNote(note);
  if ('refused' in parsed) return parsed;
  const said = parseCheckpoint(parsed.value.text);
  if ('refused' in said) return said;
  if (keys === null) return { value: { note, checkpoint: said.value } };
  const opened = openCheckpoint(note, said.value.origin, keys);
  return 'refused' in opened ? opened : { value: { note, checkpoint: opened.value } };
};

const nothing = {
  origin: null,
  size: null,
  entries: 0,
  files: 0,
  leftOut: 0,
  vouchedFor: false,
  scope: null,
  stampedAt: null,
  against: null,
};

const ended = (faults: readonly PackFault[], rest: Omit<PackVerification, 'faults' | 'from'>): PackVerification => {
  const places = faults.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  const sorted = faults.toSorted((a, b) => (a.entry ?? Number.MAX_SAFE_INTEGER) - (b.entry ?? Number.MAX_SAFE_INTEGER));
  return {
    faults: sorted.slice(0, MOST_FAULTS).map(({ entry, message }) => ({ entry, message: printable(message) })),
    from: places.length === 0 ? null : places.reduce((a, b) => Math.min(a, b)),
    ...rest,
    origin: rest.origin === null ? null : printable(rest.origin),
    scope: rest.scope === null ? null : { ...rest.scope, name: printable(rest.scope.name) },
  };
};

/**
 * Checks an audit pack as verify.sh does, on the archive itself: sums, MANIFEST and its entry, every proof under the one signed
 * checkpoint, payloads and files against the entries, the time stamp's imprint; and an older checkpoint where one is given.
 */
export const verifyPack = async (input: VerifyPackInput): Promise<PackVerification> => {
  const keyFromOutside = input.keys !== null;
  try {
    const zip = await openZip(input.file);
    try {
      return await verifyOpened(zip, input);
    } finally {
      await zip.close();
    }
  } catch (error) {
    if (error instanceof ZipError) return ended([outside(`The archive: ${error.message}`)], { ...nothing, keyFromOutside });
    throw error;
  }
};

const verifyOpened = async (zip: ZipReader, { keys: given, against, progress }: VerifyPackInput): Promise<PackVerification> => {
  const bytes = [...zip.parts.values()].reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  // Reading everything is half of the work, the proofs are the other.
  const tell = (by: number) => progress?.(Math.min((done += by), bytes), bytes);
  const hashes = await hashParts(zip, (by) => tell(by / 2));
  const faults = [...(await listFaults(zip, 'SHA256SUMS', hashes)), ...(await listFaults(zip, 'MANIFEST', hashes))];
  const part = zip.parts.get('checkpoint');
  const note = part === undefined ? '' : (await zip.read(part, 1_000_000)).toString('utf8');
  const keys = given === null ? null : await withEndorsed(zip, given);
  const opened = readAnchor(note, keys);
  const vouchedFor = 'value' in opened && given !== null && 'refused' in readAnchor(note, given);
  const anchor = 'value' in opened ? opened.value : readable(note);
  if ('refused' in opened) faults.push(outside(`The checkpoint: ${opened.refused[0]?.message}`));
  if (anchor === null) return ended(faults, { ...nothing, keyFromOutside: keys !== null });
  const checked = await checkEntries(zip, hashes, anchor, () => tell(bytes / 2 / Math.max(zip.parts.size / 3, 1)));
  faults.push(...checked.faults, ...(await manifestFaults(zip, hashes, anchor)));
  const scope = await scopeOf(zip);
  if (scope?.name === 'all') faults.push(...missingFrom(zip, Math.min(scope.size, anchor.checkpoint.size)));
  const stamp = await stampOf(zip, hashes);
  if (typeof stamp === 'object' && stamp !== null) faults.push(stamp);
  const older = against === null ? null : await holdAgainst(zip, anchor, against, keys, checked.leaves);
  if (older !== null) faults.push(...older.faults);
  const { files, leftOut, leaves } = checked;
  const { origin, size } = anchor.checkpoint;
  return ended(faults, {
    origin,
    size,
    entries: leaves.size,
    files,
    leftOut,
    keyFromOutside: keys !== null,
    vouchedFor,
    scope,
    stampedAt: typeof stamp === 'string' ? stamp : null,
    against: older?.outcome ?? null,
  });
};

/** The keys given, and those that one of them vouches for, change by change. */
const withEndorsed = async (zip: ZipReader, given: readonly Uint8Array[]): Promise<readonly Uint8Array[]> => {
  const known = [...given];
  for (let n = 1; ; n += 1) {
    const part = zip.parts.get(rotationPath(n));
    if (part === undefined) return known;
    const key = endorsedKey((await zip.read(part, 10_000)).toString('utf8'), known);
    if (key !== null) known.push(key);
  }
};

const scopeOf = async (zip: ZipReader): Promise<PackScope | null> => {
  const part = zip.parts.get('SCOPE');
  if (part === undefined) return null;
  const [, name, size] = /^(\S{1,100}) (\d{1,15})\n$/.exec((await zip.read(part, 1000)).toString('utf8')) ?? [];
  return name === undefined || size === undefined ? null : { name, size: Number(size) };
};

/** A pack of everything holds every place of the log up to its size. */
const missingFrom = (zip: ZipReader, size: number): PackFault[] => {
  const faults: PackFault[] = [];
  for (let seq = 0; seq < size && faults.length < MOST_FAULTS; seq += 1)
    if (!zip.parts.has(recordPath(seq)))
      faults.push({ entry: seq, message: `Entry ${numberOf(seq)} is not in the pack, which says that it holds every entry up to ${size}` });
  return faults;
};

/** A checkpoint that no given key signed still says by what the proofs can be held together. */
const readable = (note: string): Anchor | null => {
  const opened = readAnchor(note, null);
  return 'value' in opened ? opened.value : null;
};

/** The moment of the stamp; a fault where it is not one of this checkpoint; null where there is none. */
const stampOf = async (zip: ZipReader, hashes: ReadonlyMap<string, string>): Promise<string | PackFault | null> => {
  const part = zip.parts.get('checkpoint.tsr');
  if (part === undefined) return null;
  const stamp = parseTimeStamp(await zip.read(part, 1_000_000));
  if ('refused' in stamp) return outside(`The time stamp: ${stamp.refused[0]?.message}`);
  return Buffer.from(stamp.value.imprint).toString('hex') === hashes.get('checkpoint')
    ? stamp.value.at
    : outside('The time stamp is not of this checkpoint');
};

interface Held {
  readonly faults: readonly PackFault[];
  readonly outcome: PackVerification['against'];
}

/** Whether the log of an older checkpoint is the beginning of this one: by the proofs in the pack, or by all its leaves. */
const holdAgainst = async (
  zip: ZipReader,
  { checkpoint }: Anchor,
  text: string,
  keys: readonly Uint8Array[] | null,
  leaves: ReadonlyMap<number, Hash>,
): Promise<Held> => {
  const opened = readAnchor(text, keys);
  if ('refused' in opened) return { faults: [outside(`The older checkpoint: ${opened.refused[0]?.message}`)], outcome: null };
  const older = opened.value.checkpoint;
  if (older.origin !== checkpoint.origin)
    return { faults: [outside(`The older checkpoint is of another log, ${older.origin}`)], outcome: null };
  const agrees = older.size > checkpoint.size ? null : await begins(zip, older, checkpoint, leaves);
  const outcome = agrees === null ? 'unknown' : agrees ? 'agrees' : 'differs';
  const faults =
    agrees === false
      ? [
          outside(
            `The log of ${checkpoint.size} entries does not begin with the one of ${older.size} entries that the older checkpoint signs`,
          ),
        ]
      : [];
  return { faults, outcome: { size: older.size, outcome } };
};

interface Head {
  readonly size: number;
  readonly root: Hash;
}

/** Null where the pack does not hold what it takes to know. */
const begins = async (zip: ZipReader, older: Head, newer: Head, leaves: ReadonlyMap<number, Hash>): Promise<boolean | null> => {
  if (older.size === newer.size) return equalHashes(older.root, newer.root);
  const proof = await consistencyOf(zip, older.size);
  if (proof !== null && verifyConsistency({ from: older.size, to: newer.size, fromRoot: older.root, toRoot: newer.root, proof }, nodeHash))
    return true;
  const tree = growTree(emptyFrontier, nodeHash);
  for (let seq = 0; seq < older.size; seq += 1) {
    const leaf = leaves.get(seq);
    // A proof that is there and does not hold: nobody made it for this checkpoint.
    if (leaf === undefined) return proof === null ? null : false;
    tree.append(leaf);
  }
  const root = tree.root();
  return root !== null && equalHashes(root, older.root);
};

const consistencyOf = async (zip: ZipReader, size: number): Promise<Hash[] | null> => {
  const part = zip.parts.get('consistency');
  if (part === undefined) return null;
  for await (const line of linesOf(zip, part)) {
    const [from, ...coded] = line.split(' ');
    if (from !== String(size)) continue;
    return coded.map((text) => fromBase64(text) ?? new Uint8Array());
  }
  return null;
};
