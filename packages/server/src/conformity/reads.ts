import type { ConformityFinding, ConformityView, FoundRecord } from '@aimwell/contract/conformity/endpoints';
import { unjudgedResults } from '@aimwell/core/conformity/all';
import { byRequirement, coverageOf, verdictOf } from '@aimwell/core/conformity/grouping';
import { intervalDefaults, type OwnSettings, settingsFrom, thresholdDefaults } from '@aimwell/core/conformity/settings';
import type { Severity } from '@aimwell/core/conformity/verdict';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { firstRecords } from './found.ts';
import type { Told } from './outcome.ts';
import { basisOf, refTitle, revision, ruleRef, textOf } from './texts.ts';

/** An answer with the first day of the outcome. */
export interface DatedResult extends Told {
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
    sql`select coalesce(settings -> 'conformity', '{}') || jsonb_build_object('retention', coalesce(settings -> 'retention', '{}')) as own from organizations where id = ${tx.organisationId}::uuid`,
  );
  return settingsFrom(row?.own ?? {});
};

/** The stored answers of every rule, those without records included, in the order of their ids. */
export const readOutcomes = async (tx: Tx): Promise<DatedResult[]> => {
  const rows = await tx.query<DatedResult>(sql`
    select rule, outcome, severity, population, affected, seen, missing, remedy, rests_on as "restsOn", since::text as since from conformity_results where organization_id = ${tx.organisationId}::uuid`);
  return withUnbuilt(rows);
};

/** Adds the rules without records to judge, in the order of their ids. */
export const withUnbuilt = (rows: readonly DatedResult[]): DatedResult[] => {
  const others = unjudgedResults.map((result): DatedResult => ({ ...result, severity: null, restsOn: null, since: '' }));
  return [...rows, ...others].toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
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
    FIRST_RECORDS,
  );
  return viewOf(outcomes, records, { at: state?.at ?? new Date(0), on: state?.on ?? '1970-01-01' });
};

/** Records shown with a finding; the rest come in pages. */
export const FIRST_RECORDS = 20;

/** The page of the rules from their answers and the first records of each finding. */
export const viewOf = (
  outcomes: readonly DatedResult[],
  records: ReadonlyMap<string, FoundRecord[]>,
  judged: { readonly at: Date; readonly on: string },
): ConformityView => {
  const findings = outcomes
    .filter(({ outcome }) => outcome === 'finding')
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
    judgedAt: judged.at.toISOString(),
    judgedOn: judged.on,
  };
};

const findingOf = (result: DatedResult, records: FoundRecord[]): ConformityFinding => {
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

/** The counts of each day on which the rules were run, oldest first, for ninety days back from a day. */
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
    from conformity_days where organization_id = ${tx.organisationId}::uuid and day > ${today}::date - 90 and day <= ${today}::date order by day`),
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
