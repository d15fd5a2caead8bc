import { readFile } from 'node:fs/promises';
import { parseCheckpoint } from '@aimwell/core/trail/checkpoint';
import { parseNote } from '@aimwell/core/trail/note';
import { CannotRun } from './failure.ts';

/** A checkpoint that somebody kept: editors, mail programs and `jq -r` change line ends or add empty lines, which say nothing. */
export const tidyCheckpoint = (text: string): string => `${text.replaceAll('\r\n', '\n').trimEnd()}\n`;

/** Reads one from a file. @throws CannotRun where there is none in it: nothing can be held against that */
export const readCheckpoint = async (file: string): Promise<string> => {
  const text = tidyCheckpoint(await readFile(file, 'utf8'));
  const note = parseNote(text);
  const checkpoint = 'refused' in note ? note : parseCheckpoint(note.value.text);
  if ('refused' in checkpoint)
    throw new CannotRun(
      `${file} holds no checkpoint: ${checkpoint.refused[0]?.message}.`,
      'Name the file of a checkpoint as it was handed out, signature and all.',
    );
  return text;
};
