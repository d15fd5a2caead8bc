import type { ConformityView, FoundRecord } from '@aimwell/contract/conformity/endpoints';
import { builtRules, rulesNamed, rulesReading } from '@aimwell/core/conformity/all';
import type { RuleResult } from '@aimwell/core/conformity/result';
import type { Rule } from '@aimwell/core/conformity/rule';
import { run } from '@aimwell/core/conformity/run';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { mustBeThere } from './found.ts';
import { toldOf } from './outcome.ts';
import { FIRST_RECORDS, readSettings, viewOf, withUnbuilt } from './reads.ts';
import { sqlSource } from './source.ts';
import { known, ruleRef, textOf } from './texts.ts';

// The rules of today judge the records, settings and day of then. Nothing is kept: what was judged on that day, by the rules of
// that day, is another matter and stands in the trend.

const resultsOf = async (tx: Tx, { today }: Context, rules: readonly Rule[], only?: Parameters<typeof sqlSource>[1]) => {
  const settings = await readSettings(tx);
  return { settings, results: await run(rules, sqlSource(tx, only), { today, settings, known }) };
};

/** 42 of `SYS-0042`. */
const numberOf = (identifier: string): number => Number(identifier.slice(identifier.lastIndexOf('-') + 1));

/** The records of a result in the order in which the stored ones are listed. Since when is not known: the day itself is told. */
const foundIn = ({ found }: RuleResult, today: string): FoundRecord[] =>
  found
    .map(({ register, id, identifier, title, seen }) => ({ register, id, identifier, title, seen, since: today }))
    .toSorted((a, b) => (a.register < b.register ? -1 : a.register > b.register ? 1 : numberOf(a.identifier) - numberOf(b.identifier)));

/** What an auditor would probably have said then. */
export const readConformityThen = async (tx: Tx, context: Context): Promise<ConformityView> => {
  const { results, settings } = await resultsOf(tx, context, builtRules);
  const outcomes = withUnbuilt(results.map((result) => ({ ...toldOf(result, settings), since: context.today })));
  const first = new Map(results.map((result) => [result.rule, foundIn(result, context.today).slice(0, FIRST_RECORDS)]));
  return viewOf(outcomes, first, { at: context.now, on: context.today });
};

/** The records of one finding of then, in pages as `readRecords` gives them. */
export const readRecordsThen = async (
  tx: Tx,
  context: Context,
  { rule, cursor, limit }: { readonly rule: string; readonly cursor?: string | undefined; readonly limit: number },
) => {
  const { results } = await resultsOf(tx, context, rulesNamed([rule]));
  const all = results.flatMap((result) => foundIn(result, context.today));
  const [, register, number] = /^([a-z-]{1,60}) (\d{1,9})$/.exec(cursor ?? '') ?? [];
  const isAfter = (record: FoundRecord) =>
    register === undefined || record.register > register || (record.register === register && numberOf(record.identifier) > Number(number));
  const rest = all.filter(isAfter);
  const items = rest.slice(0, limit);
  const last = rest.length > limit ? items.at(-1) : undefined;
  return { items, next: last === undefined ? null : `${last.register} ${numberOf(last.identifier)}` };
};

/** What the rules say about one record as it stood; NOT_FOUND when there was none such. */
export const readAboutThen = async (tx: Tx, context: Context, register: string, id: string) => {
  await mustBeThere(tx, register, id);
  // The record alone tells which rules speak of it; how grave that is depends on how many others they find.
  const alone = await resultsOf(tx, context, rulesReading([register]), { register, id });
  const speaking = alone.results.filter(({ found }) => found.length > 0).map(({ rule }) => rule);
  const { results, settings } = await resultsOf(tx, context, rulesNamed(speaking));
  const items = results.flatMap((result) => {
    const about = result.found.find((found) => found.register === register && found.id === id);
    if (about === undefined) return [];
    const { severity, remedy } = toldOf(result, settings);
    return [
      {
        ...ruleRef(result.rule),
        severity: severity ?? ('observation' as const),
        seen: about.seen,
        since: context.today,
        remedy: remedy ?? textOf(result.rule).remedy,
        refs: [...textOf(result.rule).refs],
      },
    ];
  });
  return { items: items.toSorted((a, b) => (a.rule < b.rule ? -1 : 1)), judgedAt: context.now.toISOString() };
};
