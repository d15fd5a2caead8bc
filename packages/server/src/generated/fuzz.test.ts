import type { Endpoint } from '@aimwell/contract/platform/endpoint';
import draft from '@aimwell/catalog/drafts/risk-criteria.json' with { type: 'json' };
import { problem } from '@aimwell/contract/platform/problem';
import { registers } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allEndpoints } from '../compose.ts';
import { createOperatorToken } from '../platform/identity/identity.ts';
import { type Chance, chance, type Known, nastyTexts, valueFor } from './fuzz.ts';
import { createFurnishedHouse } from './house.ts';

/** The same requests on every run; another seed looks elsewhere. */
const seed = Number(process.env['AIMWELL_FUZZ_SEED'] ?? 42_001);
const only = process.env['AIMWELL_FUZZ_ONLY'] ?? '';
const each = Number(process.env['AIMWELL_FUZZ_EACH'] ?? 12);

let built: Awaited<ReturnType<typeof createFurnishedHouse>>;
let known: Known;
let authorization: string;

/** A person's token that may sign: most of the product lies behind both. */
const enter = async () => {
  const { house, ours } = built;
  await house.database.inOrganisation(ours.organisation.id, (tx) =>
    tx.query(sql`update organizations set settings = '{"tokensMaySign":true}' where id = ${ours.organisation.id}::uuid`),
  );
  authorization = `Bearer ${await createOperatorToken(house.identity.parts, 'ours', { name: 'fuzz', role: 'administrator', days: 1, personId: ours.ids['people'] ?? null })}`;
};

/** Furnished criteria have no scales, and without scales no rating is possible. */
const giveScales = async () => {
  const { id } = { id: built.ours.ids['risk-criteria'] ?? '' };
  const answer = await built.app.inject({
    method: 'POST',
    url: `/api/v1/orgs/ours/risk-criteria/${id}/setScales`,
    headers: { authorization },
    payload: draft.criteria.scales,
  });
  expect(answer.statusCode, answer.body).toBe(200);
};

const uploadTable = async (): Promise<string> => {
  const body = '--x\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\nName,Owner\r\nOne,Somebody\r\n\r\n--x--\r\n';
  const answer = await built.app.inject({
    method: 'POST',
    url: '/api/v1/orgs/ours/import/systems/file',
    headers: { authorization, 'content-type': 'multipart/form-data; boundary=x' },
    payload: body,
  });
  return (JSON.parse(answer.body) as { file?: string }).file ?? 'f'.repeat(64);
};

beforeAll(async () => {
  built = await createFurnishedHouse();
  await enter();
  await giveScales();
  const { ours, theirs } = built;
  known = {
    ids: [...Object.values(ours.ids), theirs.ids['systems'] ?? '', '00000000-0000-7000-8000-000000000000'],
    named: {
      file: [await uploadTable()],
      sort: ['identifier', '-updatedAt'],
      control: ['A.2.2', 'A.6.2.4'],
      asOf: ['2026-01-15', new Date().toISOString().slice(0, 10), new Date().toISOString(), '2026-02-30', '2999-01-01', '-infinity'],
      controls: [['A.2.2']],
      requirements: [['4.1-1']],
      password: ['a password'],
      name: ['list.csv'],
      index: [0, 1, 2],
      set: [{}, { name: 'Other' }, { unit: 'Sales' }, { state: 'retired' }, { custom: { a: 'b' } }, { description: null }],
      key: ['Name', 'Owner'],
      field: ['name', 'owner', 'state', 'custom', '__proto__', 'constructor', 'lawClass'],
      cursor: [
        'W251bGwsMV0',
        'WyIyMDI2LTAxLTAxIiwxXQ',
        'WyJ4Iiw5MDA3MTk5MjU0NzQwOTkxXQ',
        'WyJcdTAwMDAiLDFd',
        'W251bGwsLTE1MDAwMDAwMDAwMF0',
        'e30',
      ],
    },
  };
});
afterAll(() => built.close());

