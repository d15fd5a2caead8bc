import { registerNamed } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlersOf } from '../handlers.ts';
import type { Visitor } from '../journey/testing.ts';
import { createContext } from '../platform/context.ts';
import { createAccount } from '../platform/identity/accounts.ts';
import { createOrganisation, systemActor } from '../platform/identity/founding.ts';
import { password } from '../platform/identity/testing.ts';
import { type OutboxWorker, startOutbox } from '../platform/outbox/worker.ts';
import type { Row } from '../platform/register/columns.ts';
import { writeRecords } from '../platform/register/write.ts';
import { until } from '../platform/trail/testing/organisation.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

let office: Office;
let manager: Visitor;
let outbox: OutboxWorker;
beforeAll(async () => {
  office = await createOffice('conditional');
  ({ manager } = office);
  const { house } = office.journey;
  outbox = startOutbox({ database: house.database, handlers: handlersOf(house), report: () => {}, pollMs: 20 });
});
afterAll(async () => {
  await outbox.stop();
  await office.close();
});

const begins = (condition: string) =>
  `<startEvent id="risen"><conditionalEventDefinition><condition xsi:type="tFormalExpression">${condition.replaceAll('<', '&lt;')}</condition></conditionalEventDefinition></startEvent>`;
const mapOf = (condition: string) =>
  bpmn(`${startAndEnd}${begins(condition)}${userTask('look', { role: 'aims_manager' })}${flow('s', 'look', 'e')}${flow('risen', 'look')}`);
const high = 'record.priority = "high"';

const risk = async (more: object = {}) => (await manager.do('POST', 'risks', { statement: 'A risk', ...more })).id;
const change = async (id: string, set: object) => {
  const { version } = await manager.do('GET', `risks/${id}`);
  await manager.do('PATCH', `risks/${id}`, set, { 'if-match': `"${version}"` });
};
/** Runs about a record, when all that is on its way has arrived. */
const runsAbout = async (process: string, record: string) => {
  await until(async () => {
    const { rows } = await office.journey.owner.query('select 1 from outbox_messages where done_at is null and parked_at is null limit 1');
    return rows.length === 0;
  }, 20_000);
  const map = (await manager.do('GET', 'processes')).items?.find((one) => one['key'] === process);
  const runs = (await manager.do('GET', `process-instances?process=${map?.id}`)).items ?? [];
  return runs.filter((run) => (run['record'] as { id: string } | null)?.id === record);
};

