import type { migrationLine } from '@aimwell/contract/processes/views';
import { migrateInstance } from '@aimwell/core/processes/migrate';
import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { z } from 'zod';
import { actorId, type Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { refused } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { tellSealed } from '../platform/trail/seals.ts';
import { surroundingsOf } from './around.ts';
import { runsInTrail } from './deed.ts';
import { type Runnable, runnable } from './graphs.ts';
import { holdRun, type Run } from './load.ts';
import { saveMoved } from './save.ts';
import { holdVersion } from './versions.ts';

export interface MigrationWish {
  readonly dryRun: boolean;
  /** Those alone; all runs in progress of other versions of the map unless named. */
  readonly instances?: readonly string[] | undefined;
  readonly reason: string;
  /** In the transaction that puts the version in force: until it is over, the version can still become another. */
  readonly approving?: true;
}
type Line = z.infer<typeof migrationLine>;
export const MOST = 500;

/**
 * Moves runs in progress to the version in force, or says what would become of each (`dryRun`). A run with a token that has no place
 * in the new version is named with the reason and stays as it is; each that moves has its own entry in the trail.
 */
export const migrateRuns = async (tx: Tx, context: Context, versionId: string, wish: MigrationWish): Promise<Line[]> => {
  const version = await holdVersion(tx, versionId, null);
  if (version.state !== 'approved' || version.graph === null)
    throw refused([
      refusal('NOT_IN_FORCE', `expected a version in force that runs, got one in ${version.state}`, 'Have it approved first.', 'state'),
    ]);
  const to = await runnable(tx, versionId, { keep: wish.approving !== true });
  const rows = await tx.query<{ id: string; number: number }>(sql`
    select i.id, i.number from process_instances i where i.organization_id = ${tx.organisationId}::uuid and i.map_id = ${version.map_id}::uuid and i.version_id <> ${versionId}::uuid
      and i.status in ('active', 'suspended') ${wish.instances === undefined ? sql`` : sql`and i.id = any(${wish.instances as string[]}::uuid[])`} order by i.id limit ${MOST}`);
  const lines: Line[] = [];
  for (const { id, number } of rows) lines.push(await migrateRun(tx, context, await holdRun(tx, id), number, to, wish));
  return lines;
};

const migrateRun = async (
  tx: Tx,
  context: Context,
  run: Run,
  number: number,
  to: Runnable,
  { dryRun, reason }: MigrationWish,
): Promise<Line> => {
  const about = { instance: run.instance.id, identifier: `RUN-${String(number).padStart(4, '0')}`, from: run.map.number };
  const around = await surroundingsOf(tx, context, to, run);
  const moved = migrateInstance(run.map.graph, to.graph, run.instance, around);
  if ('refused' in moved) return { ...about, moved: false, nodes: [], listening: [], refused: [...moved.refused] };
  const { nodes, listening } = moved.plan;
  if (!dryRun) await write(tx, context, run, to, moved.instance, { reason, nodes, listening });
  return { ...about, moved: !dryRun, nodes: [...nodes], listening: [...listening], refused: [] };
};

const write = async (tx: Tx, context: Context, run: Run, to: Runnable, after: Run['instance'], said: object): Promise<void> => {
  const entry = newId();
  await saveMoved(tx, context, { run: { ...run, map: to }, before: run.instance, after, event: null, happened: [], entry });
  // Who has a task keeps it; what it is called and what it asks follow the new version.
  const steps = Object.values(to.graph.nodes).map(({ id, name, step }) => ({
    node: id,
    name: (name ?? id).slice(0, 500),
    role: step.role,
    step,
  }));
  await tx.query(sql`
    with line as (update process_instances set version_id = ${to.versionId}::uuid, lines = lines + 1 where organization_id = ${tx.organisationId}::uuid and id = ${after.id}::uuid returning lines),
    tokens as (update process_tokens set version_id = ${to.versionId}::uuid where organization_id = ${tx.organisationId}::uuid and instance_id = ${after.id}::uuid),
    tasks as (update process_tasks t set version_id = ${to.versionId}::uuid, name = s.name, role = s.role, step = s.step, revision = t.revision + 1
      from json_to_recordset(${JSON.stringify(steps)}::json) as s(node text, name text, role text, step jsonb)
      where t.organization_id = ${tx.organisationId}::uuid and t.instance_id = ${after.id}::uuid and t.state = 'open' and t.node = s.node)
    insert into process_happenings (organization_id, instance_id, line, what, detail, actor, at, version_id, entry_id)
    select ${tx.organisationId}::uuid, ${after.id}::uuid, lines, 'migrated', ${JSON.stringify({ from: run.map.number, to: to.number })}::jsonb, ${actorId(context.actor)}::uuid,
      ${context.now.toISOString()}::timestamptz, ${to.versionId}::uuid, ${entry}::uuid from line`);
  await tellSealed(tx, context, {
    entry,
    register: runsInTrail,
    record: after.id,
    command: 'migrate',
    payload: {
      process: to.key,
      from: { number: run.map.number, map: run.map.sha256 },
      to: { number: to.number, map: to.sha256 },
      ...said,
    },
    lines: 1,
  });
};
