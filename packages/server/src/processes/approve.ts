import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { refused } from '../platform/errors.ts';
import { functionHeld, signingPerson } from '../platform/register/approval.ts';
import type { CheckSignature } from '../platform/register/routes.ts';
import { refuseCircle } from './call-circle.ts';
import { MOST, migrateRuns } from './migrate.ts';
import { holdVersion, putInForce, refuseWall, type StoredVersion, wrongState } from './versions.ts';

interface Approval {
  readonly seen: number | null;
  readonly password: string | undefined;
  /** What becomes of runs in progress; undefined: nobody said. */
  readonly runningInstances: 'stay' | { readonly migrate: true; readonly reason: string } | undefined;
  readonly checkSignature: CheckSignature;
}

/**
 * Approves a version: it is signed by somebody who did not write it, new runs take it, and the one before is retired. Where runs wait
 * at elements that it lacks, somebody has to say what becomes of them; moved they are all or none, in the same transaction.
 */
export const approveVersion = async (tx: Tx, context: Context, id: string, approval: Approval): Promise<void> => {
  const version = await holdVersion(tx, id, approval.seen);
  if (version.state !== 'review') throw wrongState('review', version.state);
  await approval.checkSignature(context, approval.password);
  const person = signingPerson(context);
  if (version.authors.includes(person))
    throw refused([
      refusal(
        'AUTHOR_APPROVES',
        'expected another person than wrote this version, got one of its authors',
        'Ask somebody who took no part in writing it.',
      ),
    ]);
  await refuseCircle(tx, version);
  await refuseWall(tx, version.map_id, version.graph);
  const { runningInstances: running } = approval;
  if (running === undefined) await refuseUnsaid(tx, version);
  const held = await functionHeld(tx, person);
  await putInForce(tx, context, version, { person, name: held.name, function: held.function });
  if (typeof running === 'object') await moveAll(tx, context, version, running.reason);
};

/** A new version without an element at which runs wait strands nobody by itself, but nobody has said that they stay on theirs. */
const refuseUnsaid = async (tx: Tx, version: StoredVersion): Promise<void> => {
  const waiting = await tx.query<{ node: string; runs: number; versions: number[] }>(sql`
    select t.node, count(distinct t.instance_id)::integer as runs, array_agg(distinct v.number order by v.number) as versions from process_versions v
    join process_tokens t on t.organization_id = v.organization_id and t.version_id = v.id
    where v.organization_id = ${tx.organisationId}::uuid and v.map_id = ${version.map_id}::uuid and v.id <> ${version.id}::uuid group by t.node order by t.node`);
  const lacking = waiting.filter(({ node }) => version.graph?.nodes[node] === undefined);
  if (lacking.length > 0)
    throw refused(
      lacking
        .slice(0, 50)
        .map(({ node, runs, versions }) =>
          refusal(
            'ELEMENT_IN_USE',
            `expected the element "${node}", at which ${runs} ${runs === 1 ? 'run waits' : 'runs wait'} (version ${versions.join(', ')}), got a version without it`,
            'Say runningInstances: "stay", and they finish on their version; or bring the element back.',
            node,
          ),
        ),
    );
};

/** Moves every run in progress to the version that is now in force; refused by node and run where one has no place there. */
const moveAll = async (tx: Tx, context: Context, { id, map_id: map }: StoredVersion, reason: string): Promise<void> => {
  const [row] = await tx.query<{ count: number }>(sql`
    select count(*)::integer as count from process_instances where organization_id = ${tx.organisationId}::uuid and map_id = ${map}::uuid and version_id <> ${id}::uuid
      and status in ('active', 'suspended')`);
  if ((row?.count ?? 0) > MOST)
    throw refused([
      refusal(
        'TOO_MANY_RUNS',
        `expected at most ${MOST} runs to move, got ${row?.count}`,
        'Let them stay, and move them afterwards in parts (aimwell process migrate).',
        'runningInstances',
      ),
    ]);
  const lines = await migrateRuns(tx, context, id, { dryRun: false, reason, approving: true });
  const stranded = lines.flatMap(({ identifier, refused: against }) =>
    against.map((one) => ({ ...one, message: `${identifier}: ${one.message}` })),
  );
  if (stranded.length > 0) throw refused(stranded.slice(0, 200));
};
