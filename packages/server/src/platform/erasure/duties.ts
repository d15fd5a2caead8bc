import type { Register } from '@aimwell/contract/platform/register';
import { columnOf, identifierOf } from '@aimwell/contract/platform/register';
import { registerNamed, registers } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';

export interface Duty {
  readonly register: string;
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
}

/** Fields by which somebody has something to do from now on; who tested, granted or signed has done it. */
const HELD = new Set(['owner', 'holder', 'deputy', 'chair', 'members']);
const OVER = ['superseded', 'declined', 'ended', 'closed', 'cancelled', 'retired', 'effective'];
const FROZEN = ['approved', 'superseded'];

/** Records in use that rest on a person, at most five hundred of each register. What a signature has frozen rests on nobody any more. */
export const dutiesOf = async (tx: Tx, person: string, today: string): Promise<Duty[]> => {
  const found: Duty[] = [];
  for (const register of registers) found.push(...(await dutiesIn(tx, register, person, today)));
  return [...found, ...(await tasksOf(tx, person))];
};

/** Open tasks of processes that were given to the person, by the name of their run. */
const tasksOf = async (tx: Tx, person: string): Promise<Duty[]> =>
  tx.query<Duty>(sql`
    select 'process-tasks' as register, t.id, 'RUN-' || lpad(i.number::text, greatest(4, length(i.number::text)), '0') as identifier, t.name as title
    from process_tasks t join process_instances i on i.organization_id = t.organization_id and i.id = t.instance_id
    where t.organization_id = ${tx.organisationId}::uuid and t.person_id = ${person}::uuid and t.state = 'open' order by i.number, t.id limit 500`);

const dutiesIn = async (tx: Tx, register: Register, person: string, today: string): Promise<Duty[]> => {
  const held = Object.entries(register.fields).filter(([name, field]) => HELD.has(name) && field.managed === undefined);
  if (held.length === 0 || register.permissions.change.length === 0) return [];
  const column = (name: string, field: (typeof held)[number][1]) => sql.ref(`t.${columnOf(name, field)}`);
  const holds = sql.join(
    held.map(([name, field]) =>
      field.kind === 'references' ? sql`${person}::uuid = any(${column(name, field)})` : sql`${column(name, field)} = ${person}::uuid`,
    ),
    sql` or `,
  );
  const title = register.fields[register.title] ?? { kind: 'text', max: 1 };
  const rows = await tx.query<{ id: string; number: number; title: string | null }>(sql`
    select t.id, t.number, ${column(register.title, title)} as title from ${sql.table(register.table)} t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and (${holds})
      ${register.state === undefined ? sql`` : sql`and ${sql.ref(`t.${register.state}`)} <> all(${OVER})`}
      ${'untilDate' in register.fields ? sql`and (t.until_date is null or t.until_date >= ${today}::date)` : sql``}
      ${underFrozenParent(register)}
    order by t.number limit 500`);
  return rows.map((row) => ({
    register: register.name,
    id: row.id,
    identifier: identifierOf(register, row.number),
    title: row.title ?? '',
  }));
};

const underFrozenParent = (register: Register) => {
  const field = register.parent === undefined ? undefined : register.fields[register.parent];
  if (register.parent === undefined || field?.kind !== 'reference') return sql``;
  const parent = registerNamed(field.to);
  if (parent.state === undefined) return sql``;
  return sql`and not exists (select 1 from ${sql.table(parent.table)} f where f.organization_id = t.organization_id
    and f.id = ${sql.ref(`t.${columnOf(register.parent, field)}`)} and ${sql.ref(`f.${parent.state}`)} = any(${FROZEN}))`;
};