describe('a process that begins by a condition over a record', () => {
  beforeAll(() => office.publish('high-risk', mapOf(high), { register: 'risks' }));

  it('begins about the record when a change makes it true, there and once', async () => {
    const id = await risk({ priority: 'low' });
    expect(await runsAbout('high-risk', id)).toEqual([]);
    await change(id, { priority: 'high' });
    await change(id, { statement: 'Another word' });
    const [run, ...others] = await runsAbout('high-risk', id);
    expect(others).toEqual([]);
    const { history } = await manager.do('GET', `process-instances/${run?.id}`);
    expect((history as { what: string; node: string }[]).filter(({ what }) => what === 'passed').map(({ node }) => node)).toEqual([
      'p',
      'risen',
    ]);
  });

  it('begins again when it comes to be true again', async () => {
    const id = await risk({ priority: 'high' });
    await change(id, { priority: 'medium' });
    expect(await runsAbout('high-risk', id)).toHaveLength(1);
    await change(id, { priority: 'high' });
    expect(await runsAbout('high-risk', id)).toHaveLength(2);
  });

  it('begins once where two write at the same time', async () => {
    const id = await risk({ priority: 'low' });
    const version = (await manager.do('GET', `risks/${id}`)).version;
    const statuses = await Promise.all(
      [1, 2, 3, 4].map(
        async () => (await manager.ask('PATCH', `risks/${id}`, { priority: 'high' }, { 'if-match': `"${version}"` })).status,
      ),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const { house, organisation } = office.journey;
    const context = createContext({ actor: systemActor, organisation, now: new Date() });
    const again = await risk({ priority: 'low' });
    const asked = [{ id: again, version: null, set: { priority: 'high' } }];
    await Promise.all(
      [1, 2, 3, 4].map(() =>
        house.database.inOrganisation(organisation.id, (tx) => house.actions.change(tx, context, registerNamed('risks'), asked)),
      ),
    );
    expect(await runsAbout('high-risk', id)).toHaveLength(1);
    expect(await runsAbout('high-risk', again)).toHaveLength(1);
  });

  it('sees what a room writes beside its commands', async () => {
    const { house, organisation } = office.journey;
    const context = createContext({ actor: systemActor, organisation, now: new Date() });
    const [row] = await house.database.inOrganisation(organisation.id, (tx) =>
      writeRecords(tx, context, registerNamed('risks'), [{ before: null, set: { statement: 'Carried over', priority: 'high' } }], {
        command: 'carry',
      }),
    );
    expect(await runsAbout('high-risk', row?.id ?? '')).toHaveLength(1);
  });

  it('does not begin by a change that was refused', async () => {
    const id = await risk({ priority: 'low' });
    const set = { priority: 'high', owner: '00000000-0000-7000-8000-000000000009' };
    const { status } = await manager.ask('PATCH', `risks/${id}`, set, { 'if-match': '"1"' });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await runsAbout('high-risk', id)).toEqual([]);
  });

  it('does not begin for a record that is archived', async () => {
    await office.publish('second', mapOf('record.version = 2'), { register: 'risks' });
    const [archived, changed] = [await risk(), await risk()];
    await office.journey.administrator.do('DELETE', `risks/${archived}`, { reason: 'Entered twice' }, { 'if-match': '"1"' });
    await change(changed, { statement: 'In use' });
    expect(await runsAbout('second', archived)).toEqual([]);
    expect(await runsAbout('second', changed)).toHaveLength(1);
  });

  it('begins in no other organisation', async () => {
    const { house } = office.journey;
    const administrator = await createAccount(house.identity.parts, { name: 'Other', email: 'other@example.org', password });
    const organisation = await createOrganisation(house.identity.parts, { name: 'Other', slug: 'other', administrator });
    const context = createContext({ actor: systemActor, organisation, now: new Date() });
    const set = { statement: 'Theirs', priority: 'high' };
    const found = await house.database.inOrganisation(organisation.id, async (tx) => {
      await house.actions.create(tx, context, registerNamed('risks'), [set]);
      return tx.query(sql`select 1 from outbox_messages where kind = 'process-begin' union all select 1 from process_starts`);
    });
    expect(found).toEqual([]);
  });
});

describe('a condition that cannot be decided', () => {
  it('stops no change and begins nothing until it is true', async () => {
    await office.publish('reasoned', mapOf('string length(record.pursuitReason) > 3'), { register: 'risks' });
    const id = await risk();
    await change(id, { statement: 'Still without a reason' });
    expect(await runsAbout('reasoned', id)).toEqual([]);
    await change(id, { pursuitReason: 'It pays' });
    expect(await runsAbout('reasoned', id)).toHaveLength(1);
  });
});

describe('a condition about a date', () => {
  it('that came true with time is seen at the next change, once', async () => {
    await office.publish('lapsed', mapOf('date(record.acceptedUntil) < today()'), { register: 'risks' });
    const { house, organisation } = office.journey;
    const risks = registerNamed('risks');
    const write = (days: number, before: Row | null, set: object) => {
      const context = createContext({ actor: systemActor, organisation, now: inDays(days) });
      return house.database.inOrganisation(organisation.id, async (tx) => {
        const [row] = await writeRecords(tx, context, risks, [{ before, set: { ...set } }], { command: 'carry' });
        return row as Row;
      });
    };
    const acceptedUntil = inDays(5).toISOString().slice(0, 10);
    const first = await write(0, null, { statement: 'Accepted for now', acceptedUntil });
    expect(await runsAbout('lapsed', first.id)).toEqual([]);
    const second = await write(10, first, { statement: 'Looked at again' });
    await write(11, second, { statement: 'And once more' });
    expect(await runsAbout('lapsed', first.id)).toHaveLength(1);
  });
});

