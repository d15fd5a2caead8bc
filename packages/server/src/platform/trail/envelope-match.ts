import type { BinaryRow } from '../database/binary-rows.ts';
import { momentOf } from '../database/binary-rows.ts';

/** Where the columns that stand beside an envelope lie in a row. */
export interface EnvelopeColumns {
  readonly entry: number;
  readonly register: number;
  readonly record: number;
  readonly version: number;
  readonly command: number;
  readonly actor: number;
  readonly at: number;
  readonly envelope: number;
}

const NULL = Buffer.from('null');
const HEX = Buffer.from('0123456789abcdef');
const [QUOTE, BACKSLASH, SPACE, DASH] = [0x22, 0x5c, 0x20, 0x2d];
/** After which bytes of a uuid its text has a dash. */
const DASHES = new Set([4, 6, 8, 10]);

/**
 * Makes the question whether an envelope begins as its columns say (docs/decisions/0005). It compares bytes in place, a million in a third of a
 * second, where reading the JSON takes ten times as long. True is certain; false may also mean that the envelope is written in
 * another way: then its JSON decides.
 */
export const envelopeMatcher = (organisationId: string, columns: EnvelopeColumns) => {
  const afterEntry = Buffer.from(`,"organisation":"${organisationId}","register":`);
  const [start, record, version, command, actor, time] = [
    '{"v":1,"entry":',
    ',"record":',
    ',"version":',
    ',"command":',
    ',"actor":',
    ',"time":',
  ].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  const steps = [
    [start, uuidAt, columns.entry],
    [afterEntry, textAt, columns.register],
    [record, uuidAt, columns.record],
    [version, numberAt, columns.version],
    [command, textAt, columns.command],
    [actor, uuidAt, columns.actor],
    [time, timeAt, columns.at],
  ] as const;
  return (row: BinaryRow): boolean => {
    let at = row.start[columns.envelope] ?? 0;
    for (const [before, valueAt, field] of steps) {
      at = literalAt(row.bytes, at, before);
      if (at < 0) return false;
      at = (row.length[field] ?? -1) < 0 ? literalAt(row.bytes, at, NULL) : valueAt(row, at, field);
      if (at < 0) return false;
    }
    return at <= (row.start[columns.envelope] ?? 0) + (row.length[columns.envelope] ?? 0);
  };
};

/** Each answers where the envelope goes on when the value stands there, -1 when it does not. */
const literalAt = (bytes: Buffer, at: number, literal: Buffer): number => {
  for (let index = 0; index < literal.length; index += 1) if (bytes[at + index] !== literal[index]) return -1;
  return at + literal.length;
};

const uuidAt = ({ bytes, start }: BinaryRow, at: number, field: number): number => {
  const from = start[field] ?? 0;
  if (bytes[at] !== QUOTE) return -1;
  let next = at + 1;
  for (let index = 0; index < 16; index += 1) {
    if (DASHES.has(index)) {
      if (bytes[next] !== DASH) return -1;
      next += 1;
    }
    const byte = bytes[from + index] ?? 0;
    if (bytes[next] !== HEX[byte >> 4] || bytes[next + 1] !== HEX[byte & 15]) return -1;
    next += 2;
  }
  return bytes[next] === QUOTE ? next + 1 : -1;
};

/** Text that JSON writes as it is; whatever it would escape is left to JSON. */
const textAt = ({ bytes, start, length }: BinaryRow, at: number, field: number): number => {
  const [from = 0, size = 0] = [start[field], length[field]];
  if (bytes[at] !== QUOTE) return -1;
  for (let index = 0; index < size; index += 1) {
    const byte = bytes[from + index] ?? 0;
    if (byte === QUOTE || byte === BACKSLASH || byte < SPACE || bytes[at + 1 + index] !== byte) return -1;
  }
  return bytes[at + 1 + size] === QUOTE ? at + size + 2 : -1;
};

const asciiAt = (bytes: Buffer, at: number, text: string): number => {
  for (let index = 0; index < text.length; index += 1) if (bytes[at + index] !== text.charCodeAt(index)) return -1;
  return at + text.length;
};

const numberAt = ({ bytes, start }: BinaryRow, at: number, field: number): number =>
  asciiAt(bytes, at, String(bytes.readInt32BE(start[field] ?? 0)));

const timeAt = (row: BinaryRow, at: number, field: number): number => {
  const moment = momentOf(row, field);
  // Finer than a millisecond the product never writes; what no Date can hold is not its either.
  if (moment === null || !Number.isInteger(moment) || Math.abs(moment) > 8.64e15) return -1;
  return asciiAt(row.bytes, at, `"${new Date(moment).toISOString()}"`);
};
