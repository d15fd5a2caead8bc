import type { overlay } from '@aimwell/contract/processes/views';
import { describeRun, type Told } from '@aimwell/core/processes/overlay';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { notFound } from '../platform/errors.ts';
import { runnable } from './graphs.ts';
import { momentOf } from './moments.ts';

/** What the engine itself tells; claims, comments and the like move nothing. */
export const told = [
  'entered',
  'completed',
  'cancelled',
  'retried',
  'passed',
  'fired',
  'taken',
  'incident',
  'uncaught',
  'suspended',
  'resumed',
  'ended',
];

/** What became of each step of a run, from its history alone. */
export const overlayOf = async (tx: Tx, context: Context, id: string): Promise<z.infer<typeof overlay>> => {
  const [run] = await tx.query<{ version_id: string; zone: string }>(
    sql`select version_id, zone from process_instances where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  if (run === undefined) throw notFound('run');
  const lines = await tx.query<{ line: Told }>(sql`
    select jsonb_build_object('what', what, 'node', node, 'flow', flow, 'token', token, 'scope', scope, 'at', ${momentOf('at')}) || coalesce(detail, '{}') as line
    from process_happenings as h where organization_id = ${tx.organisationId}::uuid and instance_id = ${id}::uuid and what = any(${told}) order by h.line`);
  const { graph } = await runnable(tx, run.version_id);
  return structuredClone(
    describeRun(
      graph,
      lines.map(({ line }) => line),
      { now: context.now.toISOString(), zone: run.zone },
    ),
  ) as z.infer<typeof overlay>;
};
