import { printable } from './text.ts';

const longest = 31;

/**
 * Sheet names Excel accepts: at most 31 characters, none of : \ / ? * [ ], no apostrophe at either end, not "History",
 * and no two alike whatever their case.
 */
export function sheetNames(captions: readonly string[], taken: readonly string[]): string[] {
  const used = new Set(['history', ...taken.map((name) => name.toLowerCase())]);
  return captions.map((caption) => {
    const clean = printable(caption)
      .replace(/[:\\/?*[\]]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^'+|'+$/g, '');
    const base = clean === '' ? 'Table' : clean;
    for (let count = 1; ; count += 1) {
      const ending = count === 1 ? '' : ` ${count}`;
      const name =
        base
          .slice(0, longest - ending.length)
          .toWellFormed()
          .trim()
          .replace(/'+$/, '') + ending;
      if (used.has(name.toLowerCase())) continue;
      used.add(name.toLowerCase());
      return name;
    }
  });
}
