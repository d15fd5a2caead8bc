import { inflateRawSync } from 'node:zlib';
import { LIMITS, TableError, overLimit } from './limits.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_LENGTH = 22;
const MAX_COMMENT = 0xffff;

export interface ZipPart {
  readonly name: string;
  readonly content: Buffer;
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

const damaged = (what: string) =>
  new TableError(
    'ZIP_DAMAGED',
    `expected a whole .xlsx workbook, got ${what}`,
    'Open the file in a spreadsheet program and save it again as .xlsx.',
  );

/**
 * The XML parts of a workbook. The sizes the directory declares are added up before anything is unpacked, and each part
 * is unpacked with its declared size as the bound, so neither a large nor a false declaration fills the memory.
 * @throws TableError ZIP_DAMAGED, ZIP_TOO_LARGE, ZIP_TOO_MANY_PARTS, DOCTYPE_REFUSED (no workbook needs one; entity bombs do)
 */
export function openWorkbook(bytes: Uint8Array): ZipPart[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(buffer);
  const declared = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (declared > LIMITS.unpackedBytes) {
    throw overLimit(
      'ZIP_TOO_LARGE',
      'bytes in the unpacked workbook',
      LIMITS.unpackedBytes,
      declared,
      'Copy the sheet alone into a new workbook, or save it as CSV.',
    );
  }
  return entries.filter((entry) => isXml(entry.name)).map((entry) => ({ name: entry.name, content: unpack(buffer, entry) }));
}

const isXml = (name: string) => name.endsWith('.xml') || name.endsWith('.rels');

function readDirectory(buffer: Buffer): Entry[] {
  const end = findEnd(buffer);
  const count = buffer.readUInt16LE(end + 10);
  let at = buffer.readUInt32LE(end + 16);
  if (count > LIMITS.workbookParts) {
    throw overLimit(
      'ZIP_TOO_MANY_PARTS',
      'parts in the workbook',
      LIMITS.workbookParts,
      count,
      'Copy the sheet alone into a new workbook, or save it as CSV.',
    );
  }
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== DIRECTORY_ENTRY) throw damaged('a broken directory');
    const nameLength = buffer.readUInt16LE(at + 28);
    const entry = {
      name: buffer.toString('utf8', at + 46, at + 46 + nameLength),
      method: buffer.readUInt16LE(at + 10),
      packed: buffer.readUInt32LE(at + 20),
      unpacked: buffer.readUInt32LE(at + 24),
      offset: buffer.readUInt32LE(at + 42),
    };
    // 0xFFFFFFFF announces ZIP64, which a file within our size limit never needs.
    if ([entry.packed, entry.unpacked, entry.offset].includes(0xffffffff)) throw damaged('a ZIP64 archive');
    entries.push(entry);
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(buffer: Buffer): number {
  const lowest = Math.max(0, buffer.length - END_LENGTH - MAX_COMMENT);
  for (let at = buffer.length - END_LENGTH; at >= lowest; at--) {
    if (buffer.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw damaged('a cut-off file');
}

function unpack(buffer: Buffer, entry: Entry): Buffer {
  if (entry.offset + 30 > buffer.length || buffer.readUInt32LE(entry.offset) !== LOCAL_ENTRY) throw damaged(`no content for ${entry.name}`);
  const start = entry.offset + 30 + buffer.readUInt16LE(entry.offset + 26) + buffer.readUInt16LE(entry.offset + 28);
  const packed = buffer.subarray(start, start + entry.packed);
  const content = entry.method === 0 ? packed : inflate(packed, entry);
  if (content.length !== entry.unpacked) throw damaged(`${entry.name} with ${content.length} bytes where ${entry.unpacked} are declared`);
  if (content.includes('<!DOCTYPE')) {
    throw new TableError(
      'DOCTYPE_REFUSED',
      `expected plain workbook data, got a document type declaration in ${entry.name}`,
      'Open the file in a spreadsheet program and save it again as .xlsx.',
    );
  }
  return content;
}

function inflate(packed: Buffer, entry: Entry): Buffer {
  if (entry.method !== 8) throw damaged(`${entry.name} packed by a method no spreadsheet uses`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpacked) });
  } catch {
    throw damaged(`${entry.name} that does not unpack to its declared size`);
  }
}
