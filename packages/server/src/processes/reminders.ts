import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';

/** Addresses of everybody who holds a role here now. */
export const membersWith = async (tx: Tx, role: string): Promise<string[]> =>
  (
    await tx.query<{ email: string }>(sql`
      select email from memberships where organization_id = ${tx.organisationId}::uuid and status = 'active' and ${role} = any(roles)
        and coalesce(valid_until, 'infinity') >= current_date order by email`)
  ).map(({ email }) => email);

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

interface Overdue {
  readonly name: string;
  readonly title: string;
  readonly due: string;
  readonly role: string | null;
  readonly escalate: string | null;
  readonly email: string | null;
  readonly given: boolean;
  readonly organisation: string;
  readonly slug: string;
}

/** Letters about an overdue task: to whoever has it (or holds its role), and to the role that is told. None once it is done. */
export const remindersOf = async (tx: Tx, id: string, publicUrl: string): Promise<Letter[]> => {
  const [task] = await tx.query<Overdue>(sql`
    select t.name, i.title, to_char(t.due_at at time zone i.zone, 'YYYY-MM-DD HH24:MI') as due, t.role, t.step ->> 'escalateTo' as escalate, w.email, t.person_id is not null as given, o.name as organisation, o.slug
    from process_tasks t join process_instances i on i.organization_id = t.organization_id and i.id = t.instance_id join organizations o on o.id = t.organization_id
    left join memberships w on w.organization_id = t.organization_id and w.person_id = t.person_id and w.status = 'active'
    where t.organization_id = ${tx.organisationId}::uuid and t.id = ${id}::uuid and t.state = 'open'`);
  if (task === undefined) return [];
  const doers = task.given ? (task.email === null ? [] : [task.email]) : task.role === null ? [] : await membersWith(tx, task.role);
  const above = task.escalate === null ? [] : await membersWith(tx, task.escalate);
  const text = [
    `"${task.name}" of "${task.title}" (${task.organisation}) was due on ${task.due} and is open.`,
    '',
    `${publicUrl}/o/${task.slug}/tasks/${id}`,
    '',
  ].join('\n');
  return [...new Set([...doers, ...above])].map((to) => ({ to, subject: `Overdue: ${task.name}`, text }));
};
