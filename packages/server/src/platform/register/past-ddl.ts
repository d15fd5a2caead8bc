import { columnOf, type Register } from '@aimwell/contract/platform/register';
import { columnNames } from './columns.ts';
import { linkedFields, linkTable } from './ddl.ts';

/** True for an entry of the trail that the checkpoint in question holds. The setting is read once for a query, not for a row. */
const anchored = (row: string, entry = 'entry_id') =>
  `exists (select 1 from public.trail_leaves l where l.organization_id = ${row}.organization_id and l.entry_id = ${row}.${entry} and l.seq < (select current_setting('app.as_of_size')::bigint))`;

// The rights and policies of whoever asks hold in a view too, not those of its owner.
const view = (name: string, body: readonly string[]) =>
  [`create view past.${name} with (security_invoker = true) as`, ...body.map((line) => `  ${line}`)].join('\n').concat(';');

/**
 * A register: of each record the newest version that was anchored. The record gives id and number, which never change, so that
 * a record is found by its key and a page of a list is walked in order without reading the rest.
 */
const registerView = (register: Register): string => {
  const { table } = register;
  const columns = Object.values(columnNames(register)).filter((name) => name !== 'id' && name !== 'number');
  return view(table, [
    `select r.organization_id, r.id, r.number, ${columns.map((name) => `h.${name}`).join(', ')}`,
    `from public.${table} r cross join lateral (`,
    `  select * from public.${table}_history h where h.organization_id = r.organization_id and h.id = r.id`,
    `    and ${anchored('h')}`,
    '  order by h.version desc limit 1) h',
  ]);
};

const historyView = ({ table }: Register): string =>
  view(`${table}_history`, [`select h.* from public.${table}_history h`, `where ${anchored('h')}`]);

const linkViews = (register: Register): string[] =>
  linkedFields(register).map(([name, field]) =>
    view(linkTable(register, name, field), [
      `select t.organization_id, v.value, t.id as record_id from past.${register.table} t cross join lateral unnest(t.${columnOf(name, field)}) v(value)`,
    ]),
  );

/** What belongs to no register and yet has a past: entries, comments, and the settings by which the rules judge. */
const others = [
  view('trail_entries', ['select e.* from public.trail_entries e', `where ${anchored('e', 'id')}`]),
  view('comments', [
    'select c.* from public.comments c where exists (select 1 from past.trail_entries e where e.organization_id = c.organization_id and e.register = c.register',
    "  and e.record_id = c.record_id and e.command = 'comment' and e.at = c.created_at)",
  ]),
  // Each change of settings wrote down what stood before it: the first change after the moment says what stood at it.
  view('organizations', [
    "select o.id, o.slug, coalesce(later.was ->> 'name', o.name) as name, coalesce(later.was ->> 'timeZone', o.time_zone) as time_zone, o.demo,",
    "  coalesce(later.was -> 'settings', o.settings) as settings, o.version, o.created_at",
    'from public.organizations o left join lateral (',
    "  select convert_from(p.payload, 'UTF8')::jsonb -> 'from' as was from public.trail_entries e",
    '  join public.trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id and length(p.payload) > 0',
    '  left join public.trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id',
    "  where e.organization_id = o.id and e.register = 'organisation' and e.record_id = o.id and e.command = 'change'",
    "    and (l.seq is null or l.seq >= (select current_setting('app.as_of_size')::bigint))",
    '  order by l.seq nulls last, e.id limit 1) later on true',
  ]),
];

/**
 * The schema `past`: for every table of a register, its twin and its tables of single values, a view of the same name and
 * columns that shows what they held under the checkpoint whose size is set as app.as_of_size. With it first in the search
 * path the same SQL reads the past.
 */
export const pastSql = (registers: readonly Register[]): string =>
  [
    '-- The registers as they stood (docs/decisions/0009): generated from their declarations (npm run migration -- --past FILE), read and checked in.',
    'drop schema if exists past cascade;',
    'create schema past;',
    ...registers.flatMap((register) => [`-- ${register.name}`, registerView(register), historyView(register), ...linkViews(register)]),
    '-- beside the registers',
    ...others,
    'grant usage on schema past to aimwell_app;',
    'grant select on all tables in schema past to aimwell_app;',
    '',
  ].join('\n');
