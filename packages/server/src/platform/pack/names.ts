/** Where the parts of a pack lie. Names hold letters, digits, dot, dash and underscore only, so that no tool trips over one. */

/** The number of an entry is its place in the tree, from 0; six digits, more where needed. */
export const numberOf = (seq: number): string => String(seq).padStart(6, '0');
export const recordPath = (seq: number): string => `records/${numberOf(seq)}.json`;
export const payloadPath = (seq: number): string => `payloads/${numberOf(seq)}`;
export const proofPath = (seq: number): string => `proofs/${numberOf(seq)}.tlog-proof`;

/** A file by its content, with as much of its name as every file system takes. */
export const evidencePath = (sha256: string, name: string): string => {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[._-]+/, '');
  // A cut keeps the ending, by which programs know what to do with a file.
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? '';
  return `evidence/${sha256.slice(0, 16)}-${plain.slice(0, plain.length - ending.length).slice(0, 80) || 'file'}${ending}`;
};

/** What MANIFEST does not cover, because it is made after it; each is checked by itself. */
export const AFTER_MANIFEST = [
  'MANIFEST',
  'MANIFEST.json',
  'MANIFEST.tlog-proof',
  'SHA256SUMS',
  'checkpoint',
  'checkpoint.tsr',
  'consistency',
  'trust/log-key.pem',
  'trust/log-key.vkey',
] as const;

/** The n-th change of the log's key, from 1: a note by which the old key vouches for the new one. It is checked by itself. */
export const rotationPath = (n: number): string => `trust/rotation-${n}.note`;
export const isRotation = (path: string): boolean => /^trust\/rotation-\d+\.note$/.test(path);

/** True for a path that a pack may hold. */
export const isPackPath = (path: string): boolean =>
  path.length <= 200 && /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,2}$/.test(path);
