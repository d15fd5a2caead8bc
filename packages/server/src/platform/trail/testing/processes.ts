import { newMap } from '@aimwell/contract/processes/maps';
import { sql } from 'kysely';
import { openCalendar } from '../../../processes/calendar.ts';
import { closeDeviation, gate, setGate } from '../../../processes/gates.ts';
import { createMap } from '../../../processes/maps.ts';
import { startRun } from '../../../processes/run.ts';
import { attachEvidence, commentTask, completeTask, handTask } from '../../../processes/task-actions.ts';
import { bpmn, flow, userTask } from '../../../processes/testing/maps.ts';
import { holdVersion, putInForce } from '../../../processes/versions.ts';
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/pool.ts';

/** A run of it stands in two tasks, at an incident, before a message of one sender, and in a run that it called. */
const standing = bpmn(
  `<startEvent id="s" /><parallelGateway id="fork" />
   ${userTask('a', { due: 'P30D' })} ${userTask('b')} ${userTask('c', { form: 'systems:register' })}
   <boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeDuration>P90D</timeDuration></timerEventDefinition></boundaryEvent>
   <exclusiveGateway id="x" /><exclusiveGateway id="y" />
   <receiveTask id="m" name="Wait for it" messageRef="arrived"><extensionElements><aims:step correlation="sender" /></extensionElements></receiveTask>
   <callActivity id="k" calledElement="called" />
   <endEvent id="e" />
   ${flow('s', 'fork', 'a', 'e')} ${flow('fork', 'b', 'c', 'e')} ${flow('fork', 'x', '[nobody = 1]e')} ${flow('fork', 'y', '[nowhere = 1]e')} ${flow('fork', 'm', 'e')} ${flow('fork', 'k', 'e')} ${flow('t', 'e')}`,
  '<message id="arrived" name="arrived" />',
);
const called = bpmn(
  `<startEvent id="s" />${userTask('inside', { form: 'systems:register' })}<endEvent id="e" />${flow('s', 'inside', 'e')}`,
);

const publish = async (tx: Tx, context: Context, key: string, xml: string, register?: string): Promise<string> => {
  const map = await createMap(tx, context, newMap.parse({ key, xml, register, note: 'First' }));
  const [version] = await tx.query<{ id: string }>(
    sql`select id from process_versions where organization_id = ${tx.organisationId}::uuid and map_id = ${map}::uuid`,
  );
  await putInForce(tx, context, await holdVersion(tx, version?.id ?? '', null), { person: null, name: 'Top management', function: null });
  return version?.id ?? '';
};

/** Begins by hand, and every year. */
const yearly = bpmn(
  `<startEvent id="s" /><startEvent id="y"><timerEventDefinition><timeCycle>R/2026-01-15T09:00:00Z/P1Y</timeCycle></timerEventDefinition></startEvent>
   ${userTask('inside')}<endEvent id="e" />${flow('s', 'inside', 'e')} ${flow('y', 'inside')}`,
);

/** Begins when a risk is rated high. */
const risen = bpmn(
  `<startEvent id="high"><conditionalEventDefinition><condition xsi:type="tFormalExpression">record.priority = "high"</condition></conditionalEventDefinition></startEvent>
   ${userTask('inside')}<endEvent id="e" />${flow('high', 'inside', 'e')}`,
);

/** Something in every table of processes, written as the product writes it; `ids` are a record of each register. */
export const furnishProcesses = async (tx: Tx, context: Context, ids: Readonly<Record<string, string>>): Promise<string> => {
  await publish(tx, context, 'called', called);
  await publish(tx, context, 'yearly', yearly);
  await publish(tx, context, 'risen', risen, 'risks');
  const of = (personId: string): Context => ({ ...context, actor: { kind: 'person', personId, roles: ['aims_manager'] } });
  await openCalendar(tx, of(ids['people'] ?? ''), 'https://aims.example.org');
  const version = await publish(tx, context, 'standing', standing);
  const record = { register: 'systems', id: ids['systems'] ?? '' };
  const run = await startRun(tx, context, { versionId: version, record, start: null, variables: { sender: 'S-1', note: null } });
  const tasks = await tx.query<{ id: string; node: string }>(
    sql`select id, node from process_tasks where organization_id = ${tx.organisationId}::uuid and instance_id = ${run}::uuid`,
  );
  const task = (node: string) => tasks.find((one) => one.node === node)?.id ?? '';
  await handTask(tx, context, task('a'), 'reassigned', { person: ids['people'] ?? '', reason: 'absent' });
  await commentTask(tx, context, task('a'), 'On its way');
  await attachEvidence(tx, context, task('a'), { evidence: ids['evidence'] ?? '', kind: null });
  const forms = { actions: {} as never, checkSignature: async () => {} };
  await completeTask(tx, context, forms, task('b'), null, { variables: { seen: true }, evidence: [] } as never);
  for (const process of ['standing', 'called'])
    await setGate(tx, context, { register: 'systems', command: 'register', process }, 'Nothing unseen goes live');
  for (const reason of ['Harm was reported', 'Harm was reported again'])
    await gate(tx, context, { register: 'systems', command: 'suspend', record: record.id, input: { reason } } as never);
  const [deviation] = await tx.query<{ id: string }>(
    sql`select id from process_deviations where organization_id = ${tx.organisationId}::uuid order by id limit 1`,
  );
  await closeDeviation(tx, context, deviation?.id ?? '', 'Looked into');
  return run;
};
