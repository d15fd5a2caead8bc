/**
 * One row of COPY … (format binary). Field n lies in `bytes` from `start[n]` on and is `length[n]` bytes long, or -1 for null. It is
 * the reader's own memory, used again for the next row: whoever keeps something copies it; whoever must may write into it.
 */
export interface BinaryRow {
  bytes: Buffer;
  readonly start: Int32Array;
  readonly length: Int32Array;
}

// 11 bytes of signature, 4 of flags, 4 for the length of an extension that nobody uses.
const HEADER = 19;
const TRAILER = 0xffff;

/**
 * Reads the rows of a binary COPY as they come, without an object for each: for questions that read a million rows. `fields` is the
 * number of columns. Rows cut by the end of a chunk are put together.
 */
export const eachBinaryRow = async (chunks: AsyncIterable<Buffer>, fields: number, take: (row: BinaryRow) => void): Promise<void> => {
  const row: BinaryRow = { bytes: Buffer.alloc(0), start: new Int32Array(fields), length: new Int32Array(fields) };
  let rest: Buffer | null = null;
  let skip = HEADER;
  for await (const chunk of chunks) {
    row.bytes = rest === null ? chunk : Buffer.concat([rest, chunk]);
    let at = skip;
    if (at <= row.bytes.length) {
      skip = 0;
      for (let next = rowEnd(row, at, fields); next > 0; next = rowEnd(row, at, fields)) {
        at = next;
        take(row);
      }
    } else at = 0;
    rest = at === row.bytes.length ? null : row.bytes.subarray(at);
  }
};

/** Finds the fields of the row that begins at `at`; answers where the next one begins, 0 when this one is not all there or there is none. */
const rowEnd = ({ bytes, start, length }: BinaryRow, at: number, fields: number): number => {
  const end = bytes.length;
  let next = at + 2;
  if (next > end || bytes.readUInt16BE(at) === TRAILER) return 0;
  for (let field = 0; field < fields; field += 1) {
    if (next + 4 > end) return 0;
    const size = bytes.readInt32BE(next);
    next += 4;
    start[field] = next;
    length[field] = size;
    if (size > 0) next += size;
    if (next > end) return 0;
  }
  return next;
};

/** Bytes of a field that stay when the row is gone; null for null. */
export const bytesOf = ({ bytes, start, length }: BinaryRow, field: number): Buffer | null => {
  const [from = 0, size = -1] = [start[field], length[field]];
  return size < 0 ? null : Buffer.from(bytes.subarray(from, from + size));
};

export const textOf = ({ bytes, start, length }: BinaryRow, field: number): string | null => {
  const [from = 0, size = -1] = [start[field], length[field]];
  return size < 0 ? null : bytes.toString('utf8', from, from + size);
};

/** A uuid as PostgreSQL writes it. */
export const uuidOf = (row: BinaryRow, field: number): string | null => {
  const { bytes, start, length } = row;
  const from = start[field] ?? 0;
  return length[field] === 16
    ? bytes.toString('hex', from, from + 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : null;
};

/** A bigint; counts here fit a double. */
export const countOf = ({ bytes, start, length }: BinaryRow, field: number): number | null => {
  const from = start[field] ?? 0;
  return length[field] === 8 ? bytes.readInt32BE(from) * 2 ** 32 + bytes.readUInt32BE(from + 4) : null;
};

const YEAR_2000 = 946_684_800_000;

/** A timestamptz in milliseconds since 1970; a fraction where it has microseconds. */
export const momentOf = (row: BinaryRow, field: number): number | null => {
  const micros = countOf(row, field);
  return micros === null ? null : micros / 1000 + YEAR_2000;
};
