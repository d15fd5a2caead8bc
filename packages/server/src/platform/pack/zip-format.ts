/** The parts of a ZIP archive (APPNOTE 6.3.9) that packs use: stored entries, ZIP64 throughout where numbers need it. */
export interface ZipEntry {
  readonly name: string;
  readonly crc32: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

export const SIGNATURE = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 } as const;
export const LENGTH = { local: 30, central: 46, end: 22, end64: 56, locator64: 20 } as const;
export const FULL32 = 0xffffffff;
export const FULL16 = 0xffff;
/** Id of the extra field that holds 64-bit numbers. */
export const ZIP64 = 0x0001;
const VERSION = 45;
/** UTF-8 names. */
const FLAGS = 0x0800;

/** A moment as ZIP writes it: UTC, two seconds apart, from 1980 on. */
const dosTime = (at: Date): number => {
  const date = ((Math.max(at.getUTCFullYear(), 1980) - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
};

/** What stands before the content of an entry. Sizes beyond 4 GB stand in the extra field. */
export const localHeader = ({ name, crc32, size }: Omit<ZipEntry, 'offset'>, at: Date): Buffer => {
  const bytes = Buffer.from(name, 'utf8');
  const large = size >= FULL32;
  const header = Buffer.alloc(LENGTH.local + bytes.length + (large ? 20 : 0));
  header.writeUInt32LE(SIGNATURE.local, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt32LE(dosTime(at), 10);
  header.writeUInt32LE(crc32, 14);
  header.writeUInt32LE(large ? FULL32 : size, 18);
  header.writeUInt32LE(large ? FULL32 : size, 22);
  header.writeUInt16LE(bytes.length, 26);
  header.writeUInt16LE(large ? 20 : 0, 28);
  bytes.copy(header, LENGTH.local);
  if (large) extraField(header, LENGTH.local + bytes.length, [size, size]);
  return header;
};

const extraField = (header: Buffer, at: number, numbers: readonly number[]) => {
  header.writeUInt16LE(ZIP64, at);
  header.writeUInt16LE(numbers.length * 8, at + 2);
  for (const [index, number] of numbers.entries()) header.writeBigUInt64LE(BigInt(number), at + 4 + index * 8);
};

/** The line of an entry in the directory at the end. `mode` are its rights under POSIX. */
export const centralHeader = ({ name, crc32, size, offset }: ZipEntry, at: Date, mode: number): Buffer => {
  const bytes = Buffer.from(name, 'utf8');
  const large = [...(size >= FULL32 ? [size, size] : []), ...(offset >= FULL32 ? [offset] : [])];
  const extra = large.length === 0 ? 0 : 4 + large.length * 8;
  const header = Buffer.alloc(LENGTH.central + bytes.length + extra);
  header.writeUInt32LE(SIGNATURE.central, 0);
  // Made under POSIX, so that rights are kept and verify.sh can be run.
  header.writeUInt16LE((3 << 8) | VERSION, 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt32LE(dosTime(at), 12);
  header.writeUInt32LE(crc32, 16);
  header.writeUInt32LE(Math.min(size, FULL32), 20);
  header.writeUInt32LE(Math.min(size, FULL32), 24);
  header.writeUInt16LE(bytes.length, 28);
  header.writeUInt16LE(extra, 30);
  header.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 38);
  header.writeUInt32LE(Math.min(offset, FULL32), 42);
  bytes.copy(header, LENGTH.central);
  if (extra > 0) extraField(header, LENGTH.central + bytes.length, large);
  return header;
};

/** The end of the archive; with its 64-bit form before it where the counts need that. */
export const endRecords = (entries: number, directorySize: number, directoryOffset: number): Buffer => {
  const end = Buffer.alloc(LENGTH.end);
  end.writeUInt32LE(SIGNATURE.end, 0);
  end.writeUInt16LE(Math.min(entries, FULL16), 8);
  end.writeUInt16LE(Math.min(entries, FULL16), 10);
  end.writeUInt32LE(Math.min(directorySize, FULL32), 12);
  end.writeUInt32LE(Math.min(directoryOffset, FULL32), 16);
  if (entries < FULL16 && directorySize < FULL32 && directoryOffset < FULL32) return end;
  const end64 = Buffer.alloc(LENGTH.end64);
  end64.writeUInt32LE(SIGNATURE.end64, 0);
  end64.writeBigUInt64LE(BigInt(LENGTH.end64 - 12), 4);
  end64.writeUInt16LE((3 << 8) | VERSION, 12);
  end64.writeUInt16LE(VERSION, 14);
  for (const at of [24, 32]) end64.writeBigUInt64LE(BigInt(entries), at);
  end64.writeBigUInt64LE(BigInt(directorySize), 40);
  end64.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(LENGTH.locator64);
  locator.writeUInt32LE(SIGNATURE.locator64, 0);
  locator.writeBigUInt64LE(BigInt(directoryOffset + directorySize), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
};
