import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlersOf } from '../handlers.ts';
import type { Visitor } from '../journey/testing.ts';
import { type OutboxWorker, startOutbox } from '../platform/outbox/worker.ts';
import { until } from '../platform/trail/testing/organisation.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
let outbox: OutboxWorker;
beforeAll(async () => {
  office = await createOffice('effects');
  ({ manager } = office);
  const { house } = office.journey;
  outbox = startOutbox({ database: house.database, handlers: handlersOf(house), report: () => {}, pollMs: 20 });
});
afterAll(async () => {
  await outbox.stop();
  await office.close();
});

const run = (id: string) => manager.do('GET', `process-instances/${id}`);
const is = (id: string, status: string) => until(async () => (await run(id))['status'] === status, 20_000);
const complete = async (instance: string, node: string, body: object = {}) => {
  const task = ((await manager.do('GET', `process-tasks?who=all&instance=${instance}`)).items ?? []).find((one) => one['node'] === node);
  await manager.do('POST', `process-tasks/${task?.id}/complete`, body);
};
const service = (id: string, job: string) =>
  `<serviceTask id="${id}"><extensionElements><aims:step job="${job}" role="aims_manager" /></extensionElements></serviceTask>`;

/** A day on which the rules ran, whatever else it counts. */
const plantDay = async (owner: Office['journey']['owner'], organisation: string) => {
  const { rows } = await owner.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_name = 'conformity_days' and table_schema = 'public' and data_type = 'integer'",
  );
  const names = rows.map(({ name }) => name);
  await owner.query(
    `insert into conformity_days (organization_id, day, ${names.join(', ')}) values ($1, '2026-01-01', ${names.map(() => '2').join(', ')})`,
    [organisation],
  );
};

describe('a job', () => {
  it('runs through the outbox, and its values go into the run', async () => {
    await office.publish('tell', bpmn(`${startAndEnd}${service('n', 'notify')}${flow('s', 'n', 'e')}`));
    const id = await office.start('tell');
    await is(id, 'completed');
    expect(await run(id)).toMatchObject({ variables: { notified: 0 } });
  });

  it('that fails again and again becomes an incident, and is tried again by hand', async () => {
    await office.publish('judge', bpmn(`${startAndEnd}${service('c', 'check-conformity')}${flow('s', 'c', 'e')}`));
    const id = await office.start('judge');
    const { owner, organisation } = office.journey;
    // Without a day on which the rules ran the job cannot be done; its tries need not be waited for.
    const hurry = setInterval(
      () =>
        void owner
          .query("update outbox_messages set due_at = now() where kind = 'process-job' and done_at is null and parked_at is null")
          .catch(() => {}),
      50,
    );
    await until(async () => (await run(id))['incidents'] === 1, 20_000);
    clearInterval(hurry);
    const stopped = await run(id);
    expect(stopped).toMatchObject({ status: 'active', openIncidents: [{ node: 'c', code: 'JOB_FAILED' }] });
    await plantDay(owner, organisation.id);
    await manager.do('POST', `process-instances/${id}/retry`, { token: (stopped['openIncidents'] as { token: number }[])[0]?.token });
    await is(id, 'completed');
    expect(await run(id)).toMatchObject({ variables: { majors: 2 } });
  });

  it('that nobody knows keeps a map from running', async () => {
    const made = await manager.do('POST', 'processes', {
      key: 'unknown-job',
      xml: bpmn(`${startAndEnd}${service('n', 'launch')}${flow('s', 'n', 'e')}`),
    });
    expect(await manager.do('GET', `process-versions/${(made['newest'] as { id: string }).id}`)).toMatchObject({
      executable: false,
      refusals: [{ code: 'NO_SUCH_JOB' }],
    });
  });
});

