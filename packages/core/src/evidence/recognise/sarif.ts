import type { Refusal } from '../../shared/refusal.ts';
import { expected, isList, isObject, type Json, type JsonObject, listOf, objectOf, textOf } from './json.ts';
import { broken, type Recognition, summaryOf } from './summary.ts';

const levels = ['error', 'warning', 'note', 'none'] as const;
type Level = (typeof levels)[number];
const isLevel = (value: Json | undefined): value is Level => levels.some((level) => level === value);

export const claimsSarif = (value: JsonObject): boolean => /sarif/i.test(textOf(value['$schema']) ?? '') || 'runs' in value;

/** Static analysis results, OASIS SARIF 2.1.0: which tool, how many results of each level, how many rules. */
export function readSarif(value: JsonObject): Recognition {
  const { version, runs } = value;
  // `runs` alone is a word that other tools use too.
  if (version === undefined && !/sarif/i.test(textOf(value['$schema']) ?? '')) return { kind: 'file' };
  if (version !== '2.1.0') return broken([expected('sarif', 'version', '"2.1.0"', version)]);
  if (!isList(runs)) return broken([expected('sarif', 'runs', 'a list of runs', runs)]);
  const problems = runs.flatMap((run, index) => againstRun(run, `runs[${index}]`));
  if (problems.length > 0) return broken(problems);
  const all = runs.map(objectOf);
  const counts = { error: 0, warning: 0, note: 0, none: 0, suppressed: 0 };
  for (const run of all)
    for (const result of listOf(run['results']).map(objectOf))
      if (listOf(result['suppressions']).length > 0) counts.suppressed += 1;
      else counts[levelOf(result, run)] += 1;
  return summaryOf({
    format: 'sarif',
    formatVersion: '2.1.0',
    madeBy: [...new Set(all.map(toolOf))].join(', ').slice(0, 300),
    counts: { runs: all.length, rules: all.reduce((sum, run) => sum + listOf(driverOf(run)['rules']).length, 0), ...counts },
    // A run without results did not get as far as looking (SARIF 2.1.0, 3.14.23); none found is an empty list.
    details: all.some((run) => !isList(run['results'])) ? { unfinished: 'true' } : {},
  });
}

const driverOf = (run: JsonObject) => objectOf(objectOf(run['tool'])['driver']);

const toolOf = (run: JsonObject): string => {
  const driver = driverOf(run);
  const version = textOf(driver['semanticVersion']) ?? textOf(driver['version']);
  return `${textOf(driver['name'])}${version === null ? '' : ` ${version}`}`;
};

/** The level of a result: its own, else that of its rule, else `warning`; only failures have one (3.27.10). */
const levelOf = (result: JsonObject, run: JsonObject): Level => {
  if (isLevel(result['level'])) return result['level'];
  if (result['kind'] !== undefined && result['kind'] !== 'fail') return 'none';
  const rules = listOf(driverOf(run)['rules']).map(objectOf);
  const index = result['ruleIndex'];
  const rule = typeof index === 'number' && index >= 0 ? rules[index] : rules.find(({ id }) => id !== undefined && id === result['ruleId']);
  const level = objectOf(rule?.['defaultConfiguration'])['level'];
  return isLevel(level) ? level : 'warning';
};

const againstRun = (run: Json, place: string): Refusal[] => {
  if (!isObject(run)) return [expected('sarif', place, 'a run', run)];
  const { results } = run;
  return [
    ...(textOf(driverOf(run)['name']) === null
      ? [expected('sarif', `${place}.tool.driver.name`, 'the name of the tool', driverOf(run)['name'])]
      : []),
    ...(results === undefined || results === null || isList(results) ? [] : [expected('sarif', `${place}.results`, 'a list', results)]),
    ...listOf(results).flatMap((result, index) => againstResult(result, `${place}.results[${index}]`)),
  ];
};

const againstResult = (result: Json, place: string): Refusal[] => {
  if (!isObject(result)) return [expected('sarif', place, 'a result', result)];
  return [
    ...(isObject(result['message']) ? [] : [expected('sarif', `${place}.message`, 'a message', result['message'])]),
    ...(result['level'] === undefined || isLevel(result['level'])
      ? []
      : [expected('sarif', `${place}.level`, `one of ${levels.join(', ')}`, result['level'])]),
  ];
};
