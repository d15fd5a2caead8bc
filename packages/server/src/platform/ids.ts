import { randomBytes } from 'node:crypto';

/** The moment of the newest id, and how many came before it in that millisecond, beginning at a random number. */
let newest = { moment: 0, count: 0 };

/**
 * UUID version 7 (RFC 9562): time-ordered, so that indexes grow at their end, and so that what one process wrote within a millisecond
 * keeps its order (section 6.2, method 1). Made here, since PostgreSQL 15 cannot.
 */
export const newId = (now: number = Date.now()): string => {
  const bytes = randomBytes(16);
  const count = now === newest.moment ? Math.min(newest.count + 1, 0xfff) : bytes.readUInt16BE(6) & 0x7ff;
  newest = { moment: now, count };
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt16BE(0x7000 | count, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