describe('a call', () => {
  const caller = (more = '') =>
    bpmn(`${startAndEnd}<callActivity id="c" calledElement="called" />${userTask('after')}${more}${flow('s', 'c', 'after', 'e')}`);

  it('starts the called process, waits for it, and takes what it changed', async () => {
    await office.publish('called', bpmn(`${startAndEnd}${userTask('inner')}${flow('s', 'inner', 'e')}`));
    await office.publish('caller', caller());
    const id = await office.start('caller', { variables: { amount: 1, other: 'kept' } });
    const [child] = (await run(id))['children'] as { id: string }[];
    expect(await run(child?.id ?? '')).toMatchObject({ parent: id, variables: { amount: 1 } });
    await complete(child?.id ?? '', 'inner', { variables: { amount: 2 } });
    expect(await run(id)).toMatchObject({ variables: { amount: 2, other: 'kept' }, tasks: [{ node: 'after' }] });
  });

  it('ends with its caller', async () => {
    const id = await office.start('caller');
    const [child] = (await run(id))['children'] as { id: string }[];
    await manager.do('POST', `process-instances/${id}/terminate`, { reason: 'not needed' });
    expect(await run(child?.id ?? '')).toMatchObject({ status: 'terminated' });
  });

  it('of several that the first of them made needless begins no other', async () => {
    const first = `<exclusiveGateway id="g" default="on" />${userTask('inner')}<sequenceFlow id="on" sourceRef="g" targetRef="inner" />`;
    await office.publish('one-of', bpmn(`${startAndEnd}${first}${flow('s', 'g', '[item = 1]e')}${flow('inner', 'e')}`));
    const any = '<multiInstanceLoopCharacteristics><completionCondition>nrOfCompletedInstances = 1</completionCondition>';
    const callOf = (each: string) =>
      bpmn(
        `${startAndEnd}<callActivity id="c" calledElement="one-of"><extensionElements><aims:step each="${each}" as="item" /></extensionElements>${any}</multiInstanceLoopCharacteristics></callActivity>${flow('s', 'c', 'e')}`,
      );
    await office.publish('any-of', callOf('[1, 2, 3]'));
    expect(await run(await office.start('any-of'))).toMatchObject({ status: 'completed', children: [{ status: 'completed' }] });
    await office.publish('any-of', callOf('[2, 1, 3]'));
    const { status, children } = await run(await office.start('any-of'));
    expect({ status, children }).toMatchObject({ status: 'completed', children: [{ status: 'terminated' }, { status: 'completed' }] });
  });

  it('that ends with an error goes the way of the error', async () => {
    const wrong = '<error id="err" errorCode="BROKEN" />';
    await office.publish(
      'called',
      bpmn(
        `<startEvent id="s" />${userTask('inner')}<endEvent id="e"><errorEventDefinition errorRef="err" /></endEvent>${flow('s', 'inner', 'e')}`,
        wrong,
      ),
    );
    await office.publish(
      'catcher',
      bpmn(
        `${startAndEnd}<callActivity id="c" calledElement="called" /><boundaryEvent id="b" attachedToRef="c"><errorEventDefinition errorRef="err" /></boundaryEvent>${userTask('mend')}<endEvent id="e2" />${flow('s', 'c', 'e')}${flow('b', 'mend', 'e2')}`,
        wrong,
      ),
    );
    const id = await office.start('catcher');
    const [child] = (await run(id))['children'] as { id: string }[];
    await complete(child?.id ?? '', 'inner');
    expect(await run(id)).toMatchObject({ tasks: [{ node: 'mend' }], children: [{ status: 'failed' }] });
  });

  it('of what is not there, or in a circle, is an incident', async () => {
    await office.publish('lost', bpmn(`${startAndEnd}<callActivity id="c" calledElement="nowhere" />${flow('s', 'c', 'e')}`));
    expect(await run(await office.start('lost'))).toMatchObject({ incidents: 1, openIncidents: [{ node: 'c' }] });
    await office.publish(
      'circle',
      bpmn(
        `${startAndEnd}<callActivity id="c" calledElement="circle"><extensionElements><aims:step calledVersion="1" /></extensionElements></callActivity>${flow('s', 'c', 'e')}`,
      ),
    );
    await office.start('circle');
    const { rows } = await office.journey.owner.query<{ n: number }>(
      "select count(*)::integer as n from process_instances i join process_maps m on m.id = i.map_id where m.key = 'circle'",
    );
    expect(rows[0]?.n).toBe(20);
  });
});

