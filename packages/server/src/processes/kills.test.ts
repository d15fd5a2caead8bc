import type { ChildProcess } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { openHouse } from '../compose.ts';
import { readConfig } from '../platform/config.ts';
import { createContext } from '../platform/context.ts';
import { createOrganisation, systemActor } from '../platform/identity/founding.ts';
import { createOperatorToken } from '../platform/identity/identity.ts';
import { createTestDatabase } from '../platform/testing/template.ts';
import { until } from '../platform/trail/testing/organisation.ts';
import { freePort, type Place, randomFrom, type ServerProcess, startProcess, urlOf } from '../platform/trail/testing/servers.ts';
import { createMap } from './maps.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { unsoundRows } from './testing/soundness.ts';
import { holdVersion, putInForce } from './versions.ts';
import { removeFolder } from '../platform/testing/folder.ts';

const cycles = process.env['AIMWELL_FULL'] === '1' ? 100 : 10;
const seed = Number(process.env['AIMWELL_SEED'] ?? Math.floor(Math.random() * 1e9));
const WRITERS = 4;

const children = new Set<ChildProcess>();
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  for (const end of ends.splice(0).toReversed()) await end();
});

/** People, a timer and a job side by side, joined at the end. */
const map = bpmn(`${startAndEnd}${userTask('a')}${userTask('b')}${userTask('c')}
  <parallelGateway id="split" /><parallelGateway id="join" />
  <intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent>
  <serviceTask id="n"><extensionElements xmlns:aims="urn:aimwell:process:1"><aims:step job="notify" /></extensionElements></serviceTask>
  ${flow('s', 'a', 'split', 'b', 'join', 'e')}${flow('split', 'c', 'join')}${flow('split', 't', 'n', 'join')}`);

const prepare = async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'aimwell-process-kills-'));
  ends.push(() => removeFolder(data));
  const test = await createTestDatabase();
  ends.push(() => test.drop());
  const place: Place = { data, port: await freePort(), databaseUrl: urlOf(test.owner) };
  const house = await openHouse(readConfig({ AIMWELL_DATA: data, PORT: String(place.port), DATABASE_URL: place.databaseUrl ?? '' }));
  const organisation = await createOrganisation(house.identity.parts, { name: 'Acme', slug: 'acme' });
  await house.database.inOrganisation(organisation.id, async (tx) => {
    const context = createContext({ actor: systemActor, organisation, now: new Date() });
    const id = await createMap(tx, context, { key: 'kills', xml: map, fileName: 'kills.bpmn', note: '' });
    const rows = await tx.query(versionOf(id));
    await putInForce(tx, context, await holdVersion(tx, rows[0]?.id ?? '', null), { person: null, name: 'Test', function: null });
  });
  const token = await createOperatorToken(house.identity.parts, 'acme', { name: 'writer', role: 'aims_manager', days: 1 });
  await house.close();
  const owner = new pg.Client(test.owner);
  await owner.connect();
  ends.push(() => owner.end());
  return { place, token, owner };
};

const versionOf = (map: string) => sql<{ id: string }>`select id from process_versions where map_id = ${map}::uuid`;

interface Seen {
  readonly started: Set<string>;
  readonly done: string[];
  unanswered: number;
}

/** Starts runs and completes whatever task it finds, racing with the others, until it is told to stop. */
const work = async (url: () => string, token: string, random: () => number, seen: Seen, stopped: () => boolean): Promise<void> => {
  const ask = async (method: string, address: string, body?: object): Promise<{ status: number; body: Record<string, unknown> } | null> => {
    try {
      const answer = await fetch(`${url()}/api/v1/orgs/acme/${address}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(10_000),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    } catch {
      return null;
    }
  };
  while (!stopped()) {
    if (random() < 0.25) {
      const started = await ask('POST', 'process-instances', { process: 'kills' });
      if (started?.status === 201) seen.started.add(String(started.body['id']));
    }
    const list = await ask('GET', 'process-tasks?limit=12');
    const items = (list?.body['items'] as { id: string }[] | undefined) ?? [];
    const task = items[Math.floor(random() * items.length)];
    if (task === undefined) {
      await sleep(30);
      continue;
    }
    const answer = await ask('POST', `process-tasks/${task.id}/complete`, {});
    if (answer === null) seen.unanswered += 1;
    else if (answer.status === 200) seen.done.push(task.id);
    else if (answer.status < 500 && answer.status !== 409)
      throw new Error(`expected 200 or 409, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
};

describe('a server killed in the middle of runs', () => {
  it(`loses, doubles and orphans no step in ${cycles} kills under ${WRITERS} writers`, { timeout: 3_600_000 }, async () => {
    const random = randomFrom(seed);
    const { place, token, owner } = await prepare();
    let server: ServerProcess = await startProcess(place, children);
    const seen: Seen = { started: new Set(), done: [], unanswered: 0 };
    let stop = false;
    const writing = Promise.all(
      Array.from({ length: WRITERS }, () =>
        work(
          () => server.url,
          token,
          random,
          seen,
          () => stop,
        ),
      ),
    );
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const before = seen.done.length;
      await until(() => seen.done.length > before + 2, 60_000);
      await sleep(random() * 400);
      await server.kill();
      expect(await unsoundRows(owner), `seed ${seed}, cycle ${cycle}`).toEqual([]);
      server = await startProcess(place, children);
      if (cycle % 10 === 9) process.stdout.write(`${cycle + 1} kills, ready after ${Math.round(server.readyMs)} ms\n`);
    }
    stop = true;
    await writing;
    expect(new Set(seen.done).size).toBe(seen.done.length);
    const { rows: done } = await owner.query<{ id: string }>("select id from process_tasks where state = 'done'");
    const stored = new Set(done.map(({ id }) => id));
    expect(seen.done.filter((id) => !stored.has(id))).toEqual([]);
    expect(stored.size).toBeLessThanOrEqual(seen.done.length + seen.unanswered);
    const { rows: runs } = await owner.query<{ id: string }>('select id from process_instances');
    expect([...seen.started].filter((id) => !runs.some((run) => run.id === id))).toEqual([]);
    await finishAll(server, token, owner);
    expect(await unsoundRows(owner)).toEqual([]);
    await server.stop();
    process.stdout.write(
      `${cycles} kills: ${runs.length} runs, ${seen.done.length} steps acknowledged, ${seen.unanswered} without an answer, seed ${seed}\n`,
    );
  });
});

/** Whatever was cut off goes on to its end: nothing waits for what never comes. */
const finishAll = async (server: ServerProcess, token: string, owner: pg.Client): Promise<void> => {
  // Messages that a killed server held are free after their lease; a test need not wait for that.
  await owner.query('update outbox_messages set claimed_until = null, due_at = now() where done_at is null');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const base = `${server.url}/api/v1/orgs/acme`;
  await until(async () => {
    const { items } = (await (await fetch(`${base}/process-tasks?limit=200`, { headers })).json()) as { items: { id: string }[] };
    for (const { id } of items) await fetch(`${base}/process-tasks/${id}/complete`, { method: 'POST', headers, body: '{}' });
    const { rows } = await owner.query<{ n: number }>("select count(*)::integer as n from process_instances where status <> 'completed'");
    return rows[0]?.n === 0;
  }, 300_000);
};
