import { describe, expect, it } from 'vitest';
import { formatBytes } from './dates.ts';
import { heatStep } from './status.tsx';
import { humanise, inSentence } from './words.ts';

describe('the heat of a level', () => {
  it.each([
    [1, 25, 0],
    [3, 25, 0],
    [4, 25, 1],
    [8, 25, 2],
    [12, 25, 3],
    [15, 25, 4],
    [25, 25, 4],
    [9, 9, 4],
    [1, 9, 0],
  ])('%i of %i → step %i', (level, max, step) => expect(heatStep(level, max)).toBe(step));
});

describe('words', () => {
  it('come from names that nobody has worded', () => {
    expect(humanise('dueDate')).toBe('Due date');
    expect(humanise('in_progress')).toBe('In progress');
  });

  it('stand in a sentence without losing abbreviations', () => {
    expect(inSentence('Risk')).toBe('risk');
    expect(inSentence('AI system')).toBe('AI system');
  });
});

describe('bytes', () => {
  it.each([
    [12, '12 B'],
    [1_000, '1 kB'],
    [1_400_000, '1.4 MB'],
    [2_500_000_000, '2.50 GB'],
  ])('%i → %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));
});