const query = (endpoint: Endpoint, random: Chance): string => {
  if (endpoint.query === undefined) return '';
  const given = valueFor(endpoint.query, known, random, 0.12);
  if (given === null || typeof given !== 'object') return `?x=${encodeURIComponent(JSON.stringify(given).slice(0, 500))}`;
  const pairs = Object.entries(given).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (one) => [name, (typeof one === 'string' ? one : (JSON.stringify(one) ?? '')).toWellFormed()] as const,
    ),
  );
  return `?${pairs.map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.slice(0, 3000))}`).join('&')}`;
};

const address = (endpoint: Endpoint, random: Chance): string =>
  endpoint.path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => {
    if (random.once(0.04)) return encodeURIComponent(random.pick(nastyTexts).toWellFormed().slice(0, 250)) || 'x';
    if (name === 'org') return 'ours';
    if (name === 'id')
      return random.once(0.85) && endpoint.register !== undefined ? (built.ours.ids[endpoint.register] ?? '') : random.pick(known.ids);
    if (name === 'register') return random.pick(registers).name;
    return (
      { list: 'controls', report: random.pick(['soa', 'risk-register', 'scope']) }[name] ??
      encodeURIComponent(random.pick(nastyTexts).toWellFormed().slice(0, 80))
    );
  });

const headersFor = (endpoint: Endpoint, random: Chance): Record<string, string> => ({
  authorization,
  ...(random.once(endpoint.method === 'PATCH' || endpoint.method === 'DELETE' ? 0.9 : 0.2)
    ? { 'if-match': random.pick(['"1"', '"2"', '*', 'W/"2"', 'x', '"99999999999999999999"', '-1']) }
    : {}),
  ...(random.once(0.2) ? { 'idempotency-key': random.pick(['a', 'b', 'ü'.repeat(201), ' ', `${random.next()}`]) } : {}),
});

/** Sends it; where only the version was wrong, once more with the right one. */
const send = async (endpoint: Endpoint, random: Chance) => {
  const request = {
    method: endpoint.method,
    url: address(endpoint, random) + query(endpoint, random),
    headers: headersFor(endpoint, random),
    ...(endpoint.method === 'GET'
      ? {}
      : { payload: JSON.stringify(endpoint.body === undefined ? {} : valueFor(endpoint.body, known, random)) }),
  };
  const typed = endpoint.method === 'GET' ? request : { ...request, headers: { ...request.headers, 'content-type': 'application/json' } };
  const first = await built.app.inject(typed);
  const told = first.statusCode === 412 ? (JSON.parse(first.body) as { currentVersion?: number }).currentVersion : undefined;
  const answer = told === undefined ? first : await built.app.inject({ ...typed, headers: { ...typed.headers, 'if-match': `"${told}"` } });
  return { request, answer };
};

type Sent = Awaited<ReturnType<typeof send>>;

/** What is wrong with an answer, or nothing. */
const against = (endpoint: Endpoint, { answer }: Sent): string | null => {
  const { statusCode, body } = answer;
  if (statusCode >= 500) return `answered ${statusCode}`;
  if (/\bat \/|node_modules|\bpg_|violates|relation "/.test(body) && statusCode >= 400) return 'tells of the inside';
  if (statusCode >= 400) {
    const told = problem.safeParse(JSON.parse(body));
    if (!told.success) return `is no problem: ${told.error.issues[0]?.message}`;
    return told.data.remedy === undefined && !(told.data.problems ?? []).every((item) => item.remedy !== undefined)
      ? 'names no remedy'
      : null;
  }
  if (endpoint.binary === true) return null;
  if (!String(answer.headers['content-type']).startsWith('application/json')) return `answers ${String(answer.headers['content-type'])}`;
  const checked = endpoint.response.safeParse(JSON.parse(body));
  return checked.success ? null : `answers otherwise than declared: ${JSON.stringify(checked.error.issues[0])}`;
};

const short = (value: unknown): string => JSON.stringify(value).slice(0, 400);

describe(`about ${each} requests to every endpoint, made of the declarations and spoilt in places`, () => {
  it('are all answered as declared: never by a failure, always with a remedy', async () => {
    const random = chance(seed);
    // What ends records comes last, or everything else would only meet what is archived.
    const endpoints = allEndpoints()
      .filter(({ name }) => name.startsWith(only))
      .toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'));
    const wrong: string[] = [];
    const statuses = new Map<number, number>();
    for (const endpoint of endpoints) {
      for (let turn = 0; turn < each; turn += 1) {
        const sent = await send(endpoint, random);
        statuses.set(sent.answer.statusCode, (statuses.get(sent.answer.statusCode) ?? 0) + 1);
        const found = against(endpoint, sent);
        if (found !== null) wrong.push(`${endpoint.name} ${found}: ${short(sent.request)} -> ${sent.answer.body.slice(0, 300)}`);
      }
    }
    if (process.env['AIMWELL_FUZZ_SHOW'] !== undefined) process.stderr.write(`${JSON.stringify([...statuses])}\n${wrong.join('\n')}\n`);
    expect(wrong.slice(0, 20)).toEqual([]);
    // A fuzz that is turned away at the door tests the door.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(endpoints.length * each * 0.1);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
