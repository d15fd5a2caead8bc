import { createCipheriv, createDecipheriv, createHash, hash, type Hash, randomBytes, scrypt } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { BackupError, damaged, endsEarly } from './errors.ts';

// The format: docs/decisions/0012. A line of JSON (the preamble), then frames, then a digest over all that stands before it.
const FORMAT = 1;
const PREAMBLE_MOST = 1024;
/** Bytes of content in one frame; memory is bounded by it. */
export const CHUNK = 1_048_576;
const BODY_MOST = 16 * CHUNK;
const LAST = 0x8000_0000;
const DIGEST = 32;
const GCM_TAG = 16;
const KDF = { name: 'scrypt', N: 131_072, r: 8, p: 1 } as const;

export interface Frame {
  /** One letter: what the bytes are. */
  readonly kind: string;
  readonly data: Buffer;
}

interface Seal {
  readonly tagLength: number;
  close(header: Buffer, number: bigint, last: boolean, body: Buffer): { readonly tag: Buffer; readonly body: Buffer };
  /** Null when the tag does not belong to these bytes at this place. */
  open(header: Buffer, number: bigint, last: boolean, tag: Buffer, body: Buffer): Buffer | null;
}

/** The place of a frame as 12 bytes: its number, and whether it is the last one (STREAM). The key is used for one file only. */
const place = (number: bigint, last: boolean): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(number, 3);
  bytes[11] = last ? 1 : 0;
  return bytes;
};

const plainSeal = (preamble: Buffer): Seal => {
  const tagOf = (header: Buffer, number: bigint, last: boolean, body: Buffer) =>
    createHash('sha256').update(preamble).update(place(number, last)).update(header).update(body).digest();
  return {
    tagLength: DIGEST,
    close: (header, number, last, body) => ({ tag: tagOf(header, number, last, body), body }),
    open: (header, number, last, tag, body) => (tagOf(header, number, last, body).equals(tag) ? body : null),
  };
};

const secretSeal = (preamble: Buffer, key: Buffer): Seal => ({
  tagLength: GCM_TAG,
  close: (header, number, last, body) => {
    const cipher = createCipheriv('aes-256-gcm', key, place(number, last)).setAAD(Buffer.concat([preamble, header]));
    const sealed = Buffer.concat([cipher.update(body), cipher.final()]);
    return { tag: cipher.getAuthTag(), body: sealed };
  },
  open: (header, number, last, tag, body) => {
    const decipher = createDecipheriv('aes-256-gcm', key, place(number, last), { authTagLength: GCM_TAG });
    decipher.setAAD(Buffer.concat([preamble, header])).setAuthTag(tag);
    const opened = decipher.update(body);
    try {
      decipher.final();
      return opened;
    } catch {
      return null;
    }
  },
});

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  derive(passphrase.normalize('NFC'), salt, 32, { N: KDF.N, r: KDF.r, p: KDF.p, maxmem: 256 * 1_048_576 });

interface Preamble {
  readonly format: 'aimwell-backup';
  readonly version: number;
  readonly id: string;
  readonly seal: null | { readonly kdf: string; readonly N: number; readonly r: number; readonly p: number; readonly salt: string };
}

export interface FrameWriter {
  write(kind: string, data: Uint8Array, last?: boolean): Promise<void>;
  /** Bytes written so far. */
  size(): number;
}

/** Begins a backup in an open, empty file. The last frame also writes the digest that ends the file. */
export const createFrameWriter = async (file: FileHandle, id: string, passphrase: string | null): Promise<FrameWriter> => {
  const salt = randomBytes(16);
  const seal = passphrase === null ? null : { kdf: KDF.name, N: KDF.N, r: KDF.r, p: KDF.p, salt: salt.toString('hex') };
  const preamble = Buffer.from(`${JSON.stringify({ format: 'aimwell-backup', version: FORMAT, id, seal } satisfies Preamble)}\n`, 'utf8');
  const bound = hash('sha256', preamble, 'buffer');
  const sealer = passphrase === null ? plainSeal(bound) : secretSeal(bound, await keyOf(passphrase, salt));
  const whole = createHash('sha256').update(preamble);
  let size = 0;
  let number = 0n;
  const append = async (...parts: readonly Uint8Array[]) => {
    for (const part of parts) {
      await file.appendFile(part);
      size += part.length;
    }
  };
  await append(preamble);
  return {
    size: () => size,
    write: async (kind, data, last = false) => {
      const header = Buffer.alloc(4);
      header.writeUInt32BE(data.length + 1 + (last ? LAST : 0));
      const { tag, body } = sealer.close(header, number, last, Buffer.concat([Buffer.from(kind, 'latin1'), data]));
      number += 1n;
      whole.update(header).update(tag);
      await append(header, tag, body);
      if (last) await append(whole.digest());
    },
  };
};

/** Reads exactly so many bytes at a place; the file ends early otherwise. */
const readAt = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw endsEarly();
    done += bytesRead;
  }
  return bytes;
};

