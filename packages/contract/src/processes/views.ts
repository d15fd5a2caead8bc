import { z } from 'zod';
import { factNames } from '@aimwell/core/processes/ask';
import { problemItem } from '../platform/problem.ts';

const moment = z.string();
const amount = z.int().min(0);

/**
 * What a process holds: whatever JSON can say, by name. Names are those that FEEL can read, but for those of the facts: whoever gave
 * a `record` of his own would decide by it.
 */
export const variables = z
  .record(z.string().regex(/^[A-Za-z_]\w{0,59}$/, 'expected a name of letters, digits and _'), z.json())
  .refine((given) => JSON.stringify(given).length <= 50_000, 'expected at most 50,000 characters in all')
  .refine(
    (given) => factNames.every((name) => !Object.hasOwn(given, name)),
    `expected another name than ${factNames.join(' or ')}, which stand for what is known`,
  );
export type VariablesInput = z.infer<typeof variables>;

export const personRef = z.strictObject({ id: z.uuid(), name: z.string() });
export const recordRef = z.strictObject({ register: z.string(), id: z.uuid(), identifier: z.string(), title: z.string() });

export const versionStates = ['draft', 'review', 'approved', 'retired'] as const;
const versionFields = {
  id: z.uuid(),
  number: z.int(),
  state: z.enum(versionStates),
  note: z.string(),
  fileName: z.string(),
  /** Of the bytes as they came. */
  sha256: z.string(),
  /** False: shown as documentation, not run; `refusals` says why, element by element. */
  executable: z.boolean(),
  refusals: z.array(problemItem),
  warnings: z.array(z.string()),
  createdBy: personRef.nullable(),
  /** All who wrote in it: none of them approves it. Empty for what came with the product. */
  authors: z.array(personRef),
  createdAt: moment,
  submittedAt: moment.nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: moment.nullable(),
  retiredAt: moment.nullable(),
  /** Send it back as If-Match. */
  version: z.int(),
  /** Runs in progress on this version. */
  running: amount,
};
export const versionSummary = z.strictObject(versionFields).meta({ id: 'ProcessVersionSummary' });

/** A step as a line of a table: what is done, by whom, with what, by when. */
export const stepLine = z
  .strictObject({
    id: z.string(),
    name: z.string().nullable(),
    kind: z.string(),
    lane: z.string().nullable(),
    role: z.string().nullable(),
    form: z.string().nullable(),
    evidence: z.array(z.string()),
    references: z.array(z.string()),
    due: z.string().nullable(),
    escalateTo: z.string().nullable(),
    notBy: z.array(z.string()),
    raci: z.record(z.string(), z.enum(['responsible', 'accountable', 'consulted', 'informed'])),
    /** Steps that can follow. */
    next: z.array(z.strictObject({ id: z.string(), name: z.string().nullable(), condition: z.string().nullable() })),
  })
  .meta({ id: 'ProcessStep' });

