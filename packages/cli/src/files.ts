import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CannotRun } from './failure.ts';

/** The format that a file name asks for, among those there are: `x.xlsx` gives xlsx. */
export const formatOf = <F extends string>(file: string | undefined, formats: readonly F[], initial: F): F => {
  const ending = file === undefined ? '' : path.extname(file).slice(1).toLowerCase();
  return formats.find((format) => format === ending) ?? initial;
};

/** Writes a file in whole or not at all: what is half written keeps another name and is taken away. */
const writeWhole = async (file: string, content: Uint8Array | NodeJS.ReadableStream): Promise<void> => {
  const part = `${file}.part`;
  try {
    if (content instanceof Uint8Array) await writeFile(part, content);
    else await pipeline(content, createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
};

/** Writes to the file, or to standard output where that is not a terminal that bytes would garble. */
export const deliver = async (file: string | undefined, content: Uint8Array | NodeJS.ReadableStream, text: boolean): Promise<void> => {
  if (file !== undefined) return writeWhole(file, content);
  if (!text && process.stdout.isTTY)
    throw new CannotRun('This format is not for a terminal.', 'Name a file with -o, or send the output into one.');
  await pipeline(content instanceof Uint8Array ? Readable.from([content]) : content, process.stdout, { end: false });
};
