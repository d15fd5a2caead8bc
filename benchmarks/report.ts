import type { Heavy } from './heavy.ts';
import type { Measured } from './lists.ts';
import { BAR, median } from './measure.ts';

const ms = (value: number) => value.toFixed(2);
const times = (value: number) => `${value.toFixed(2)}x`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (/^[\d.,]+x?$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
};

/** Questions of one kind are told by the part of their name before the field: "few:", "page 400", "search:". */
const kindOf = ({ name }: Measured): string =>
  name.includes(', sorted by') ? 'filtered and sorted' : (/^(first page|page \d+|[a-z]+:)/.exec(name)?.[1] ?? name).replace(':', '');
const kinds: Readonly<Record<string, string>> = {
  few: 'filter: a value of 25',
  many: 'filter: a value of many',
  none: 'filter: none',
  from: 'filter: from a day or number',
  to: 'filter: up to a day or number',
};

/** One line for each kind of question with its worst, or every question. */
export const listTable = (lists: readonly Measured[], all: boolean): string[] => {
  if (all)
    return table(
      ['register', 'question', 'among 200', 'among 20,000', 'ratio', 'bare SQL', 'over it'],
      lists.map((one) => [
        one.register,
        one.name,
        ms(one.small),
        ms(one.large),
        times(one.ratio),
        ms(one.bare),
        times(one.large / one.bare),
      ]),
    );
  const groups = Map.groupBy(lists, (one) => `${one.register}|${kindOf(one)}`);
  return table(
    ['register', 'kind of question', 'asked', 'among 200', 'among 20,000', 'ratio', 'worst', 'which', 'bare SQL', 'over it'],
    [...groups.entries()].map(([key, group]) => {
      const [register = '', kind = ''] = key.split('|');
      const worst = group.reduce((a, b) => (b.ratio > a.ratio ? b : a));
      const middle = (of: (one: Measured) => number) => median(group.map(of));
      return [
        register,
        kinds[kind] ?? kind,
        String(group.length),
        ms(middle((one) => one.small)),
        ms(middle((one) => one.large)),
        times(middle((one) => one.ratio)),
        times(worst.ratio),
        worst.name.replace(/^(first page|page \d+) /, ''),
        ms(middle((one) => one.bare)),
        times(middle((one) => one.large / one.bare)),
      ];
    }),
  );
};

const figure = ({ unit }: Heavy, value: number) => (unit === undefined ? ms(value) : `${value.toFixed(0)} ${unit}`);

export const heavyTable = (heavy: readonly Heavy[]): string[] =>
  table(
    ['work', 'ms', 'floor', 'ms', 'ratio', 'bar'],
    heavy.map((one) => [one.name, figure(one, one.ms), one.floorName, figure(one, one.floor), times(one.ms / one.floor), times(one.bar)]),
  );

/** What missed its bar, in words. */
export const overBar = (lists: readonly Measured[], heavy: readonly Heavy[]): string[] => [
  ...lists
    .filter(({ ratio }) => ratio > BAR)
    .map((one) => `${one.register}, ${one.name}: ${ms(one.large)} ms among 20,000, ${ms(one.small)} among 200, ${times(one.ratio)}`),
  ...heavy
    .filter((one) => one.ms / one.floor > one.bar)
    .map((one) => `${one.name}: ${times(one.ms / one.floor)} ${one.floorName}, expected at most ${times(one.bar)}`),
];
