import { newMap } from '@aimwell/contract/processes/maps';
import { completion } from '@aimwell/contract/processes/tasks';
import type { Step } from '@aimwell/core/processes/graph';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { RegisterActions } from '../platform/register/actions.ts';
import { createMap } from './maps.ts';
import { startByHand } from './run-actions.ts';
import { shippedIndex } from './shipped.ts';
import { completeTask } from './task-actions.ts';
import { holdVersion, putInForce, type Signature, submitVersion } from './versions.ts';

export interface Adoption {
  readonly author: Context;
  readonly signer: Context;
  readonly signature: Signature;
}
export interface About {
  readonly register: string;
  readonly id: string;
}

/** Puts a map that came with the product in force. */
const adopt = async (tx: Tx, key: string, { author, signer, signature }: Adoption): Promise<void> => {
  const id = await createMap(tx, author, newMap.parse({ shipped: key }));
  const [version] = await tx.query<{ id: string }>(
    sql`select id from process_versions where organization_id = ${tx.organisationId}::uuid and map_id = ${id}::uuid`,
  );
  if (version === undefined) throw new Error(`expected a version of ${key}`);
  await submitVersion(tx, author, version.id, null);
  await putInForce(tx, signer, await holdVersion(tx, version.id, null), signature);
};

/** Starts a run, about the record where the map is about such; null where it runs not, or needs another record. */
const begin = async (tx: Tx, context: Context, key: string, record: About | null): Promise<string | null> => {
  const [map] = await tx.query<{ register: string | null }>(sql`
    select m.register from process_maps m join process_versions v on v.organization_id = m.organization_id and v.map_id = m.id and v.state = 'approved' and v.graph is not null
    where m.organization_id = ${tx.organisationId}::uuid and m.key = ${key}`);
  if (map === undefined || (map.register !== null && map.register !== record?.register)) return null;
  const about = record !== null && map.register === record.register ? { record } : {};
  return startByHand(tx, context, { process: key, variables: {}, ...about });
};

export interface GoingOn {
  /** Who does tasks of a role; null: nobody. */
  readonly by: (role: string | null) => Context | null;
  /** Evidence to attach, one piece for each kind that is asked for. */
  readonly proof: readonly string[];
}

/** Completes the next task of a run that asks for no form; false where there is none, or not enough evidence. */
const completeNext =
  (actions: RegisterActions) =>
  async (tx: Tx, run: string, { by, proof }: GoingOn): Promise<boolean> => {
    const open = await tx.query<{ id: string; role: string | null; step: Step }>(sql`
    select id, role, step from process_tasks where organization_id = ${tx.organisationId}::uuid and instance_id = ${run}::uuid and state = 'open' order by created_at, id`);
    const task = open.find(({ step }) => step.form === null && step.evidence.length <= proof.length);
    const context = task === undefined ? null : by(task.role);
    if (task === undefined || context === null) return false;
    const evidence = task.step.evidence.flatMap((kind, index) => (proof[index] === undefined ? [] : [{ evidence: proof[index], kind }]));
    const body = completion.parse({ evidence });
    await completeTask(tx, context, { actions, checkSignature: async () => {} }, task.id, null, body);
    return true;
  };

/** What others than people at a screen do with processes: the demonstration. */
export const createProcessDeeds = (actions: RegisterActions) => ({
  shipped: async () => (await shippedIndex()).map(({ key }) => key),
  adopt,
  begin,
  completeNext: completeNext(actions),
});
