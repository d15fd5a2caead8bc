import { judgeCompletion } from '@aimwell/core/processes/tasks';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { notFound } from '../platform/errors.ts';
import { lookAtTask } from './hold-task.ts';
import { momentOf } from './moments.ts';
import { personSql } from './reads.ts';
import { tasksInComments } from './task-actions.ts';
import { attachedSql, taskColumns, taskTables } from './task-reads.ts';

/** JSON text of a task with what is attached and said, and what stands against the reader doing it; and its revision. */
export const readTask = async (tx: Tx, context: Context, id: string): Promise<{ json: string; version: number }> => {
  const [row] = await tx.query<{ json: string; version: number }>(sql`
    select row_to_json(x)::text as json, x.version from (select ${taskColumns(context)},
      ${attachedSql(sql`e.organization_id = t.organization_id and e.task_id = t.id`)} as attached,
      (select coalesce(json_agg(json_build_object('id', c.id, 'author', ${personSql('c.author')}, 'body', c.body, 'createdAt', ${momentOf('c.created_at')}) order by c.created_at, c.id), '[]')
        from comments c where c.organization_id = t.organization_id and c.register = ${tasksInComments} and c.record_id = t.id) as comments,
      coalesce((select s.variables from process_scopes s where s.organization_id = t.organization_id and s.instance_id = t.instance_id order by s.id limit 1), '{}') as variables
      from ${taskTables} where t.organization_id = ${tx.organisationId}::uuid and t.id = ${id}::uuid) x`);
  if (row === undefined) throw notFound('task');
  const against = judgeCompletion(await lookAtTask(tx, id), { person: context.actor.personId, roles: context.actor.roles });
  return { json: `${row.json.slice(0, -1)},"against":${JSON.stringify(against)}}`, version: row.version };
};
