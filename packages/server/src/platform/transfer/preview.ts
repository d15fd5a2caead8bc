import type { ImportCounts, ImportPreview } from '@aimwell/contract/platform/transfer';
import type { Register } from '@aimwell/contract/platform/register';
import { targetFields } from './fields.ts';
import type { Plan, PlannedRow } from './plan.ts';
import { isNewPerson } from './settle.ts';
import { vocabularyOf } from './vocabulary.ts';

const countOf = (rows: readonly PlannedRow[], test: (row: PlannedRow) => boolean) => rows.filter(test).length;

/** How the plan stands, in numbers. */
export const countPlan = (register: Register, plan: Plan): ImportCounts => {
  const { rows } = plan;
  const needs = (vocabularyOf(register.name).needs ?? []).map(({ what, code }): [string, number] => [
    what.replace(/^an? /, ''),
    countOf(rows, ({ state, problems }) => state === 'needs' && problems.some((problem) => problem.code === code)),
  ]);
  return {
    rows: rows.length,
    ready: countOf(rows, ({ state }) => state === 'ready'),
    wrong: countOf(rows, ({ state }) => state === 'wrong'),
    needs: Object.fromEntries(needs.filter(([, count]) => count > 0)),
    create: countOf(rows, ({ effect }) => effect === 'create'),
    change: countOf(rows, ({ effect }) => effect === 'change'),
    unchanged: countOf(rows, ({ effect }) => effect === 'unchanged'),
    warnings: rows.reduce((sum, { problems }) => sum + problems.filter(({ severity }) => severity === 'warning').length, 0),
  };
};

/** The counts as one sentence: `18 rows: 15 ready, 3 need a role`. */
export const summaryOf = (register: Register, counts: ImportCounts): string => {
  const whats = (vocabularyOf(register.name).needs ?? []).map(({ what }) => what);
  const needs = whats.flatMap((what) => {
    const count = counts.needs[what.replace(/^an? /, '')];
    return count === undefined ? [] : [`${count} ${count === 1 ? 'needs' : 'need'} ${what}`];
  });
  const parts = [
    `${counts.ready} ready`,
    ...needs,
    ...(counts.wrong === 0 ? [] : [`${counts.wrong} cannot be imported yet`]),
    ...(counts.unchanged === 0 ? [] : [`${counts.unchanged} already here`]),
    ...(counts.change === 0 ? [] : [`${counts.change} changed`]),
  ];
  return `${counts.rows} ${counts.rows === 1 ? 'row' : 'rows'}: ${parts.join(', ')}`;
};

const shown = (value: unknown): unknown => (isNewPerson(value) ? value.person : Array.isArray(value) ? value.map(shown) : value);

/** One page of the dry run; `cursor` is a row number of an earlier page. */
export const previewOf = (
  register: Register,
  plan: Plan,
  page: { readonly limit: number; readonly only: 'problems' | 'all'; readonly cursor?: string | undefined },
): ImportPreview => {
  const counts = countPlan(register, plan);
  const after = Number(page.cursor ?? 0);
  const wanted = plan.rows.filter((row) => row.row > after && (page.only === 'all' || row.problems.length > 0));
  const rows = wanted.slice(0, page.limit);
  return {
    summary: summaryOf(register, counts),
    counts,
    values: unmeant(register, plan),
    newPeople: [...plan.newPeople],
    notes: [...plan.notes],
    next: wanted.length > rows.length ? String(rows.at(-1)?.row ?? 0) : null,
    rows: rows.map(({ row, values, problems, state, effect }) => ({
      row,
      state,
      effect,
      title: String(values[register.title] ?? ''),
      problems: [...problems],
      values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(value)])),
    })),
  };
};

const unmeant = (register: Register, plan: Plan): ImportPreview['values'] => {
  const fields = targetFields(register);
  return plan.mapping.columns.flatMap((column) =>
    (column.to === 'field' ? (column.values ?? []) : [])
      .filter(({ value }) => value === undefined)
      .map(({ seen, count }) => ({
        column: column.key,
        field: column.field ?? '',
        seen,
        count,
        allowed: (fields.find(({ name }) => name === column.field)?.choices ?? []).map(({ value, label }) => ({ value, label })),
      })),
  );
};
