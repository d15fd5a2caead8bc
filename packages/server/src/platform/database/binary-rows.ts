/**
 * One row of COPY … (format binary). Field n lies in `bytes` from `start[n]` on and is `length[n]` bytes long, or -1 for null. It is
 * the reader's own memory, used again for the next row: whoever keeps something copies it; whoever must may write into it.
 */
export interface BinaryRow {
  bytes: Buffer;
  /** The same memory, for numbers: reading these through a Buffer costs several times as much. */
  view: DataView;
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
  const row: BinaryRow = {
    bytes: Buffer.alloc(0),
    view: new DataView(new ArrayBuffer(0)),
    start: new Int32Array(fields),
    length: new Int32Array(fields),
  };
  let cut: Buffer | null = null;
  let skip = HEADER;
  /** Takes the rows that are whole from `at` on; answers where the first that is not begins. */
  const takeFrom = (bytes: Buffer, at: number, most = Number.POSITIVE_INFINITY): number => {
    row.bytes = bytes;
    row.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let from = at;
    for (let taken = 0; taken < most; taken += 1) {
      const next = rowEnd(row, from, fields);
      if (next === 0) break;
      take(row);
      from = next;
    }
    return from;
  };
  for await (const chunk of chunks) {
    let at = 0;
    // The row that was cut is put together by itself: copying whole chunks would cost more than reading them.
    for (let more = JOINED; cut !== null; more *= 8) {
      const joined: Buffer = Buffer.concat([cut, chunk.subarray(0, more)]);
      const next = joined.length < skip ? 0 : takeFrom(joined, skip, 1);
      if (next > skip) {
        at = next - cut.length;
        cut = null;
        skip = 0;
      } else if (more >= chunk.length) {
        cut = joined;
        at = chunk.length;
        break;
      }
    }
    if (at === chunk.length) continue;
    if (chunk.length >= skip) {
      at = takeFrom(chunk, at + skip);
      skip = 0;
    }
    cut = at === chunk.length ? null : Buffer.from(chunk.subarray(at));
  }
};

/** So many bytes of the next chunk are tried first to complete a row. */
const JOINED = 2048;

/** Finds the fields of the row that begins at `at`; answers where the next one begins, 0 when this one is not all there or there is none. */
const rowEnd = ({ bytes, view, start, length }: BinaryRow, at: number, fields: number): number => {
  const end = bytes.length;
  let next = at + 2;
  if (next > end || view.getUint16(at) === TRAILER) return 0;
  for (let field = 0; field < fields; field += 1) {
    if (next + 4 > end) return 0;
    const size = view.getInt32(next);
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
export const countOf = ({ view, start, length }: BinaryRow, field: number): number | null => {
  const from = start[field] ?? 0;
  return length[field] === 8 ? view.getInt32(from) * 2 ** 32 + view.getUint32(from + 4) : null;
};

const YEAR_2000 = 946_684_800_000;

/** A timestamptz in milliseconds since 1970; a fraction where it has microseconds. */
export const momentOf = (row: BinaryRow, field: number): number | null => {
  const micros = countOf(row, field);
  return micros === null ? null : micros / 1000 + YEAR_2000;
};
