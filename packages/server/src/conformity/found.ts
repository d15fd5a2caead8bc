import type { FoundRecord } from '@aimwell/contract/conformity/endpoints';
import { columnOf } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import type { Severity } from '@aimwell/core/conformity/verdict';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { notFound } from '../platform/errors.ts';
import { identifierSql } from '../platform/register/columns.ts';
import { ruleRef, textOf } from './texts.ts';

interface Kept {
  readonly rule: string;
  readonly register: string;
  readonly id: string;
  readonly number: number;
  readonly seen: string;
  readonly since: string;
}
const kept = sql`f.rule, f.register, f.record_id as id, f.number, f.seen, f.since::text as since`;

/** The first records of each of these rules, in the order of their identifiers. */
export const firstRecords = async (tx: Tx, rules: readonly string[], most: number): Promise<Map<string, FoundRecord[]>> => {
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

/** Throws NOT_FOUND when this organisation has no such record. */
export const mustBeThere = async (tx: Tx, name: string, id: string): Promise<void> => {
  const register = registers.find((one) => one.name === name);
  if (register === undefined) throw notFound('register');
  const there = await tx.query(
    sql`select 1 from ${sql.table(register.table)} where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  if (there.length === 0) throw notFound();
};

/** What the rules say about one record; NOT_FOUND when this organisation has none such. */
export const readAbout = async (tx: Tx, name: string, id: string) => {
  await mustBeThere(tx, name, id);
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
