import { holdsOneOf, type Role } from '../roles/permissions.ts';
import { type Refusal, refusal } from '../shared/refusal.ts';
import type { Step } from './graph.ts';
import { suspendedRefusal } from './suspend.ts';
import { addDuration, readDuration } from './timers.ts';

/** Whoever keeps processes going: gives tasks to others, mends incidents, ends runs. */
export const processKeepers: readonly Role[] = ['administrator', 'aims_manager'];
/** Whoever can be given work. */
export const workers: readonly Role[] = [
  'administrator',
  'aims_manager',
  'risk_manager',
  'system_owner',
  'contributor',
  'internal_auditor',
  'top_management',
  'concern_officer',
];

export interface Worker {
  /** Null: a token that stands for nobody, or the product itself. */
  readonly person: string | null;
  readonly roles: readonly Role[];
}

export interface TaskFacts {
  readonly state: 'open' | 'done' | 'cancelled';
  /** Its run is held up. */
  readonly suspended: boolean;
  readonly step: Pick<Step, 'role' | 'evidence' | 'notBy'>;
  /** Who has claimed it or was given it. */
  readonly person: string | null;
  /** Who completed other steps of this run, by node. */
  readonly performers: ReadonlyMap<string, readonly string[]>;
  /** Who started the run, wrote its record, and answers for its record. */
  readonly starter: string | null;
  readonly author: string | null;
  readonly owner: string | null;
}

const notOpen = (state: TaskFacts['state']): Refusal =>
  refusal(
    state === 'done' ? 'TASK_DONE' : 'TASK_GONE',
    `expected an open task, got one that is ${state === 'done' ? 'done' : 'no longer asked for'}`,
    'Load the tasks again; somebody or something was faster.',
  );

/** Names that `notBy` understands beside the steps of the map. */
const involved: Readonly<Record<string, 'starter' | 'author' | 'owner'>> = {
  starter: 'starter',
  'record.author': 'author',
  'record.owner': 'owner',
};

/**
 * Everything against this person doing the task: it is not open, belongs to another or to another role, or separation of duty keeps it
 * from whoever did a step that `notBy` names (or started the run, wrote or owns its record).
 */
export const judgeWorker = (task: TaskFacts, worker: Worker): readonly Refusal[] => {
  if (task.state !== 'open') return [notOpen(task.state)];
  const refused: Refusal[] = [];
  const given = task.person !== null && task.person === worker.person;
  if (task.person !== null && !given)
    refused.push(
      refusal(
        'TASK_TAKEN',
        'expected a task that is free or yours, got one that another person has',
        'Ask that person, or have it given to you.',
      ),
    );
  if (task.person === null && task.step.role !== null && !holdsOneOf(worker.roles, [task.step.role as Role]))
    refused.push(
      refusal(
        'WRONG_ROLE',
        `expected the role ${task.step.role}, got ${worker.roles.join(', ')}`,
        'Leave it to the role, or have it given to you.',
      ),
    );
  for (const name of task.step.notBy) {
    const part = involved[name];
    const kept = part === undefined ? (task.performers.get(name) ?? []) : [task[part]];
    if (worker.person === null ? task.step.notBy.length > 0 : kept.includes(worker.person))
      refused.push(
        refusal(
          'NOT_BY_THE_SAME',
          `expected another person than did "${name}"${worker.person === null ? ', got nobody in particular' : ', got the same'}`,
          'Have it given to somebody who took no part in that step.',
        ),
      );
  }
  return refused;
};

/** Everything against this person completing the task now: what stands against him doing it, and its run being held up. */
export const judgeCompletion = (task: TaskFacts, worker: Worker): readonly Refusal[] => [
  ...(task.suspended && task.state === 'open' ? [suspendedRefusal()] : []),
  ...judgeWorker(task, worker),
];

/** One refusal for each kind of evidence that the step asks for and nobody has given. */
export const judgeEvidence = (step: Pick<Step, 'evidence'>, given: readonly (string | null)[]): readonly Refusal[] =>
  step.evidence
    .filter((kind) => !given.includes(kind))
    .map((kind) =>
      refusal(
        'EVIDENCE_MISSING',
        `expected evidence of the kind "${kind}" that holds today, got none`,
        `Attach evidence as "${kind}", then complete the task.`,
        'evidence',
      ),
    );

/** RFC 3339 moment by which a task is to be done; null where the step names no time, or none that can be read. */
export const dueOf = (step: Pick<Step, 'due'>, since: string, zone: string): string | null => {
  const duration = step.due === null ? null : readDuration(step.due);
  return duration === null ? null : new Date(addDuration(Date.parse(since), duration, zone)).toISOString();
};
