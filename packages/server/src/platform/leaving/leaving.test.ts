import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, createTestHouse, type TestHouse } from '../identity/testing.ts';
import type { Message } from '../mail/mail.ts';
import { mountOutbox } from '../outbox/routes.ts';
import { type OutboxWorker, startOutbox } from '../outbox/worker.ts';
import { createSealer } from '../secrets/seal.ts';
import { saveCheck } from '../trail/guard-store.ts';
import { type Sequencer, startSequencer } from '../trail/sequencer.ts';
import { openCheckpoint, originOf } from '../trail/signing.ts';
import { until } from '../trail/testing/organisation.ts';
import { leftSizes } from './checkpoint.ts';
import { createLeavingHandlers } from './handlers.ts';
import type { LeavingParts } from './parts.ts';
import { mountLeaving } from './routes.ts';
import { runDueRounds } from './schedule.ts';
import { removeFolder } from '../testing/folder.ts';

let house: TestHouse;
let admin: Browser;
let organisation: string;
let person: string;
let sequencer: Sequencer;
let outbox: OutboxWorker;
let keys: string;
let receiver: Server;
let hook: string;
let mailServerWorks = true;
let authorityWorks = true;
const sent: Message[] = [];
const calls: { headers: IncomingHttpHeaders; body: string }[] = [];
const stamped: string[] = [];

const org = '/api/v1/orgs/acme';
const leavingOf = `${org}/trail/leaving`;

