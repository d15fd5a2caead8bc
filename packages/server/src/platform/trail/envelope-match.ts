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
const [QUOTE, BACKSLASH, SPACE, DASH, ZERO, DOT, ZULU] = [0x22, 0x5c, 0x20, 0x2d, 0x30, 0x2e, 0x5a];
const [START, RECORD, VERSION, COMMAND, ACTOR, TIME] = [
  '{"v":1,"entry":',
  ',"record":',
  ',"version":',
  ',"command":',
  ',"actor":',
  ',"time":',
].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];

/**
 * Makes the question whether an envelope begins as its columns say (docs/decisions/0005). It compares bytes in place, without an object for
 * any of them, where reading the JSON takes ten times as long. True is certain; false may also mean that the envelope is written in another
 * way: then its JSON decides.
 */
export const envelopeMatcher = (organisationId: string, columns: EnvelopeColumns) => {
  const afterEntry = Buffer.from(`,"organisation":"${organisationId}","register":`);
  const timeAt = timeMatcher();
  return (row: BinaryRow): boolean => {
    const { bytes, start, length } = row;
    const begin = start[columns.envelope] ?? 0;
    let at = uuidAt(row, literalAt(bytes, begin, START), columns.entry);
    at = textAt(row, literalAt(bytes, at, afterEntry), columns.register);
    at = uuidAt(row, literalAt(bytes, at, RECORD), columns.record);
    at = numberAt(row, literalAt(bytes, at, VERSION), columns.version);
    at = textAt(row, literalAt(bytes, at, COMMAND), columns.command);
    at = uuidAt(row, literalAt(bytes, at, ACTOR), columns.actor);
    at = timeAt(row, literalAt(bytes, at, TIME), columns.at);
    return at >= 0 && at <= begin + (length[columns.envelope] ?? 0);
  };
};

// Each answers where the envelope goes on when the value stands there, -1 when it does not or something before it did not.

export const literalAt = (bytes: Buffer, at: number, literal: Buffer): number => {
  if (at < 0) return -1;
  const size = literal.length;
  for (let index = 0; index < size; index += 1) if (bytes[at + index] !== literal[index]) return -1;
  return at + size;
};

/** Two bytes of a uuid as its four digits, read as one number of 32 bits. */
const DIGITS = Uint32Array.from({ length: 65_536 }, (_, two) => Buffer.from(two.toString(16).padStart(4, '0')).readUInt32BE());
const UUID = 38;

/** The text of a uuid in quotes: digits and dashes of each group, eight comparisons for its 32 digits. */
const uuidAt = ({ bytes, view, start, length }: BinaryRow, at: number, field: number): number => {
  if (at < 0) return -1;
  if (length[field] !== 16) return literalAt(bytes, at, NULL);
  const from = start[field] ?? 0;
  return at + UUID <= bytes.length &&
    bytes[at] === QUOTE &&
    view.getUint32(at + 1) === DIGITS[view.getUint16(from)] &&
    view.getUint32(at + 5) === DIGITS[view.getUint16(from + 2)] &&
    bytes[at + 9] === DASH &&
    view.getUint32(at + 10) === DIGITS[view.getUint16(from + 4)] &&
    bytes[at + 14] === DASH &&
    view.getUint32(at + 15) === DIGITS[view.getUint16(from + 6)] &&
    bytes[at + 19] === DASH &&
    view.getUint32(at + 20) === DIGITS[view.getUint16(from + 8)] &&
    bytes[at + 24] === DASH &&
    view.getUint32(at + 25) === DIGITS[view.getUint16(from + 10)] &&
    view.getUint32(at + 29) === DIGITS[view.getUint16(from + 12)] &&
    view.getUint32(at + 33) === DIGITS[view.getUint16(from + 14)] &&
    bytes[at + 37] === QUOTE
    ? at + UUID
    : -1;
};

/** Text that JSON writes as it is; whatever it would escape is left to JSON. */
const textAt = ({ bytes, start, length }: BinaryRow, at: number, field: number): number => {
  if (at < 0 || bytes[at] !== QUOTE) return -1;
  const from = start[field] ?? 0;
  const size = length[field] ?? -1;
  for (let index = 0; index < size; index += 1) {
    const byte = bytes[from + index] ?? 0;
    if (byte === QUOTE || byte === BACKSLASH || byte < SPACE || bytes[at + 1 + index] !== byte) return -1;
  }
  return size >= 0 && bytes[at + 1 + size] === QUOTE ? at + size + 2 : -1;
};

const numberAt = ({ bytes, start, length }: BinaryRow, at: number, field: number): number => {
  if (at < 0) return -1;
  if (length[field] !== 4) return literalAt(bytes, at, NULL);
  const text = String(bytes.readInt32BE(start[field]));
  for (let index = 0; index < text.length; index += 1) if (bytes[at + index] !== text.charCodeAt(index)) return -1;
  return at + text.length;
};

const MINUTE = 60_000;

/** Entries come nearly in the order of their time: the text of a minute is made once for all of them. */
const timeMatcher = () => {
  let minute = Number.NaN;
  let text = NULL;
  return (row: BinaryRow, at: number, field: number): number => {
    const moment = momentOf(row, field);
    // Finer than a millisecond the product never writes; what no Date can hold is not its either.
    if (at < 0 || moment === null || moment % 1 !== 0 || Math.abs(moment) > 8.64e15) return -1;
    const here = Math.floor(moment / MINUTE);
    if (here !== minute) {
      minute = here;
      text = Buffer.from(`"${new Date(here * MINUTE).toISOString().slice(0, -7)}`);
    }
    const next = literalAt(row.bytes, at, text);
    return next < 0 ? -1 : secondsAt(row.bytes, next, moment - here * MINUTE);
  };
};

/** `SS.mmmZ"` */
const secondsAt = (bytes: Buffer, at: number, milliseconds: number): number =>
  digitAt(bytes, at, milliseconds, 10_000) &&
  digitAt(bytes, at + 1, milliseconds, 1000) &&
  bytes[at + 2] === DOT &&
  digitAt(bytes, at + 3, milliseconds, 100) &&
  digitAt(bytes, at + 4, milliseconds, 10) &&
  digitAt(bytes, at + 5, milliseconds, 1) &&
  bytes[at + 6] === ZULU &&
  bytes[at + 7] === QUOTE
    ? at + 8
    : -1;

const digitAt = (bytes: Buffer, at: number, number: number, unit: number): boolean => bytes[at] === ZERO + (Math.floor(number / unit) % 10);