describe('a version', () => {
  it('begins nothing for what was true before it was in force', async () => {
    const id = await risk({ kind: 'opportunity' });
    await office.publish('chances', mapOf('record.kind = "opportunity"'), { register: 'risks' });
    await change(id, { statement: 'The same chance' });
    expect(await runsAbout('chances', id)).toEqual([]);
    await change(id, { kind: 'risk' });
    await change(id, { kind: 'opportunity' });
    expect(await runsAbout('chances', id)).toHaveLength(1);
  });

  it('tells in its approval how many records held already, and of how many it cannot be said', async () => {
    const medium = { priority: 'medium' };
    await risk({ ...medium, pursuitReason: 'one' });
    await risk({ ...medium, pursuitReason: 'other' });
    await risk(medium);
    await office.publish('told', mapOf('record.priority = "medium" and string length(record.pursuitReason) = 3'), { register: 'risks' });
    const { rows } = await office.journey.owner.query<{ standing: object[] }>(
      "select convert_from(p.payload, 'UTF8')::json -> 'standing' as standing from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id where e.register = 'process-versions' and e.command = 'approve' order by e.at desc limit 1",
    );
    expect(rows[0]?.standing).toEqual([{ node: 'risen', fulfilled: 1, unknown: 1 }]);
  });

  it('takes over from the one before it, and begins nothing more when it is retired', async () => {
    const map = await office.publish('chances', mapOf('record.kind = "opportunity" or record.kind = "none"'));
    const id = await risk({ kind: 'opportunity' });
    const [run, ...others] = await runsAbout('chances', id);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ processVersion: { number: 2 } });
    const version = ((await manager.do('GET', `processes/${map}`))['inForce'] as { id: string }).id;
    await manager.do('POST', `process-versions/${version}/retire`, { reason: 'No longer wanted' });
    const later = await risk({ kind: 'opportunity' });
    expect(await runsAbout('chances', later)).toEqual([]);
  });
});

describe('a map that begins by a condition', () => {
  const problems = async (condition: string, register: string | null) =>
    (
      (await manager.do('POST', 'processes/check', { xml: mapOf(condition), register }))['problems'] as { code: string; message: string }[]
    ).flatMap(({ code, message }) => (code === 'START_NEVER_COMES' ? [message] : []));
  it.each([
    ['about no record', high, null, 'the process is about none'],
    ['that asks for a value of a run', 'score > 3', 'risks', '"score", which nobody knows'],
    ['that asks for a field there is not', 'record.colour = "red"', 'risks', '"colour", which risks do not have'],
  ])('%s is refused by name', async (_, condition, register, because) =>
    expect(await problems(condition, register)).toEqual([expect.stringContaining(because)]),
  );
  it.each([
    'record.priority = "high" and today > date("2026-01-01")',
    'count(record.objectives[item != null]) > 1',
    'some one in record.objectives satisfies one = "x"',
    'date(record.reviewDue) < today()',
  ])('%s is taken', async (condition) => expect(await problems(condition, 'risks')).toEqual([]));

  it('is kept and shown where its process is about no record', async () => {
    const made = await manager.do('POST', 'processes', { key: 'about-none', xml: mapOf(high) });
    expect(made['newest']).toMatchObject({ state: 'draft' });
    expect(await manager.do('GET', `process-versions/${(made['newest'] as { id: string }).id}`)).toMatchObject({
      executable: false,
      refusals: [{ code: 'START_NEVER_COMES', field: 'risen' }],
    });
  });
});

it('leaves rows that their entries tell', async () => {
  expect(await office.unsealed()).toEqual([]);
});
