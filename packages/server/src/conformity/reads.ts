import type { ConformityFinding, ConformityView, FoundRecord } from '@aimwell/contract/conformity/endpoints';
import { registers } from '@aimwell/contract/registers';
import { columnOf } from '@aimwell/contract/platform/register';
import { unjudgedResults } from '@aimwell/core/conformity/all';
import { byRequirement, coverageOf, type Outcome, verdictOf } from '@aimwell/core/conformity/grouping';
import { intervalDefaults, type OwnSettings, settingsFrom, thresholdDefaults } from '@aimwell/core/conformity/settings';
import type { Severity } from '@aimwell/core/conformity/verdict';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { notFound } from '../platform/errors.ts';
import { identifierSql } from '../platform/register/columns.ts';
import { basisOf, refTitle, revision, textOf } from './texts.ts';

interface StoredResult extends Outcome {
  readonly seen: string | null;
  readonly missing: string | null;
  readonly remedy: string | null;
  readonly restsOn: string | null;
  readonly since: string;
}

/** True when something was written, a day has come, or the rules themselves are others than those that judged. */
export const needsJudging = async (tx: Tx, today: string): Promise<boolean> => {
  const [row] = await tx.query<{ stale: boolean }>(sql`
    select exists (select 1 from conformity_stale where organization_id = ${tx.organisationId}::uuid)
      or exists (select 1 from conformity_results where organization_id = ${tx.organisationId}::uuid and recheck_on <= ${today}::date)
      or not exists (select 1 from conformity_state where organization_id = ${tx.organisationId}::uuid and revision = ${revision} and judged_on <= ${today}::date) as stale`);
  return row?.stale ?? true;
};

/** Intervals and thresholds in force for the organisation of this transaction. */
export const readSettings = async (tx: Tx) => {
  const [row] = await tx.query<{ own: OwnSettings | null }>(
    sql`select settings -> 'conformity' as own from organizations where id = ${tx.organisationId}::uuid`,
  );
  return settingsFrom(row?.own ?? {});
};

/** The stored answers of every rule, those without records included, in the order of their ids. */
export const readOutcomes = async (tx: Tx): Promise<StoredResult[]> => {
  const rows = await tx.query<StoredResult>(sql`
    select rule, outcome, severity, population, affected, seen, missing, remedy, rests_on as "restsOn", since::text as since from conformity_results where organization_id = ${tx.organisationId}::uuid`);
  const others = unjudgedResults.map((result): StoredResult => ({ ...result, severity: null, restsOn: null, since: '' }));
  return [...rows, ...others].toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
};

const ruleRef = (rule: string) => {
  const { title, group, pdca } = textOf(rule);
  return { rule, title, group, pdca };
};
const gravity: Readonly<Record<Severity, number>> = { major: 0, minor: 1, observation: 2 };

/** What the rules said when they last looked; judge first. */
export const readConformity = async (tx: Tx): Promise<ConformityView> => {
  const outcomes = await readOutcomes(tx);
  const [state] = await tx.query<{ at: Date; on: string }>(
    sql`select judged_at as at, judged_on::text as on from conformity_state where organization_id = ${tx.organisationId}::uuid`,
  );
  const found = outcomes.filter(({ outcome }) => outcome === 'finding');
  const records = await firstRecords(
    tx,
    found.map(({ rule }) => rule),
    20,
  );
  const findings = found
    .map((result) => findingOf(result, records.get(result.rule) ?? []))
    .toSorted((a, b) => gravity[a.severity] - gravity[b.severity] || b.affected - a.affected || (a.rule < b.rule ? -1 : 1));
  const apart = (group: 'law' | 'certification') => ({
    ...verdictOf(outcomes, textOf, group),
    rules: findings.filter((finding) => finding.group === group).map(({ rule }) => rule),
  });
  return {
    coverage: coverageOf(outcomes, textOf),
    verdict: verdictOf(outcomes, textOf, 'standard'),
    law: apart('law'),
    certification: apart('certification'),
    findings: findings.filter(({ rule }) => !textOf(rule).worthALook),
    requirements: byRequirement(outcomes, textOf).map((group) => ({
      ...group,
      rules: [...group.rules],
      title: group.ref === null ? '' : refTitle(group.ref),
    })),
    met: outcomes.filter(({ outcome }) => outcome === 'met').map(({ rule, population }) => ({ ...ruleRef(rule), population })),
    notJudged: outcomes
      .filter(({ outcome }) => outcome === 'notJudged')
      .map(({ rule, missing }) => ({ ...ruleRef(rule), missing: missing ?? '' })),
    worthALook: findings.filter(({ rule }) => textOf(rule).worthALook),
    judgedAt: (state?.at ?? new Date(0)).toISOString(),
    judgedOn: state?.on ?? '1970-01-01',
  };
};

const findingOf = (result: StoredResult, records: FoundRecord[]): ConformityFinding => {
  const text = textOf(result.rule);
  return {
    ...ruleRef(result.rule),
    severity: result.severity ?? 'observation',
    basis: basisOf(text),
    refs: [...text.refs],
    seen: result.seen ?? '',
    remedy: result.remedy ?? text.remedy,
    population: result.population,
    affected: result.affected,
    records,
    since: result.since,
    restsOn: result.restsOn,
  };
};

interface Kept {
  readonly rule: string;
  readonly register: string;
  readonly id: string;
  readonly number: number;
  readonly seen: string;
  readonly since: string;
}
const kept = sql`f.rule, f.register, f.record_id as id, f.number, f.seen, f.since::text as since`;

