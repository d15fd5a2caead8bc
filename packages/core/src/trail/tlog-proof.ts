import { refusal } from '../shared/refusal.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { Parsed } from './note.ts';
import type { Hash } from './tree.ts';

/** The proof that one entry is in a log, to be checked offline (C2SP tlog-proof). */
export interface TlogProof {
  /** Place of the entry, from 0. */
  readonly index: number;
  /** From the leaf's sibling up to the root's child (RFC 6962 §2.1.1). */
  readonly hashes: readonly Hash[];
  /** The signed note of the checkpoint, verbatim. */
  readonly checkpoint: string;
}

const FIRST = 'c2sp.org/tlog-proof@v1';

/** The text of a proof. */
export const tlogProofText = ({ index, hashes, checkpoint }: TlogProof): string =>
  `${FIRST}\nindex ${index}\n${hashes.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpoint}`;

/** Reads a proof, strictly. Extra data is passed over, as nothing vouches for it. */
export const parseTlogProof = (text: string): Parsed<TlogProof> => {
  const no = (message: string) => ({ refused: [refusal('NOT_A_PROOF', message, 'Take the proof as it was handed out, byte by byte.')] });
  const split = text.indexOf('\n\n');
  if (split < 0) return no('expected an empty line before the checkpoint');
  const [first, ...more] = text.slice(0, split).split('\n');
  if (first !== FIRST) return no(`expected ${FIRST} in the first line`);
  const [place = '', ...lines] = more[0]?.startsWith('extra ') === true ? more.slice(1) : more;
  const [, digits] = /^index (0|[1-9][0-9]*)$/.exec(place) ?? [];
  if (digits === undefined || !Number.isSafeInteger(Number(digits))) return no('expected "index" and the place of the entry');
  if (lines.length > 64) return no(`expected at most 64 hashes, got ${lines.length}`);
  const hashes = lines.map(fromBase64);
  if (hashes.some((hash) => hash?.length !== 32)) return no('expected hashes of 32 bytes in base64');
  return { value: { index: Number(digits), hashes: hashes as Hash[], checkpoint: text.slice(split + 2) } };
};
