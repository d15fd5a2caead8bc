import type { FileHandle } from 'node:fs/promises';

// Written in pieces of this size: a call for each chunk of a socket costs more than the writing.
const PIECE = 1_048_576;
// So much is written before the disk is asked to begin with it; what is left for the end is then little.
const FLUSH = 32 * PIECE;

/**
 * Writes to a file while the next bytes are already received and hashed. One piece is on its way to the file and one is being filled, so
 * memory stays at a few megabytes; `add` waits when the disk is slower than the sender. `end` waits until everything is on the disk.
 */
export const writeBehind = (handle: FileHandle) => {
  let filling: Uint8Array[] = [];
  let filled = 0;
  let unflushed = 0;
  let writing: Promise<unknown> = Promise.resolve();
  let flushing: Promise<unknown> = Promise.resolve();
  let flushes = 0;

  const flush = () => {
    // A second request for the same would only wait behind the first.
    if (unflushed < FLUSH || flushes > 0) return;
    unflushed = 0;
    flushes += 1;
    flushing = handle.datasync().finally(() => (flushes -= 1));
    // Its failure is told at the end, where somebody waits for it.
    flushing.catch(() => {});
  };
  const send = async (): Promise<void> => {
    const piece = filling;
    await writing;
    flush();
    unflushed += filled;
    filling = [];
    filled = 0;
    writing = writeAll(handle, piece);
    writing.catch(() => {});
  };
  return {
    add: async (chunk: Uint8Array): Promise<void> => {
      filling.push(chunk);
      filled += chunk.length;
      if (filled >= PIECE) await send();
    },
    end: async (): Promise<void> => {
      await send();
      await writing;
      await flushing;
      await handle.sync();
    },
  };
};

/** A disk may take fewer bytes at a time than it was given. */
const writeAll = async (handle: FileHandle, chunks: readonly Uint8Array[]): Promise<void> => {
  let rest = [...chunks];
  while (rest.length > 0) {
    let { bytesWritten } = await handle.writev(rest);
    while (rest[0] !== undefined && bytesWritten >= rest[0].length) {
      bytesWritten -= rest[0].length;
      rest = rest.slice(1);
    }
    if (rest[0] !== undefined && bytesWritten > 0) rest = [rest[0].subarray(bytesWritten), ...rest.slice(1)];
  }
};