const mapFields = {
  id: z.uuid(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  register: z.string().nullable(),
  clauses: z.array(z.string()),
  shipped: z.boolean(),
  /** The version that new runs take; null: none is approved. */
  inForce: z.strictObject({ id: z.uuid(), number: z.int(), approvedAt: moment, executable: z.boolean() }).nullable(),
  newest: z.strictObject({ id: z.uuid(), number: z.int(), state: z.enum(versionStates) }).nullable(),
  running: amount,
  openTasks: amount,
  overdueTasks: amount,
  /** Open tasks whose role nobody holds and that were given to nobody. */
  unstaffedTasks: amount,
  incidents: amount,
};
export const mapView = z.strictObject(mapFields).meta({ id: 'Process' });
export const mapRead = z.strictObject({ ...mapFields, versions: z.array(versionSummary) }).meta({ id: 'ProcessWithVersions' });
export const mapRef = z.strictObject({ id: z.uuid(), key: z.string(), name: z.string() });
export const versionRead = z
  .strictObject({ ...versionFields, process: mapRef, xml: z.string(), steps: z.array(stepLine) })
  .meta({ id: 'ProcessVersion' });

/** What is wrong or could be better in a map that is being drawn. */
export const mapCheck = z
  .strictObject({
    /** False: it can be kept and shown; the errors say why it does not run. */
    executable: z.boolean(),
    problems: z.array(
      z.strictObject({
        severity: z.enum(['error', 'warning']),
        code: z.string(),
        /** Id of the element; null where it is about the whole map. */
        element: z.string().nullable(),
        message: z.string(),
        remedy: z.string(),
      }),
    ),
  })
  .meta({ id: 'ProcessCheck' });

export const instanceStates = ['active', 'suspended', 'completed', 'terminated', 'failed'] as const;
const instanceFields = {
  id: z.uuid(),
  identifier: z.string(),
  title: z.string(),
  status: z.enum(instanceStates),
  process: mapRef,
  processVersion: z.strictObject({ id: z.uuid(), number: z.int() }),
  record: recordRef.nullable(),
  /** The run that called this one. */
  parent: z.uuid().nullable(),
  startedBy: personRef.nullable(),
  startedAt: moment,
  endedAt: moment.nullable(),
  openTasks: amount,
  overdueTasks: amount,
  /** Open tasks that nobody can do. */
  unstaffedTasks: amount,
  incidents: amount,
  /** While the run is held up: why, since when and by whom. */
  suspension: z.strictObject({ reason: z.string().nullable(), since: moment, by: personRef.nullable() }).nullable(),
  version: z.int(),
};
export const instanceView = z.strictObject(instanceFields).meta({ id: 'ProcessInstance' });

const taskFields = {
  id: z.uuid(),
  node: z.string(),
  name: z.string(),
  state: z.enum(['open', 'done', 'cancelled']),
  /** Its run is held up: it cannot be completed until that is resumed. */
  suspended: z.boolean(),
  role: z.string().nullable(),
  /** Nobody has its role, or whoever it was given to has no access any more: it would wait for ever. */
  unstaffed: z.boolean(),
  person: personRef.nullable(),
  claimedAt: moment.nullable(),
  createdAt: moment,
  dueAt: moment.nullable(),
  overdue: z.boolean(),
  doneBy: personRef.nullable(),
  doneAt: moment.nullable(),
  form: z.string().nullable(),
  /** Kinds of evidence that it asks for. */
  evidence: z.array(z.string()),
  references: z.array(z.string()),
  notBy: z.array(z.string()),
  version: z.int(),
  process: mapRef,
  instance: z.strictObject({ id: z.uuid(), identifier: z.string(), title: z.string() }),
  record: recordRef.nullable(),
};
export const taskView = z.strictObject(taskFields).meta({ id: 'ProcessTask' });
export const attached = z.strictObject({
  id: z.uuid(),
  identifier: z.string(),
  title: z.string(),
  kind: z.string().nullable(),
  task: z.uuid(),
  node: z.string(),
});
export const taskRead = z
  .strictObject({
    ...taskFields,
    /** Everything against you doing it now; empty: you may. */
    against: z.array(problemItem),
    attached: z.array(attached),
    comments: z.array(z.strictObject({ id: z.uuid(), author: personRef.nullable(), body: z.string(), createdAt: moment })),
    variables: z.record(z.string(), z.json()),
  })
  .meta({ id: 'ProcessTaskInFull' });

export const incidentView = z
  .strictObject({
    id: z.uuid(),
    instance: z.uuid(),
    token: z.int(),
    node: z.string(),
    code: z.string(),
    message: z.string(),
    openedAt: moment,
    closedAt: moment.nullable(),
  })
  .meta({ id: 'ProcessIncident' });

export const historyLine = z
  .strictObject({
    line: z.int(),
    what: z.string(),
    node: z.string().nullable(),
    flow: z.string().nullable(),
    token: z.int().nullable(),
    detail: z.json().nullable(),
    actor: z.string().nullable(),
    at: moment,
  })
  .meta({ id: 'ProcessHistoryLine' });

export const instanceRead = z
  .strictObject({
    ...instanceFields,
    variables: z.record(z.string(), z.json()),
    tokens: z.array(z.strictObject({ id: z.int(), node: z.string(), since: moment, wait: z.string() })),
    waits: z.array(
      z.strictObject({ id: z.int(), node: z.string(), kind: z.string(), name: z.string().nullable(), due: moment.nullable() }),
    ),
    tasks: z.array(taskView),
    openIncidents: z.array(incidentView),
    attached: z.array(attached),
    children: z.array(z.strictObject({ id: z.uuid(), identifier: z.string(), status: z.enum(instanceStates), token: z.int() })),
    /** Oldest first; at most the newest 2,000 lines. */
    history: z.array(historyLine),
  })
  .meta({ id: 'ProcessInstanceInFull' });

export const heat = z
  .strictObject({ node: z.string(), count: amount, oldest: moment, overdue: amount, incidents: amount })
  .meta({ id: 'ProcessHeat' });
export const cycleTime = z
  .strictObject({
    node: z.string(),
    name: z.string(),
    done: amount,
    late: amount,
    /** Seconds from the coming of the task to its end. */
    median: z.number(),
    /** Nine of ten took no longer. */
    p90: z.number(),
    longest: z.number(),
  })
  .meta({ id: 'ProcessCycleTime' });

/** One line of what changed between two versions of a map. */
export const difference = z
  .strictObject({
    what: z.enum(['added', 'removed', 'changed']),
    kind: z.enum(['process', 'step', 'event', 'gateway', 'flow']),
    id: z.string(),
    name: z.string().nullable(),
    field: z.string().nullable(),
    before: z.string().nullable(),
    after: z.string().nullable(),
  })
  .meta({ id: 'ProcessDifference' });

/** What became of each node and flow in one run, which steps are late, which were skipped: told from its history alone. */
export const overlay = z
  .strictObject({
    status: z.enum(instanceStates),
    nodes: z.record(
      z.string(),
      z.strictObject({
        state: z.enum(['done', 'current', 'stopped', 'cancelled', 'skipped', 'notNeeded', 'ahead']),
        done: amount,
        current: amount,
        stopped: amount,
        cancelled: amount,
        rounds: z.strictObject({ done: amount, current: amount }).nullable(),
        first: moment.nullable(),
        last: moment.nullable(),
        since: moment.nullable(),
      }),
    ),
    flows: z.record(z.string(), amount),
    late: z.array(
      z.strictObject({
        node: z.string(),
        token: z.int(),
        since: moment,
        due: moment,
        ended: moment.nullable(),
        outcome: z.enum(['completed', 'cancelled', 'open']),
      }),
    ),
    skipped: z.array(z.strictObject({ node: z.string(), why: z.enum(['notReached', 'cancelled']), at: moment.nullable() })),
  })
  .meta({ id: 'ProcessOverlay' });

/** A step of a run that was done late, is late, was passed by or called off. */
export const departure = z
  .strictObject({
    instance: z.strictObject({ id: z.uuid(), identifier: z.string(), title: z.string(), status: z.enum(instanceStates) }),
    node: z.string(),
    name: z.string().nullable(),
    what: z.enum(['late', 'notReached', 'cancelled']),
    /** Of what is late: since when the step stood, by when it was due, when it ended (null: open). */
    since: moment.nullable(),
    due: moment.nullable(),
    ended: moment.nullable(),
  })
  .meta({ id: 'ProcessDeparture' });

/** What a migration would do, or did, to one run. */
export const migrationLine = z
  .strictObject({
    instance: z.uuid(),
    identifier: z.string(),
    from: z.int(),
    moved: z.boolean(),
    nodes: z.array(z.strictObject({ node: z.string(), tokens: amount })),
    listening: z.array(
      z.strictObject({ node: z.string(), token: z.int().nullable(), becomes: z.enum(['kept', 'armed anew', 'added', 'dropped']) }),
    ),
    refused: z.array(problemItem),
  })
  .meta({ id: 'ProcessMigrationLine' });

export const deviationView = z
  .strictObject({
    id: z.uuid(),
    record: recordRef.nullable(),
    register: z.string(),
    command: z.string(),
    process: z.string(),
    by: personRef.nullable(),
    /** The recorded authority it was done on; null where none was needed: whatever does harm is stopped first. */
    authority: recordRef.nullable(),
    reason: z.string(),
    at: moment,
    closedAt: moment.nullable(),
    closedBy: personRef.nullable(),
    closedNote: z.string().nullable(),
  })
  .meta({ id: 'ProcessDeviation' });
