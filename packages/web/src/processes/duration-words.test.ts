import { beforeAll, expect, it } from 'vitest';
import processes from '../../../../catalog/words/en/processes.json' with { type: 'json' };
import { startWords } from '../ui/words.ts';
import i18next from 'i18next';
import { durationWords } from './duration-words.ts';

beforeAll(() => {
  startWords({});
  i18next.addResourceBundle('en', 'translation', { processes }, true, true);
});

it.each([
  [0, 'under a minute'],
  [59, 'under a minute'],
  [60, '1 minute'],
  [3599, '60 minutes'],
  [3600, '1 hour'],
  [5400, '1.5 hours'],
  [47 * 3600, '47 hours'],
  [48 * 3600, '2 days'],
  [9.96 * 86_400, '10 days'],
  [90 * 86_400, '90 days'],
])('%i seconds are %s', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});
