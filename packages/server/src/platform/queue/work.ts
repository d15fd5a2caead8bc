import { sql } from 'kysely';
import { actorId, type Context } from '../context.ts';
import type { Database, Tx } from '../database/pool.ts';
import { notFound } from '../errors.ts';
import { newId } from '../ids.ts';

/** Long work: runs after the request that asked for it has been answered, tells how far it is, and survives a reload. */
export interface Progress {
  report(done: number, total: number | null): void;
}

// Work whose process died says nothing more: after ten silent minutes it reads as failed.
const columns = sql`json_build_object('id', w.id, 'kind', w.kind, 'state', case when w.state = 'running' and w.updated_at < now() - interval '10 minutes' then 'failed' else w.state end, 'label', w.label, 'done', w.done, 'total', w.total, 'result', w.result, 'startedAt', w.started_at)`;

/** JSON text of the organisation's long work of the last day, newest first. */
export const listWorkOf = async (tx: Tx, since: Date): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(
    sql`select json_build_object('items', coalesce(json_agg(${columns} order by w.started_at desc), '[]'))::text as json from long_work w where w.organization_id = ${tx.organisationId}::uuid and w.started_at > ${since.toISOString()}::timestamptz`,
  );
  return row?.json ?? '{"items":[]}';
};

export const readWorkOf = async (tx: Tx, id: string): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(
    sql`select ${columns}::text as json from long_work w where w.organization_id = ${tx.organisationId}::uuid and w.id = ${id}::uuid`,
  );
  if (row === undefined) throw notFound('long work');
  return row.json;
};

/**
 * Starts a piece of long work and answers its id at once. `run` gets a progress reporter; what it returns is the result.
 * An error ends it as failed, with the problem as its result. Progress is written apart from the work's own transaction.
 */
export const createLongWork = (database: Database) => {
  const running = new Set<Promise<void>>();
  const update = (context: Context, id: string, state: string, values: { done?: number; total?: number | null; result?: unknown }) =>
    database.inOrganisation(context.organisation.id, (tx) =>
      tx.query(sql`
      update long_work set state = ${state}, done = coalesce(${values.done ?? null}::integer, done), total = coalesce(${values.total ?? null}::integer, total),
        result = coalesce(${values.result === undefined ? null : JSON.stringify(values.result)}::jsonb, result), updated_at = now()
      where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid and state = 'running'`),
    );

  const start = async (
    context: Context,
    kind: string,
    label: string,
    run: (progress: Progress) => Promise<unknown>,
    describe: (error: unknown) => unknown,
  ): Promise<string> => {
    const id = newId();
    await database.inOrganisation(context.organisation.id, (tx) =>
      tx.query(sql`
      insert into long_work (organization_id, id, kind, state, label, started_by) values (${tx.organisationId}::uuid, ${id}::uuid, ${kind}, 'running', ${label}, ${actorId(context.actor)}::uuid)`),
    );
    let last = 0;
    let latest: { done?: number; total?: number | null } = {};
    const progress: Progress = {
      report: (done, total) => {
        latest = { done, total };
        // A few times a second is enough for eyes, and costs the work nothing.
        const now = performance.now();
        if (now - last < 250) return;
        last = now;
        void update(context, id, 'running', { done, total }).catch(() => undefined);
      },
    };
    const work = run(progress)
      .then(
        (result) => update(context, id, 'done', { ...latest, result }),
        (error: unknown) => update(context, id, 'failed', { ...latest, result: describe(error) }),
      )
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => running.delete(work));
    running.add(work);
    return id;
  };

  return {
    start,
    /** Resolves when nothing runs any more; for a graceful end. */ settled: async () => {
      await Promise.all(running);
    },
  };
};

export type LongWork = ReturnType<typeof createLongWork>;
