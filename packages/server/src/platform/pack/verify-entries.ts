import { createHash } from 'node:crypto';
import type { Checkpoint } from '@aimwell/core/trail/checkpoint';
import { verifyInclusion } from '@aimwell/core/trail/proofs';
import { parseTlogProof } from '@aimwell/core/trail/tlog-proof';
import type { Hash } from '@aimwell/core/trail/tree';
import { nodeHash } from '../trail/hashing.ts';
import { originOf } from '../trail/signing.ts';
import { entryOf, linesOf, type PackFault } from './verify-lists.ts';
import { numberOf, payloadPath, proofPath, recordPath } from './names.ts';
import type { ZipReader } from './zip-reader.ts';

export interface Anchor {
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

interface Envelope {
  readonly v: unknown;
  readonly organisation?: unknown;
  readonly register?: unknown;
  readonly command?: unknown;
  readonly file?: unknown;
  readonly sha256?: unknown;
  readonly digest?: unknown;
}

const MOST_RECORD = 1_048_576;

// Over the bytes as they are: a text in between would mend what is not UTF-8.
const leafOf = (record: Buffer): Hash => createHash('sha256').update(Uint8Array.of(0)).update(record).digest();

/** Why an entry is not in the log under this checkpoint; null when its proof shows that it is. `place` null takes any. */
const proofProblem = (leaf: Hash, proofText: string, place: number | null, { note, checkpoint }: Anchor): string | null => {
  const parsed = parseTlogProof(proofText);
  if ('refused' in parsed) return `its proof cannot be read: ${parsed.refused[0]?.message}`;
  const { index, hashes, checkpoint: of } = parsed.value;
  if (of !== note) return 'its proof holds another checkpoint';
  if (place !== null && index !== place) return `its proof is that of entry ${numberOf(index)}`;
  const claim = { index, size: checkpoint.size, leaf, proof: hashes, root: checkpoint.root };
  return verifyInclusion(claim, nodeHash) ? null : 'it is not in the log under this checkpoint';
};

/** The envelope of a record; null where it is none. */
const envelopeOf = (bytes: Buffer): Envelope | null => {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as Envelope | null;
    return typeof value === 'object' && value !== null && value.v === 1 && !bytes.includes('\n') ? value : null;
  } catch {
    return null;
  }
};

const leftOutOf = async (zip: ZipReader): Promise<Set<string>> => {
  const part = zip.parts.get('LEFT-OUT');
  const paths = new Set<string>();
  if (part !== undefined) for await (const line of linesOf(zip, part)) paths.add(line.split('\t')[0] ?? '');
  return paths;
};

/** Reads the text of a part that must be there. */
const textOf = async (zip: ZipReader, path: string): Promise<Buffer | null> => {
  const part = zip.parts.get(path);
  return part === undefined ? null : zip.read(part, MOST_RECORD);
};

export interface CheckedEntries {
  readonly faults: PackFault[];
  /** Leaf hashes by place, of the entries whose proof holds. */
  readonly leaves: ReadonlyMap<number, Hash>;
  readonly files: number;
  readonly leftOut: number;
}

/** Every record: in the log at its place, its payload what it said, its file the one it names; and no part that no record names. */
export const checkEntries = async (
  zip: ZipReader,
  hashes: ReadonlyMap<string, string>,
  anchor: Anchor,
  tell: () => void,
): Promise<CheckedEntries> => {
  const faults: PackFault[] = [];
  const leaves = new Map<number, Hash>();
  const leftOut = await leftOutOf(zip);
  const evidence = new Map([...hashes].flatMap(([path, hash]): [string, string][] => (path.startsWith('evidence/') ? [[hash, path]] : [])));
  const named = new Set<string>();
  const organisation = anchor.checkpoint.origin;

  const contentProblems = (seq: number, envelope: Envelope): string[] => {
    const problems: string[] = [];
    if (typeof envelope.organisation !== 'string' || originOf(envelope.organisation) !== organisation)
      problems.push('it belongs to another organisation');
    const payload = hashes.get(payloadPath(seq));
    if (payload !== undefined && payload !== envelope.digest) problems.push('its payload is not what it said');
    if (payload === undefined && !leftOut.has(payloadPath(seq))) problems.push('its payload is missing and not listed as left out');
    const { sha256 } = envelope;
    if (typeof sha256 !== 'string') return problems;
    named.add(sha256);
    if (!evidence.has(sha256) && !leftOut.has(`evidence/${sha256}`) && envelope.command !== 'pack')
      problems.push(`its file ${sha256} is missing and not listed as left out`);
    return problems;
  };

  for (const path of zip.parts.keys()) {
    const seq = entryOf(path);
    if (seq === null) continue;
    if (path !== recordPath(seq)) {
      if (!zip.parts.has(recordPath(seq))) faults.push({ entry: seq, message: `${path} belongs to no entry` });
      continue;
    }
    const record = (await textOf(zip, path)) ?? Buffer.alloc(0);
    const proof = await textOf(zip, proofPath(seq));
    const envelope = envelopeOf(record);
    const leaf = leafOf(record);
    const unproven = proof === null ? 'it has no proof' : proofProblem(leaf, proof.toString('utf8'), seq, anchor);
    if (unproven === null) leaves.set(seq, leaf);
    const problems = envelope === null ? ['it is not an entry of this format'] : contentProblems(seq, envelope);
    for (const problem of [...(unproven === null ? [] : [unproven]), ...problems])
      faults.push({ entry: seq, message: `Entry ${numberOf(seq)} (${path}): ${problem}` });
    tell();
  }
  for (const [hash, path] of evidence) if (!named.has(hash)) faults.push({ entry: null, message: `${path} is named by no entry` });
  return { faults, leaves, files: evidence.size, leftOut: leftOut.size };
};

/** MANIFEST is the one that an entry of the log names. */
export const manifestFaults = async (zip: ZipReader, hashes: ReadonlyMap<string, string>, anchor: Anchor): Promise<PackFault[]> => {
  const [record, proof] = [await textOf(zip, 'MANIFEST.json'), await textOf(zip, 'MANIFEST.tlog-proof')];
  if (record === null || proof === null) return [{ entry: null, message: 'The entry of MANIFEST, or its proof, is missing' }];
  const envelope = envelopeOf(record);
  const problem = proofProblem(leafOf(record), proof.toString('utf8'), null, anchor);
  return [
    ...(problem === null ? [] : [`The entry of MANIFEST: ${problem}`]),
    ...(envelope?.command === 'pack' && envelope.file === 'MANIFEST' && envelope.sha256 === hashes.get('MANIFEST')
      ? []
      : ['MANIFEST is not the one that its entry in the log names']),
  ].map((message) => ({ entry: null, message }));
};