describe('a message', () => {
  const names = '<message id="m" name="answer" /><signal id="g" name="alarm" /><message id="n" name="begin" />';
  const waits = bpmn(
    `${startAndEnd}<intermediateCatchEvent id="w"><extensionElements><aims:step correlation="case" /></extensionElements><messageEventDefinition messageRef="m" /></intermediateCatchEvent>${flow('s', 'w', 'e')}`,
    names,
  );
  it('goes to the run whose it is, and to no other', async () => {
    await office.publish('waits', waits);
    const [one, two] = [
      await office.start('waits', { variables: { case: 'A-1' } }),
      await office.start('waits', { variables: { case: 'A-2' } }),
    ];
    expect(await manager.against('processes/messages', { name: 'answer', correlation: 'A-3' })).toEqual(['NOBODY_WAITS name']);
    expect(await manager.do('POST', 'processes/messages', { name: 'answer', correlation: 'A-2', variables: { said: 'yes' } })).toEqual({
      instance: two,
      started: false,
    });
    expect([(await run(one))['status'], (await run(two))['status']]).toEqual(['active', 'completed']);
  });

  it('that comes with another goes to the next that waits', async () => {
    const wait = '<intermediateCatchEvent id="w"><messageEventDefinition messageRef="both" /></intermediateCatchEvent>';
    await office.publish('pair', bpmn(`${startAndEnd}${wait}${flow('s', 'w', 'e')}`, '<message id="both" name="both" />'));
    const pair = [await office.start('pair'), await office.start('pair'), await office.start('pair')];
    const sent = await Promise.all(pair.map(() => manager.do('POST', 'processes/messages', { name: 'both' })));
    expect(sent.map((one) => one['instance']).toSorted()).toEqual(pair.toSorted());
    expect(await manager.against('processes/messages', { name: 'both' })).toEqual(['NOBODY_WAITS name']);
  });

  it('starts the process that begins with it', async () => {
    await office.publish(
      'begins',
      bpmn(
        `<startEvent id="s"><messageEventDefinition messageRef="n" /></startEvent><endEvent id="e" />${userTask('t')}${flow('s', 't', 'e')}`,
        names,
      ),
    );
    const started = (await manager.do('POST', 'processes/messages', { name: 'begin', variables: { a: 1 } })) as unknown as {
      instance: string;
      started: boolean;
    };
    expect(started.started).toBe(true);
    expect(await run(started.instance)).toMatchObject({ openTasks: 1, variables: { a: 1 } });
  });

  it('that sets itself off ends, and the last waits to be seen', async () => {
    const begin = '<startEvent id="s"><messageEventDefinition messageRef="again" /></startEvent>';
    const throwing = '<endEvent id="e"><messageEventDefinition messageRef="again" /></endEvent>';
    await office.publish('endless', bpmn(`${begin}${throwing}${flow('s', 'e')}`, '<message id="again" name="again" />'));
    await manager.do('POST', 'processes/messages', { name: 'again' });
    const parked = async () =>
      (await office.journey.owner.query<{ error: string }>('select last_error as error from outbox_messages where parked_at is not null'))
        .rows;
    await until(async () => (await parked()).length > 0, 20_000);
    expect(await parked()).toEqual([{ error: expect.stringContaining('they go in a circle') }]);
    const { items } = await manager.do('GET', 'process-instances?limit=200');
    expect(items?.filter((one) => (one['process'] as { key: string }).key === 'endless').length).toBe(10);
  });

  it('that is a signal goes to all, in batches', { timeout: 60_000 }, async () => {
    await office.publish(
      'alarm',
      bpmn(
        `${startAndEnd}<intermediateCatchEvent id="w"><signalEventDefinition signalRef="g" /></intermediateCatchEvent>${flow('s', 'w', 'e')}`,
        names,
      ),
    );
    for (let n = 0; n < 60; n += 1) await office.start('alarm');
    expect(await manager.do('POST', 'processes/signals', { name: 'alarm' })).toEqual({ waiting: 60 });
    const left = async () =>
      (await manager.do('GET', 'process-instances?status=active&node=w&limit=200')).items?.filter(
        (one) => (one['process'] as { key: string }).key === 'alarm',
      ).length;
    await until(async () => (await left()) === 0, 30_000);
  });
});

describe('a condition about the record', () => {
  it('comes true when the record is changed elsewhere', async () => {
    const until = `<intermediateCatchEvent id="w"><conditionalEventDefinition><condition>record.criticality = "high"</condition></conditionalEventDefinition></intermediateCatchEvent>`;
    await office.publish('critical', bpmn(`${startAndEnd}${until}${flow('s', 'w', 'e')}`));
    const system = await manager.do('POST', 'systems', { name: 'Watched', criticality: 'low' });
    const id = await office.start('critical', { record: { register: 'systems', id: system.id } });
    expect(await run(id)).toMatchObject({ status: 'active', waits: [{ kind: 'conditional' }] });
    await manager.do('PATCH', `systems/${system.id}`, { criticality: 'high' }, { 'if-match': '"1"' });
    await is(id, 'completed');
  });
});

it('lists the maps that came with the product, and what was made of them', async () => {
  const shipped = async () =>
    ((await manager.do('GET', 'processes/shipped')).items ?? []) as unknown as { key: string; process: string | null }[];
  const [first] = await shipped();
  if (first === undefined) return;
  const made = await manager.do('POST', 'processes', { shipped: first.key });
  expect((await shipped())[0]).toMatchObject({ key: first.key, process: made.id });
});

it('leaves rows that their entries tell', async () => {
  expect(await office.unsealed()).toEqual([]);
});
