import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';

const linesOf = async (file: string): Promise<string[]> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').filter((line) => line.trim() !== '');
};

/** Adds to a ledger of erasures the lines of others that it does not have; on the disk before it answers. */
export const mergeLedgers = async (into: string, others: readonly string[]): Promise<void> => {
  const known = new Set(await linesOf(into));
  const more = new Set((await Promise.all(others.map(linesOf))).flat().filter((line) => !known.has(line)));
  if (more.size === 0) return;
  await mkdir(path.dirname(into), { recursive: true, mode: 0o700 });
  const handle = await open(into, 'a', 0o600);
  try {
    await handle.appendFile([...more].map((line) => `${line}\n`).join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
};