const firstRecords = async (tx: Tx, rules: readonly string[], most: number): Promise<Map<string, FoundRecord[]>> => {
  const rows = await tx.query<Kept>(sql`
    select ${kept} from unnest(${rules}::text[]) r(rule), lateral (select * from conformity_findings c where c.organization_id = ${tx.organisationId}::uuid and c.rule = r.rule order by c.register, c.number limit ${most}) f`);
  const records = new Map(rules.map((rule): [string, FoundRecord[]] => [rule, []]));
  for (const { rule, ...record } of await withNames(tx, rows)) records.get(rule)?.push(record);
  return records;
};

/** Adds identifier and title as they are now. */
const withNames = async (tx: Tx, rows: readonly Kept[]): Promise<(FoundRecord & { readonly rule: string })[]> => {
  const names = new Map<string, { readonly identifier: string; readonly title: string }>();
  for (const [name, some] of Map.groupBy(rows, ({ register }) => register)) {
    const register = registers.find((one) => one.name === name);
    const title = register?.fields[register.title];
    if (register === undefined || title === undefined) continue;
    const found = await tx.query<{ id: string; identifier: string; title: string }>(sql`
      select t.id, ${identifierSql(register)} as identifier, coalesce(${sql.ref(`t.${columnOf(register.title, title)}`)}, '') as title from ${sql.table(register.table)} t
      where t.organization_id = ${tx.organisationId}::uuid and t.id = any(${some.map(({ id }) => id)}::uuid[])`);
    for (const { id, ...rest } of found) names.set(`${name} ${id}`, rest);
  }
  return rows.flatMap((row) => {
    const about = names.get(`${row.register} ${row.id}`);
    return about === undefined ? [] : [{ rule: row.rule, register: row.register, id: row.id, ...about, seen: row.seen, since: row.since }];
  });
};

/** The records of one finding in pages; `cursor` is what the page before gave as `next`. */
export const readRecords = async (
  tx: Tx,
  { rule, cursor, limit }: { readonly rule: string; readonly cursor?: string | undefined; readonly limit: number },
) => {
  const [, register, number] = /^([a-z-]{1,60}) (\d{1,9})$/.exec(cursor ?? '') ?? [];
  const after = register === undefined ? sql`` : sql`and (f.register, f.number) > (${register}, ${Number(number)}::integer)`;
  const rows = await tx.query<Kept>(sql`
    select ${kept} from conformity_findings f where f.organization_id = ${tx.organisationId}::uuid and f.rule = ${rule} ${after} order by f.register, f.number limit ${limit + 1}`);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: (await withNames(tx, rows.slice(0, limit))).map(({ rule: _rule, ...record }) => record),
    next: last === undefined ? null : `${last.register} ${last.number}`,
  };
};

/** What the rules say about one record; NOT_FOUND when this organisation has none such. */
export const readAbout = async (tx: Tx, name: string, id: string) => {
  const register = registers.find((one) => one.name === name);
  if (register === undefined) throw notFound('register');
  const there = await tx.query(
    sql`select 1 from ${sql.table(register.table)} where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  if (there.length === 0) throw notFound();
  const rows = await tx.query<Kept & { severity: Severity | null; remedy: string | null; at: Date }>(sql`
    select ${kept}, r.severity, r.remedy from conformity_findings f join conformity_results r on r.organization_id = f.organization_id and r.rule = f.rule
    where f.organization_id = ${tx.organisationId}::uuid and f.register = ${name} and f.record_id = ${id}::uuid order by f.rule`);
  const [state] = await tx.query<{ at: Date }>(
    sql`select judged_at as at from conformity_state where organization_id = ${tx.organisationId}::uuid`,
  );
  const items = rows.map(({ rule, seen, since, severity, remedy }) => ({
    ...ruleRef(rule),
    severity: severity ?? ('observation' as const),
    seen,
    since,
    remedy: remedy ?? textOf(rule).remedy,
    refs: [...textOf(rule).refs],
  }));
  return { items, judgedAt: (state?.at ?? new Date(0)).toISOString() };
};

/** The counts of each day on which the rules were run, oldest first, for ninety days back. */
export const readTrend = async (tx: Tx, today: string) => ({
  items: await tx.query<{
    day: string;
    ran: number;
    met: number;
    found: number;
    notJudged: number;
    likelyMajor: number;
    likelyMinor: number;
    observations: number;
    law: number;
  }>(sql`
    select day::text as day, met + found as ran, met, found, not_judged as "notJudged", likely_major as "likelyMajor", likely_minor as "likelyMinor", observations, law
    from conformity_days where organization_id = ${tx.organisationId}::uuid and day > ${today}::date - 90 order by day`),
});

/** Intervals and thresholds by name, with their defaults and whether the organisation set them. */
export const readMeasures = async (tx: Tx) => {
  const { intervals, thresholds, adopted } = await readSettings(tx);
  const [row] = await tx.query<{ own: OwnSettings | null }>(
    sql`select settings -> 'conformity' as own from organizations where id = ${tx.organisationId}::uuid`,
  );
  return {
    intervals: Object.entries(intervalDefaults).map(([name, initial]) => ({
      name,
      initial,
      value: intervals[name as keyof typeof intervals],
      adopted: (adopted as readonly string[]).includes(name),
    })),
    thresholds: Object.entries(thresholdDefaults).map(([name, initial]) => ({
      name,
      initial,
      value: thresholds[name as keyof typeof thresholds],
      adopted: row?.own?.thresholds?.[name] !== undefined,
    })),
  };
};
