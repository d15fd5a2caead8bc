import { readFile } from 'node:fs/promises';

/** A checkpoint that somebody kept: editors, mail programs and `jq -r` change line ends or add empty lines, which say nothing. */
export const tidyCheckpoint = (text: string): string => `${text.replaceAll('\r\n', '\n').trimEnd()}\n`;

export const readCheckpoint = async (file: string): Promise<string> => tidyCheckpoint(await readFile(file, 'utf8'));