beforeAll(async () => {
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-leaving-'));
  const mail = {
    available: true,
    send: async (message: Message) => {
      if (!mailServerWorks) throw new Error('mail was not sent: connect ECONNREFUSED');
      sent.push(message);
    },
    close: () => {},
  };
  const parts: LeavingParts = {
    mail,
    sealer: createSealer(keys),
    reach: { allowPrivate: true },
    now: () => house.clock,
    authority: {
      name: 'tsa.example.org',
      request: async (bytes) => {
        if (!authorityWorks) throw new Error('no time stamp: no answer');
        stamped.push(Buffer.from(bytes).toString());
        return Buffer.from(`stamp over ${bytes.length} bytes`);
      },
    },
  };
  house = await createTestHouse({
    mail,
    more: (app, inside) => {
      mountLeaving(app, inside, parts);
      mountOutbox(app, inside);
    },
  });
  house.clock = new Date('2026-03-01T10:00:00Z');
  const made = await house.organisation('acme', 'admin@example.org');
  [admin, organisation] = [made.administrator, made.id];
  await admin.send('PATCH', org, { timeZone: 'Europe/Vienna' });
  person = (await house.member({ organisation: 'acme', email: 'auditor@example.org', roles: ['internal_auditor'] })).personId;
  sequencer = startSequencer({ connection: house.migrated.sequencer, keys, now: () => house.clock, report: () => {} });
  outbox = startOutbox({ database: house.house.database, handlers: createLeavingHandlers(parts), report: () => {}, pollMs: 20 });
  receiver = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (part: Buffer) => body.push(part));
    request.on('end', () => {
      calls.push({ headers: request.headers, body: Buffer.concat(body).toString() });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  hook = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hook`;
});
afterAll(async () => {
  receiver.close();
  await outbox.stop();
  await sequencer.stop();
  await house.close();
  await removeFolder(keys);
});
beforeEach(() => {
  [sent, calls, stamped].forEach((list) => list.splice(0));
  [mailServerWorks, authorityWorks] = [true, true];
});

const put = (body: object, browser = admin) => browser.send('PUT', leavingOf, body);
const everyWay = () => ({
  hour: 6,
  recipients: [{ personId: person }, { email: 'Outside@Example.org', name: 'Certification body' }],
  webhook: { url: hook },
  stamp: true,
});
const checkedAt = (moment: Date) => {
  const nothing = { entries: 0, checkpoints: 0, notAnchored: 0, records: 0, files: 0, from: null, faults: [] };
  const found = { ...nothing, keyFromOutside: true, against: null };
  const check = { cause: 'night', startedAt: moment, endedAt: moment, found } as const;
  return house.house.database.inOrganisation(organisation, (tx) => saveCheck(tx, null, check));
};
const count = async (text: string) => (await house.owner.query<{ n: string }>(`select count(*) as n ${text}`)).rows[0]?.n;
/** Everything anchored, everything in the outbox tried; what waits for the stamp does not wait for the clock on the wall. */
const settled = async () => {
  await until(async () => (await count('from trail_pending')) === '0');
  await until(async () => {
    await house.owner.query(
      `update outbox_messages m set due_at = now() where kind <> 'checkpoint-stamp' and last_error is null and not exists (select 1 from outbox_messages s where s.kind = 'checkpoint-stamp' and s.done_at is null and s.last_error is null)`,
    );
    return (await count('from outbox_messages where done_at is null and parked_at is null and last_error is null')) === '0';
  });
  await until(async () => (await count('from trail_pending')) === '0');
};
const roundAt = async (moment: string): Promise<number> => {
  await settled();
  house.clock = new Date(moment);
  const rounds = await runDueRounds({ database: house.house.database, now: () => house.clock });
  await settled();
  return rounds;
};
const change = async () => {
  await admin.send('PATCH', org, { name: `Organisation ${house.clock.toISOString()}` });
};

describe('the settings', () => {
  it('say at once everything against a wish', async () => {
    const answer = await put({
      hour: 6,
      recipients: [{ personId: organisation }, { email: 'a@example.org' }, { email: 'A@example.org' }],
      webhook: { url: 'ftp://x' },
      stamp: true,
    });
    expect(answer.statusCode).toBe(409);
    expect(answer.json<{ problems: { code: string; field: string }[] }>().problems.map(({ code, field }) => [code, field])).toEqual([
      ['REFERENCE', 'recipients.0'],
      ['TWICE', 'recipients.2'],
      ['NOT_A_WEB_ADDRESS', 'webhook.url'],
    ]);
    expect((await put({ hour: 24, recipients: [], webhook: null, stamp: false })).statusCode).toBe(422);
  });

  it('show the secret of the webhook once and keep it nowhere readable', async () => {
    const first = (await put(everyWay())).json<{ secret: string; leaving: { nextAt: string; recipients: unknown } }>();
    expect(first.secret).toMatch(/^hook_/);
    expect(first.leaving).toMatchObject({
      nextAt: '2026-03-02T05:00:00.000Z',
      recipients: [
        { personId: person, name: 'auditor@example.org', email: 'auditor@example.org' },
        { personId: null, name: 'Certification body', email: 'outside@example.org' },
      ],
    });
    expect((await put(everyWay())).json()).toMatchObject({ secret: null });
    expect((await put({ ...everyWay(), webhook: { url: hook, newSecret: true } })).json<{ secret: string }>().secret).not.toBe(
      first.secret,
    );
    const { rows } = await house.owner.query<{ all: string }>(
      `select (select string_agg(l::text, '') from checkpoint_leaving l) || (select string_agg(convert_from(payload, 'UTF8'), '') from trail_payloads) || coalesce((select string_agg(k::text, '') from idempotency_keys k), '') as all`,
    );
    expect(rows[0]?.all).not.toContain('hook_');
    // Whoever knows the path of such an address can often write to it; the trail, and packs with it, go to people outside.
    const said = await house.owner.query<{ said: string }>(
      "select string_agg(convert_from(payload, 'UTF8'), '') as said from trail_payloads",
    );
    expect(said.rows[0]?.said).toContain(new URL(hook).host);
    expect(said.rows[0]?.said).not.toContain(hook);
    expect((await admin.send('GET', leavingOf)).body).not.toContain('hook_');
  });
});

describe('a round', () => {
  it('carries the same checkpoint to everyone, byte for byte, with its stamp, and writes down each leaving', async () => {
    const { secret } = (await put({ ...everyWay(), webhook: { url: hook, newSecret: true } })).json<{ secret: string }>();
    expect(await roundAt('2026-03-02T04:59:00Z')).toBe(0);
    expect(await roundAt('2026-03-02T05:00:10Z')).toBe(1);
    expect(sent.map(({ to }) => to).toSorted()).toEqual(['auditor@example.org', 'outside@example.org']);
    const note = sent[0]?.attachments?.[0]?.content as string;
    const { rows } = await house.owner.query<{ public_key: Buffer }>('select public_key from trail_keys');
    const opened = openCheckpoint(
      note,
      originOf(organisation),
      rows.map((row) => row.public_key),
    );
    if ('refused' in opened) throw new Error(JSON.stringify(opened.refused));
    const { size, root } = opened.value;
    for (const message of sent) {
      expect(message.attachments?.map(({ fileName, content }) => [fileName, content.toString()])).toEqual([
        [`acme-checkpoint-${size}.txt`, note],
        [`acme-checkpoint-${size}.tsr`, `stamp over ${Buffer.byteLength(note)} bytes`],
      ]);
      expect(message.text).toContain(`npx aimwell verify --live --org acme --key log-key.pem --against acme-checkpoint-${size}.txt`);
    }
    expect(stamped).toEqual([note]);
    expect(calls).toHaveLength(1);
    expect(JSON.parse(calls[0]?.body ?? '{}')).toEqual({
      organisation,
      checkpoint: note,
      size,
      root: Buffer.from(root).toString('hex'),
      tsr: Buffer.from(`stamp over ${Buffer.byteLength(note)} bytes`).toString('base64'),
    });
    const [time = '', mark] = String(calls[0]?.headers['aimwell-signature']).split(',v1=');
    expect(mark).toBe(
      createHmac('sha256', secret)
        .update(`${time.slice(2)}.${calls[0]?.body}`)
        .digest('hex'),
    );
    const left = (await admin.send('GET', `${org}/trail/left`)).json<{
      items: { entry: string; way: string; to: string; size: number; stamped: boolean }[];
    }>().items;
    expect(left.map(({ way, to, stamped: with_ }) => [way, to, with_]).toSorted()).toEqual([
      ['mail', 'Certification body', true],
      ['mail', 'auditor@example.org', true],
      ['stamp', 'tsa.example.org', true],
      ['webhook', new URL(hook).host, true],
    ]);
    expect(left.every((one) => one.size === size)).toBe(true);
    const older = (await admin.send('GET', `${org}/trail/left?limit=3`)).json<{ items: { entry: string }[] }>().items;
    const rest = (await admin.send('GET', `${org}/trail/left?before=${older[2]?.entry}`)).json<{ items: { entry: string }[] }>().items;
    expect([...older, ...rest].map(({ entry }) => entry)).toEqual(left.map(({ entry }) => entry));
    expect(await house.house.database.inOrganisation(organisation, leftSizes)).toEqual([size]);
    expect((await admin.send('GET', `${org}/trail/stamps/${size}`)).body).toBe(`stamp over ${Buffer.byteLength(note)} bytes`);
    expect((await admin.send('GET', `${org}/trail/stamps/${size + 1}`)).statusCode).toBe(404);
    // Whoever is in the directory is named by his row alone, so that erasing him reaches the trail.
    const { rows: payloads } = await house.owner.query<{ said: string }>(
      `select convert_from(p.payload, 'UTF8') as said from trail_payloads p join trail_entries e on e.id = p.entry_id where e.command = 'checkpoint-left'`,
    );
    expect(payloads.map(({ said }) => said).join()).not.toContain('auditor@example.org');
    expect(payloads.map(({ said }) => said).join()).toContain(person);
  });

  it('does not go on for its own entries: rests until something is written, or a week has gone', async () => {
    expect(await roundAt('2026-03-03T05:00:10Z')).toBe(0);
    expect(await roundAt('2026-03-04T05:00:10Z')).toBe(0);
    expect(sent).toEqual([]);
    await change();
    expect(await roundAt('2026-03-05T05:00:10Z')).toBe(1);
    expect(sent).toHaveLength(2);
    for (const day of ['06', '07', '08', '09', '10', '11']) {
      // The guard looks each night, and says so in the trail.
      await checkedAt(new Date(`2026-03-${day}T02:00:00Z`));
      expect(await roundAt(`2026-03-${day}T05:00:10Z`)).toBe(0);
    }
    expect(await roundAt('2026-03-12T05:00:05Z')).toBe(1);
    for (const day of ['13', '14', '15']) expect(await roundAt(`2026-03-${day}T05:00:10Z`)).toBe(0);
  });

  it('catches up once after days of rest, and only one of two servers carries it out', async () => {
    await change();
    await settled();
    house.clock = new Date('2026-03-25T12:00:00Z');
    const both = await Promise.all([1, 2].map(() => runDueRounds({ database: house.house.database, now: () => house.clock })));
    await settled();
    expect(both.toSorted()).toEqual([0, 1]);
    expect(sent).toHaveLength(2);
    expect((await admin.send('GET', leavingOf)).json()).toMatchObject({
      nextAt: '2026-03-26T05:00:00.000Z',
      lastAt: '2026-03-25T12:00:00.000Z',
    });
  });

  it('keeps to the clock on the wall when it changes', async () => {
    await change();
    await roundAt('2026-03-28T05:00:10Z');
    expect((await admin.send('GET', leavingOf)).json()).toMatchObject({ nextAt: '2026-03-29T04:00:00.000Z' });
  });

  it('leaves without a stamp when the authority does not answer', async () => {
    authorityWorks = false;
    await change();
    expect(await roundAt('2026-03-30T05:00:10Z')).toBe(1);
    expect(sent.map(({ attachments }) => attachments?.length)).toEqual([1, 1]);
    expect(JSON.parse(calls[0]?.body ?? '{}')).not.toHaveProperty('tsr');
    const items = (await admin.send('GET', `${org}/outbox`)).json<{ items: object[] }>().items;
    expect(items).toEqual([
      expect.objectContaining({ kind: 'checkpoint-stamp', state: 'waiting', attempts: 1, lastError: 'no time stamp: no answer' }),
    ]);
    await house.owner.query('delete from outbox_messages where done_at is null');
  });

  it('can be asked for, and says when there is nobody to send to', async () => {
    expect((await admin.send('POST', `${leavingOf}/now`, {})).json()).toMatchObject({ messages: 4 });
    await settled();
    expect(sent).toHaveLength(2);
    await put({ hour: 6, recipients: [], webhook: null, stamp: false });
    const answer = await admin.send('POST', `${leavingOf}/now`, {});
    expect(answer.json()).toMatchObject({ problems: [{ code: 'NOTHING_TO_SEND' }] });
    expect((await admin.send('GET', leavingOf)).json()).toMatchObject({ nextAt: null, webhook: null });
  });
});

describe('when the mail server is away', () => {
  it('the message waits with its reason, can be tried again, is parked in the end, and can be dropped', async () => {
    mailServerWorks = false;
    await put({ hour: 6, recipients: [{ email: 'outside@example.org' }], webhook: null, stamp: false });
    await admin.send('POST', `${leavingOf}/now`, {});
    await settled();
    const waiting = async () => (await admin.send('GET', `${org}/outbox`)).json<{ items: { id: string; state: string }[] }>().items;
    const [message] = await waiting();
    expect(message).toMatchObject({
      kind: 'checkpoint-mail',
      state: 'waiting',
      attempts: 1,
      lastError: 'mail was not sent: connect ECONNREFUSED',
    });
    const at = `${org}/outbox/${message?.id}`;
    expect((await admin.send('DELETE', at)).json()).toMatchObject({ problems: [{ code: 'NOT_PARKED' }] });
    await house.owner.query('update outbox_messages set attempts = 5, due_at = now() where done_at is null');
    await until(async () => (await waiting())[0]?.state === 'parked');
    mailServerWorks = true;
    expect((await admin.send('POST', `${at}/retry`, {})).json()).toMatchObject({ state: 'waiting', attempts: 0 });
    await until(async () => (await waiting()).length === 0);
    expect(sent.map(({ to }) => to)).toEqual(['outside@example.org']);
    expect((await admin.send('POST', `${at}/retry`, {})).json()).toMatchObject({ problems: [{ code: 'LEFT_ALREADY' }] });
    expect((await admin.send('POST', `${org}/outbox/${organisation}/retry`, {})).statusCode).toBe(404);
  });

  it('somebody taken off the list gets nothing more, and a person without an address is parked', async () => {
    mailServerWorks = false;
    await put({ hour: 6, recipients: [{ personId: person }], webhook: null, stamp: false });
    await admin.send('POST', `${leavingOf}/now`, {});
    await settled();
    await house.owner.query('update people set email = null where id = $1', [person]);
    mailServerWorks = true;
    await house.owner.query('update outbox_messages set due_at = now() where done_at is null');
    await until(async () => (await count('from outbox_messages where parked_at is not null')) === '1');
    await put({ hour: 6, recipients: [], webhook: null, stamp: false });
    const [message] = (await admin.send('GET', `${org}/outbox`)).json<{ items: { id: string; lastError: string }[] }>().items;
    expect(message?.lastError).toContain('expected an e-mail address in the directory');
    await admin.send('POST', `${org}/outbox/${message?.id}/retry`, {});
    await until(async () => (await count('from outbox_messages where done_at is null')) === '0');
    expect(sent).toEqual([]);
  });
});

it('tells the ids of organisations that are due, and of nothing inside them', async () => {
  const other = await house.organisation('theirs', 'theirs@example.org');
  await house.house.database.inOrganisation(other.id, (tx) =>
    tx.query(sql`insert into checkpoint_leaving (organization_id, hour, stamp, next_at) values (${other.id}::uuid, 6, true, '2026-01-01')`),
  );
  const due = await house.house.database.callAcross(sql`select * from organizations_with_leaving_checkpoints('2026-02-01')`);
  expect(due).toEqual([{ organization_id: other.id }]);
  expect(
    await house.house.database.inOrganisation(organisation, (tx) =>
      tx.query(sql`select 1 from checkpoint_leaving where organization_id = ${other.id}::uuid`),
    ),
  ).toEqual([]);
  expect((await admin.send('GET', '/api/v1/orgs/theirs/trail/leaving')).statusCode).toBe(404);
});
