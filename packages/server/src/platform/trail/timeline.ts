import { identifierOf } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { holdsOneOf } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { readTimeline } from '@aimwell/contract/platform/trail';
import { columnOf } from '@aimwell/contract/platform/register';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';

type Timeline = z.infer<typeof readTimeline.response>;

const iso = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Where the trail of an organisation begins and ends, and what each day of the last `years` brought. One look into the
 * index for each day, however many checkpoints it has.
 */
export const readTimelineOf = async (tx: Tx, context: Context, years: number): Promise<Timeline> => {
  const days = await tx.query<Timeline['days'][number]>(sql`
    with ends as (select min(at) as first, max(at) as last from trail_checkpoints where organization_id = ${tx.organisationId}::uuid),
    each as (
      select d.day, c.size, c.at from ends, generate_series(
        greatest(date_trunc('day', ends.first at time zone 'UTC'), date_trunc('day', ends.last at time zone 'UTC') - make_interval(years => ${years})),
        ends.last at time zone 'UTC', interval '1 day') as d(day),
      lateral (select size, at from trail_checkpoints where organization_id = ${tx.organisationId}::uuid
        and at < (d.day + interval '1 day') at time zone 'UTC' order by at desc, size desc limit 1) c),
    grown as (select each.*, size - lag(size) over (order by day) as more from each)
    select to_char(day, 'YYYY-MM-DD') as day, coalesce(more, size - coalesce((select c.size from trail_checkpoints c
        where c.organization_id = ${tx.organisationId}::uuid and c.at < grown.day at time zone 'UTC' order by c.at desc, c.size desc limit 1), 0)) as entries,
      size, ${iso('at')} as at
    from grown where more is null or more > 0 order by day`);
  const [ends] = await tx.query<Pick<Timeline, 'first' | 'last'>>(sql`
    select (select json_build_object('size', size, 'at', ${iso('at')}) from trail_checkpoints where organization_id = ${tx.organisationId}::uuid order by size limit 1) as first,
      (select json_build_object('size', size, 'at', ${iso('at')}) from trail_checkpoints where organization_id = ${tx.organisationId}::uuid order by size desc limit 1) as last`);
  return {
    first: ends?.first ?? null,
    last: ends?.last ?? null,
    days: days.filter(({ entries }) => entries > 0),
    marks: await readMarks(tx, context),
  };
};

const MOST_MARKS = 200;

/** Approvals of versions: days people go back to. The moment is that of the first checkpoint that holds the approval. */
const readMarks = async (tx: Tx, { actor }: Context): Promise<Timeline['marks']> => {
  const approved = registers.filter(
    ({ commands, permissions }) => commands.some(({ name }) => name === 'approve') && holdsOneOf(actor.roles, permissions.read),
  );
  const parts = approved.map((register) => {
    const title = columnOf(register.title, register.fields[register.title] ?? { kind: 'text', max: 1 });
    return sql`(select ${register.name}::text as register, t.id, t.number, coalesce(${sql.ref(`t.${title}`)}, '') collate "C" as title, e.command, l.seq
      from trail_entries e join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
      join ${sql.table(register.table)} t on t.organization_id = e.organization_id and t.id = e.record_id
      where e.organization_id = ${tx.organisationId}::uuid and e.register = ${register.name} and e.command = 'approve' order by l.seq desc limit ${MOST_MARKS})`;
  });
  if (parts.length === 0) return [];
  const rows = await tx.query<Timeline['marks'][number] & { number: number }>(sql`
    select m.register, m.id, m.number, m.title, m.command, ${iso('c.at')} as at from (${sql.join(parts, sql` union all `)}) m,
    lateral (select at from trail_checkpoints where organization_id = ${tx.organisationId}::uuid and size > m.seq order by size limit 1) c
    order by m.seq desc limit ${MOST_MARKS}`);
  return rows.map(({ number, register, ...mark }) => ({
    ...mark,
    register,
    identifier: identifierOf(approved.find(({ name }) => name === register) ?? { prefix: '' }, number),
  }));
};
