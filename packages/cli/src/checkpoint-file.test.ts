import { expect, it } from 'vitest';
import { tidyCheckpoint } from './checkpoint-file.ts';

const note = 'aimwell/log\n2\ncm9vdA==\n\n— aimwell/log c2lnbmF0dXJl\n';

it('reads a note the same however it was kept', () => {
  expect(tidyCheckpoint(note)).toBe(note);
  expect(tidyCheckpoint(`${note}\n\n`)).toBe(note);
  expect(tidyCheckpoint(note.trimEnd())).toBe(note);
  expect(tidyCheckpoint(note.replaceAll('\n', '\r\n'))).toBe(note);
});

it('changes nothing within it', () => {
  expect(tidyCheckpoint(note.replace('cm9v', 'cm9 v'))).toBe(note.replace('cm9v', 'cm9 v'));
});
