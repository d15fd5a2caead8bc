import { evidence } from '@aimwell/contract/evidence/evidence';
import { systems } from '@aimwell/contract/systems/systems';
import { treatmentPlans } from '@aimwell/contract/treatment/treatments';
import { newMap } from '@aimwell/contract/processes/maps';
import { taskEndpoints } from '@aimwell/contract/processes/tasks';
import type { Step } from '@aimwell/core/processes/graph';
import { readAsk } from '@aimwell/core/processes/ask';
import { sql } from 'kysely';
import { type Context, createContext, type Organisation } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { RegisterActions } from '../platform/register/actions.ts';
import type { RecordOf } from '../processes/around.ts';
import { createMap } from '../processes/maps.ts';
import { startByHand } from '../processes/run-actions.ts';
import { shippedIndex } from '../processes/shipped.ts';
import { completeTask } from '../processes/task-actions.ts';
import { holdVersion, putInForce, submitVersion } from '../processes/versions.ts';
import { cast, type Who } from './cast.ts';
import type { Story } from './story.ts';

interface Given {
  readonly tx: Tx;
  readonly actions: RegisterActions;
  readonly organisation: Organisation;
  readonly now: Date;
}

/** The shipped processes are adopted, and some runs of them are under way. */
export const tellProcesses = async (story: Story, given: Given): Promise<void> => {
  const contextOf = (who: keyof typeof cast): Context =>
    createContext({
      actor: { kind: 'person', personId: story.people[who as Who], roles: [cast[who].role] },
      organisation: given.organisation,
      now: given.now,
      source: 'demo',
    });
  for (const { key } of await shippedIndex()) await adopt(given.tx, contextOf, key, story.people.director);
  const [candidate] = await story.find(systems, { state: 'candidate' });
  const [plan] = await story.find(treatmentPlans, {});
  const about = (register: string, id: string | undefined): RecordOf | undefined => (id === undefined ? undefined : { register, id });
  const runs: readonly { readonly key: string; readonly steps: number; readonly record?: RecordOf | undefined }[] = [
    { key: 'aims-life-cycle', steps: 3 },
    { key: 'ai-onboarding', steps: 0, record: about('systems', candidate?.id) },
    { key: 'risk-assessment-treatment', steps: 1, record: about('treatment-plans', plan?.id) },
    { key: 'certification', steps: 1 },
  ];
  for (const { key, steps, record } of runs) {
    const [map] = await given.tx.query<{ register: string | null; runs: boolean }>(sql`
      select m.register, exists (select 1 from process_versions v where v.organization_id = m.organization_id and v.map_id = m.id and v.state = 'approved' and v.graph is not null) as runs
      from process_maps m where m.organization_id = ${given.tx.organisationId}::uuid and m.key = ${key}`);
    if (map === undefined || !map.runs) continue;
    const fits = record !== undefined && (map.register === null || map.register === record.register);
    if (map.register !== null && !fits) continue;
    const run = await startByHand(given.tx, contextOf('aims'), { process: key, variables: {}, ...(fits ? { record } : {}) });
    for (let step = 0; step < steps; step += 1) if (!(await goOn(story, given, contextOf, run))) break;
  }
};

const adopt = async (tx: Tx, contextOf: (who: keyof typeof cast) => Context, key: string, director: string): Promise<void> => {
  const id = await createMap(tx, contextOf('aims'), newMap.parse({ shipped: key }));
  const [version] = await tx.query<{ id: string }>(
    sql`select id from process_versions where organization_id = ${tx.organisationId}::uuid and map_id = ${id}::uuid`,
  );
  if (version === undefined) throw new Error(`expected a version of ${key}`);
  await submitVersion(tx, contextOf('aims'), version.id, null);
  const { name, function: held } = cast.director;
  await putInForce(tx, contextOf('director'), await holdVersion(tx, version.id, null), { person: director, name, function: held });
};

/** Completes the next task of a run that asks for no action of a register, by somebody of its role; false where there is none. */
const goOn = async (
  story: Story,
  { tx, actions }: Given,
  contextOf: (who: keyof typeof cast) => Context,
  run: string,
): Promise<boolean> => {
  const open = await tx.query<{ id: string; role: string | null; step: Step }>(sql`
    select id, role, step from process_tasks where organization_id = ${tx.organisationId}::uuid and instance_id = ${run}::uuid and state = 'open' order by created_at, id`);
  const task = open.find(({ step }) => step.form === null || readAsk(step.form) !== null);
  const who = (Object.keys(cast) as (keyof typeof cast)[]).find((one) => task?.role === null || cast[one].role === task?.role);
  if (task === undefined || who === undefined || task.step.form !== null) return false;
  const proof = await story.find(evidence, {});
  const given = task.step.evidence.flatMap((kind, index) => {
    const piece = proof[index];
    return piece === undefined ? [] : [{ evidence: piece.id, kind }];
  });
  if (given.length < task.step.evidence.length) return false;
  const body = taskEndpoints.complete.body?.parse({ evidence: given });
  await completeTask(tx, contextOf(who), { actions, checkSignature: async () => {} }, task.id, null, body as never);
  return true;
};
