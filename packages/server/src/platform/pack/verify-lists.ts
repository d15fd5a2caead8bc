import { createHash } from 'node:crypto';
import { AFTER_MANIFEST, isRotation } from './names.ts';
import { ZipError, type ZipPart, type ZipReader } from './zip-reader.ts';

/** What does not verify. `entry` is its place in the log, or null where the fault lies outside the entries. */
export interface PackFault {
  readonly entry: number | null;
  readonly message: string;
}

/** Hex SHA-256 of every part, by its path. */
export const hashParts = async (zip: ZipReader, tell: (bytes: number) => void): Promise<Map<string, string>> => {
  const hashes = new Map<string, string>();
  for (const part of zip.parts.values()) {
    const hash = createHash('sha256');
    for await (const bytes of zip.stream(part)) {
      hash.update(bytes);
      tell(bytes.length);
    }
    hashes.set(part.path, hash.digest('hex'));
  }
  return hashes;
};

/** No line of a pack is as long, the proofs from older checkpoints included. */
const MOST_LINE = 65_536;
/** More faults than anybody reads; a list may be made of nothing else. */
const MOST_FAULTS = 1000;

/** The lines of a part; a last one without line feed counts too. @throws ZipError where a line has no end */
export async function* linesOf(zip: ZipReader, part: ZipPart): AsyncGenerator<string> {
  let rest = '';
  for await (const bytes of zip.stream(part)) {
    const lines = (rest + bytes.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MOST_LINE) throw new ZipError(`expected ${part.path} to be made of lines, got one of more than ${MOST_LINE} bytes`);
    yield* lines;
  }
  if (rest !== '') yield rest;
}

const after = new Set<string>(AFTER_MANIFEST);
const isProof = (path: string) => /^proofs\/\d+\.tlog-proof$/.test(path);
/** The number of the entry that a part belongs to. */
export const entryOf = (path: string): number | null => {
  const [, digits] =
    /^(?:records\/(\d+)\.json|payloads\/(\d+)|proofs\/(\d+)\.tlog-proof)$/.exec(path)?.filter((each) => each !== undefined) ?? [];
  return digits === undefined ? null : Number(digits);
};

/** Holds one of the two lists of sums against the parts: well-formed lines, every part named once, every hash right. */
export const listFaults = async (
  zip: ZipReader,
  list: 'SHA256SUMS' | 'MANIFEST',
  hashes: ReadonlyMap<string, string>,
): Promise<PackFault[]> => {
  const faults: PackFault[] = [];
  const fault = (path: string, message: string) => {
    if (faults.length < MOST_FAULTS) faults.push({ entry: entryOf(path), message: `${path} ${message}` });
  };
  const belongs = (path: string) => (list === 'SHA256SUMS' ? path !== list : !after.has(path) && !isProof(path) && !isRotation(path));
  const part = zip.parts.get(list);
  if (part === undefined) return [{ entry: null, message: `${list} is missing` }];
  const listed = new Set<string>();
  for await (const line of linesOf(zip, part)) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum === undefined || path === undefined) fault(list, 'holds a line that is not a sum');
    else if (listed.has(path)) fault(path, `stands in ${list} twice`);
    else {
      listed.add(path);
      if (!hashes.has(path)) fault(path, 'is missing');
      else if (!belongs(path)) fault(path, `does not belong in ${list}`);
      else if (hashes.get(path) !== sum) fault(path, `has another SHA-256 than ${list} says`);
    }
  }
  for (const path of hashes.keys()) if (belongs(path) && !listed.has(path)) fault(path, `is not in ${list}`);
  return faults;
};
