import { refusal } from '../shared/refusal.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { Parsed } from './note.ts';
import type { Hash } from './tree.ts';

/** What a checkpoint says: this log, with so many leaves, has this root (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Name of the log; also the name of its key. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Lines after the root; ours are `epoch N`, `time T` and `previous M`. */
  readonly extensions: readonly string[];
}

/** The text that is signed: origin, size, root in base64, extensions; a line each. */
export const checkpointText = ({ origin, size, root, extensions }: Checkpoint): string => {
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== 32) throw new Error('expected a count of leaves and a root of 32 bytes');
  if ([origin, ...extensions].some((line) => line === '' || line.includes('\n'))) throw new Error('expected lines that are not empty');
  return `${[origin, String(size), toBase64(root), ...extensions].join('\n')}\n`;
};

/** Reads the text of a checkpoint, strictly: one checkpoint has one text. */
export const parseCheckpoint = (text: string): Parsed<Checkpoint> => {
  const no = (message: string) => ({
    refused: [refusal('NOT_A_CHECKPOINT', message, 'Take the checkpoint as it was handed out, byte by byte.')],
  });
  const lines = text.split('\n');
  if (lines.pop() !== '') return no('expected the last line to end with a line feed');
  if (lines.some((line) => line === '')) return no('expected no empty line');
  const [origin, count, coded, ...extensions] = lines;
  if (origin === undefined || count === undefined || coded === undefined) return no('expected at least three lines: origin, size, root');
  if (!/^(0|[1-9][0-9]*)$/.test(count) || !Number.isSafeInteger(Number(count)))
    return no(`expected a decimal size, got ${count.slice(0, 40)}`);
  const root = fromBase64(coded);
  if (root === null || root.length !== 32) return no('expected a root of 32 bytes in base64');
  return { value: { origin, size: Number(count), root, extensions } };
};
