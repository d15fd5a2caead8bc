import { expect, it } from 'vitest';
import { bar, createProgress } from './progress.ts';

it.each([
  { done: 0, total: 10, share: '  0 %' },
  { done: 5, total: 10, share: ' 50 %' },
  { done: 10, total: 10, share: '100 %' },
  { done: 12, total: 10, share: '100 %' },
  { done: 3, total: 0, share: '  0 %' },
])('$done of $total is $share', ({ done, total, share }) => {
  expect(bar(done, total)).toContain(share);
});

const streamOf = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, stream: { isTTY, columns: 80, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream };
};

it('draws on a terminal and clears its line at the end', () => {
  const { written, stream } = streamOf(true);
  const progress = createProgress(stream);
  progress.step(1, 2, 'Importing');
  progress.end();
  expect(written[0]).toContain('1 of 2  Importing');
  expect(written.at(-1)).toBe('\r\u001B[2K');
});

it('says nothing into a pipe', () => {
  const { written, stream } = streamOf(false);
  const progress = createProgress(stream);
  progress.step(1, 2);
  progress.end();
  expect(written).toEqual([]);
});
