import type { Register } from '@aimwell/contract/platform/register';
import { registerNamed } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import { actorId, type Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from '../trail/append.ts';
import { identifierSql } from './columns.ts';
import { loadRow } from './read.ts';

const authorView = () =>
  sql`(select json_build_object('id', r.id, 'identifier', ${identifierSql(registerNamed('people'), 'r')}, 'title', r.name) from people r where r.organization_id = c.organization_id and r.id = c.author)`;

/** JSON text of a record's comments, oldest first. */
export const listCommentsOf = async (tx: Tx, register: Register, id: string): Promise<string> => {
  await loadRow(tx, register, id);
  const [row] = await tx.query<{ json: string }>(sql`
    select json_build_object('items', coalesce(json_agg(json_build_object('id', c.id, 'author', ${authorView()}, 'body', c.body, 'createdAt', c.created_at) order by c.created_at, c.id), '[]'))::text as json
    from comments c where c.organization_id = ${tx.organisationId}::uuid and c.register = ${register.name} and c.record_id = ${id}::uuid`);
  return row?.json ?? '{"items":[]}';
};

/** Adds a comment; comments are never changed. JSON text of the new one. */
export const addCommentTo = async (tx: Tx, context: Context, register: Register, id: string, body: string): Promise<string> => {
  await loadRow(tx, register, id);
  const comment = newId();
  const at = context.now.toISOString();
  await tx.query(
    sql`insert into comments (organization_id, id, register, record_id, author, body, created_at) values (${tx.organisationId}::uuid, ${comment}::uuid, ${register.name}, ${id}::uuid, ${context.actor.personId}::uuid, ${body}, ${at}::timestamptz)`,
  );
  await appendToTrail(tx, [
    {
      entry: newId(),
      register: register.name,
      record: id,
      version: null,
      command: 'comment',
      actor: actorId(context.actor),
      time: at,
      request: context.requestId,
      payload: { comment, body },
    },
  ]);
  const [row] = await tx.query<{ json: string }>(
    sql`select json_build_object('id', c.id, 'author', ${authorView()}, 'body', c.body, 'createdAt', c.created_at)::text as json from comments c where c.organization_id = ${tx.organisationId}::uuid and c.id = ${comment}::uuid`,
  );
  return row?.json ?? '';
};