const readPreamble = async (file: FileHandle): Promise<{ readonly bytes: Buffer; readonly said: Preamble }> => {
  const start = Buffer.alloc(PREAMBLE_MOST);
  const { bytesRead } = await file.read(start, 0, PREAMBLE_MOST, 0);
  const end = start.subarray(0, bytesRead).indexOf(0x0a);
  const no = () =>
    new BackupError(
      'NOT_A_BACKUP',
      'This file is no backup of Aimwell, or its first line is damaged.',
      'Name a file that npx aimwell backup wrote.',
    );
  let said: Partial<Preamble>;
  try {
    said = JSON.parse(start.toString('utf8', 0, Math.max(0, end))) as Partial<Preamble>;
  } catch {
    throw no();
  }
  if (said?.format !== 'aimwell-backup' || typeof said.version !== 'number') throw no();
  if (said.version !== FORMAT)
    throw new BackupError(
      'NEWER',
      `The backup has format ${said.version}; this Aimwell reads format ${FORMAT}.`,
      'Install the release that wrote it, or a later one.',
    );
  const { seal } = said;
  if (seal === undefined || typeof said.id !== 'string') throw no();
  // Only one way of making the key is known; other numbers are damage, and could ask for any amount of memory.
  if (
    seal !== null &&
    (seal.kdf !== KDF.name || seal.N !== KDF.N || seal.r !== KDF.r || seal.p !== KDF.p || !/^[0-9a-f]{32}$/.test(seal.salt))
  )
    throw damaged('its first line says nothing that can be read');
  return { bytes: start.subarray(0, end + 1), said: said as Preamble };
};

const openSeal = async (preamble: { readonly bytes: Buffer; readonly said: Preamble }, passphrase: string | null): Promise<Seal> => {
  const bound = hash('sha256', preamble.bytes, 'buffer');
  const { seal } = preamble.said;
  if (seal === null) return plainSeal(bound);
  if (passphrase === null)
    throw new BackupError(
      'PASSPHRASE_MISSING',
      'The backup is sealed with a passphrase.',
      'Name its file with --passphrase-file, or set AIMWELL_BACKUP_PASSPHRASE.',
    );
  return secretSeal(bound, await keyOf(passphrase, Buffer.from(seal.salt, 'hex')));
};

const wrongPassphrase = (): BackupError =>
  new BackupError(
    'PASSPHRASE_WRONG',
    'The backup does not open with this passphrase, or its beginning is damaged.',
    'Use the passphrase of the day it was taken.',
  );

export interface OpenedFrames {
  readonly id: string;
  readonly sealed: boolean;
  frames(): AsyncGenerator<Frame, void>;
}

/**
 * The frames of a backup. Each is checked before it is handed out; whoever reads to the end knows that no bit of the file
 * differs from what was written. Throws BackupError at the first thing that does.
 */
export const openFrames = async (
  file: FileHandle,
  passphrase: string | null,
  onBytes: (done: number) => void = () => {},
): Promise<OpenedFrames> => {
  const preamble = await readPreamble(file);
  const seal = await openSeal(preamble, passphrase);
  const whole = createHash('sha256').update(preamble.bytes);
  return {
    id: preamble.said.id,
    sealed: preamble.said.seal !== null,
    frames: () => readFrames(file, { seal, whole, start: preamble.bytes.length, onBytes }),
  };
};

async function* readFrames(
  file: FileHandle,
  { seal, whole, start, onBytes }: { seal: Seal; whole: Hash; start: number; onBytes: (done: number) => void },
): AsyncGenerator<Frame, void> {
  let at = start;
  let number = 0n;
  for (let last = false; !last; number += 1n) {
    const head = await readAt(file, at, 4 + seal.tagLength);
    const header = head.subarray(0, 4);
    const said = header.readUInt32BE();
    last = said >= LAST;
    const length = said % LAST;
    if (length === 0 || length > BODY_MOST) throw damaged(`the length of chunk ${number} cannot be right`);
    const sealed = await readAt(file, at + head.length, length);
    const body = seal.open(header, number, last, head.subarray(4), sealed);
    if (body === null)
      throw number === 0n && seal.tagLength === GCM_TAG
        ? wrongPassphrase()
        : damaged(`chunk ${number} at byte ${at} is not the one that was written`);
    whole.update(head);
    at += head.length + length;
    onBytes(at);
    if (last) await checkEnd(file, at, whole.digest());
    yield { kind: String.fromCharCode(body[0] ?? 0), data: body.subarray(1) };
  }
}

const checkEnd = async (file: FileHandle, at: number, digest: Buffer): Promise<void> => {
  if (!(await readAt(file, at, DIGEST)).equals(digest)) throw damaged('the digest at its end does not belong to it');
  if ((await file.stat()).size !== at + DIGEST) throw damaged('something stands after its end');
};
