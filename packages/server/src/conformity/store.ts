import { createHash } from 'node:crypto';
import { coverageOf, verdictOf } from '@aimwell/core/conformity/grouping';
import type { RuleResult } from '@aimwell/core/conformity/result';
import type { ConformitySettings } from '@aimwell/core/conformity/settings';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { toldOf } from './outcome.ts';
import { readOutcomes } from './reads.ts';
import { revision, textOf } from './texts.ts';

/** Registers written since the rules last looked; the marks are taken away. */
export const takeStale = async (tx: Tx): Promise<string[]> =>
  (
    await tx.query<{ register: string }>(sql`
    with gone as (delete from conformity_stale where organization_id = ${tx.organisationId}::uuid returning register) select distinct register from gone`)
  ).map(({ register }) => register);

export interface State {
  readonly judgedOn: string | null;
  readonly revision: string | null;
}

/** Holds the organisation's turn to judge until the transaction ends, and says what was judged last. */
export const lockState = async (tx: Tx): Promise<State> => {
  await tx.query(sql`insert into conformity_state (organization_id) values (${tx.organisationId}::uuid) on conflict do nothing`);
  const [row] = await tx.query<{ judged_on: string | null; revision: string | null }>(sql`
    select judged_on::text as judged_on, revision from conformity_state where organization_id = ${tx.organisationId}::uuid for update`);
  return { judgedOn: row?.judged_on ?? null, revision: row?.revision ?? null };
};

/** Rules whose answer time alone may have changed by this day. */
export const dueRules = async (tx: Tx, today: string): Promise<string[]> =>
  (
    await tx.query<{ rule: string }>(
      sql`select rule from conformity_results where organization_id = ${tx.organisationId}::uuid and recheck_on <= ${today}::date`,
    )
  ).map(({ rule }) => rule);

const hashOf = ({ found }: RuleResult): string =>
  createHash('sha256')
    .update(found.map(({ register, id, seen }) => `${register} ${id} ${seen}\n`).join(''))
    .digest('base64');

/** 42 of `SYS-0042`. */
const numberOf = (identifier: string): number => Number(identifier.slice(identifier.lastIndexOf('-') + 1));

/** Keeps the answers of the rules that ran: each with its grade and its records; `since` stays while the outcome does. */
export const saveResults = async (tx: Tx, results: readonly RuleResult[], settings: ConformitySettings, today: string): Promise<void> => {
  const before = new Map(
    (
      await tx.query<{ rule: string; found_hash: string }>(sql`
    select rule, found_hash from conformity_results where organization_id = ${tx.organisationId}::uuid`)
    ).map((row) => [row.rule, row.found_hash]),
  );
  const rows = results.map((result) => {
    const { restsOn, ...told } = toldOf(result, settings);
    return { ...told, rests_on: restsOn, recheck_on: result.recheckOn, found_hash: hashOf(result) };
  });
  await tx.query(sql`
    insert into conformity_results as old (organization_id, rule, outcome, severity, population, affected, seen, missing, remedy, rests_on, recheck_on, found_hash, since)
    select ${tx.organisationId}::uuid, n.*, ${today}::date from json_to_recordset(${JSON.stringify(rows)}::json)
      as n(rule text, outcome text, severity text, population integer, affected integer, seen text, missing text, remedy text, rests_on text, recheck_on date, found_hash text)
    on conflict (organization_id, rule) do update set outcome = excluded.outcome, severity = excluded.severity, population = excluded.population, affected = excluded.affected,
      seen = excluded.seen, missing = excluded.missing, remedy = excluded.remedy, rests_on = excluded.rests_on, recheck_on = excluded.recheck_on, found_hash = excluded.found_hash,
      since = case when old.outcome = excluded.outcome then old.since else excluded.since end`);
  const changed = results.filter((result, index) => before.get(result.rule) !== rows[index]?.found_hash);
  await saveFound(
    tx,
    changed,
    changed.some(({ rule }) => before.has(rule)),
    today,
  );
};

/** Brings the kept records of these rules to what was found: gone ones go, new ones come with today, the rest keep their day. */
const saveFound = async (tx: Tx, results: readonly RuleResult[], known: boolean, today: string): Promise<void> => {
  if (results.length === 0) return;
  const all = results.flatMap((result) => result.found.map((found) => ({ rule: result.rule, found })));
  const fresh = sql`unnest(${all.map(({ rule }) => rule)}::text[], ${all.map(({ found }) => found.register)}::text[], ${all.map(({ found }) => found.id)}::uuid[],
    ${all.map(({ found }) => numberOf(found.identifier))}::integer[], ${all.map(({ found }) => found.seen)}::text[]) as n(rule, register, record_id, number, seen)`;
  if (known) {
    await tx.query(sql`
      delete from conformity_findings f where f.organization_id = ${tx.organisationId}::uuid and f.rule = any(${results.map(({ rule }) => rule)}::text[])
      and not exists (select 1 from ${fresh} where n.rule = f.rule and n.register = f.register and n.record_id = f.record_id)`);
  }
  if (all.length === 0) return;
  await tx.query(sql`
    insert into conformity_findings as old (organization_id, rule, register, record_id, number, seen, since)
    select ${tx.organisationId}::uuid, n.rule, n.register, n.record_id, n.number, n.seen, ${today}::date from ${fresh}
    on conflict (organization_id, rule, register, record_id) do update set seen = excluded.seen where old.seen is distinct from excluded.seen`);
};

/** Writes down when the rules were run and what the day's counts are. */
export const closeDay = async (tx: Tx, today: string, now: Date): Promise<void> => {
  const outcomes = await readOutcomes(tx);
  const coverage = coverageOf(outcomes, textOf);
  const verdict = verdictOf(outcomes, textOf, 'standard');
  const law = coverage.byGroup.law.found;
  await tx.query(
    sql`update conformity_state set judged_at = ${now.toISOString()}::timestamptz, judged_on = ${today}::date, revision = ${revision} where organization_id = ${tx.organisationId}::uuid`,
  );
  await tx.query(sql`
    insert into conformity_days (organization_id, day, met, found, not_judged, likely_major, likely_minor, observations, law)
    values (${tx.organisationId}::uuid, ${today}::date, ${coverage.met}, ${coverage.found}, ${coverage.notJudged}, ${verdict.likelyMajor}, ${verdict.likelyMinor}, ${verdict.observations}, ${law})
    on conflict (organization_id, day) do update set met = excluded.met, found = excluded.found, not_judged = excluded.not_judged, likely_major = excluded.likely_major,
      likely_minor = excluded.likely_minor, observations = excluded.observations, law = excluded.law`);
};
