import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asOfMomentHeader, asOfSizeHeader } from '@aimwell/contract/platform/endpoint';
import { registerNamed, registers } from '@aimwell/contract/registers';
import type { Role } from '@aimwell/core/roles/permissions';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFurnishedHouse } from '../../generated/house.ts';
import { mountConformity } from '../../conformity/routes.ts';
import { mountReports } from '../../reports/routes.ts';
import { createApp } from '../http/app.ts';
import { createContext } from '../context.ts';
import { systemActor } from '../identity/founding.ts';
import { loadRow } from '../register/read.ts';
import { mountRegister } from '../register/routes.ts';
import { writeRecords } from '../register/write.ts';
import { pdfPages, squeezed } from '../reports/testing/pdf-text.ts';
import { unzip, xmlText } from '../reports/testing/unzip.ts';
import { momentOf, resolveAsOf } from './as-of.ts';
import { createAnchor } from './testing/anchor.ts';
import { removeFolder } from '../testing/folder.ts';

let built: Awaited<ReturnType<typeof createFurnishedHouse>>;
let keys: string;
let authorization: string;
let newSystem = '';
/** The same house, where who calls is said by a header: tokens cannot be external auditors. */
let auditors: FastifyInstance;

const then = '2026-04-15';
const later = '2026-05-02';
const ask = async (address: string, method: 'GET' | 'PATCH' | 'POST' = 'GET', payload?: object, headers: Record<string, string> = {}) =>
  built.app.inject({
    method,
    url: `/api/v1/orgs/ours${address}`,
    headers: { authorization, ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
const read = async <T = Record<string, unknown>>(address: string): Promise<T> => {
  const answer = await ask(address);
  if (answer.statusCode !== 200) throw new Error(`${address}: ${answer.statusCode} ${answer.body}`);
  return answer.json<T>();
};
const idOf = (register: string) => built.ours.ids[register] ?? '';
const change = (register: string, set: Readonly<Record<string, unknown>>) =>
  built.house.database.inOrganisation(built.ours.organisation.id, async (tx) => {
    const before = await loadRow(tx, registerNamed(register), idOf(register));
    const context = createContext({ actor: systemActor, organisation: built.ours.organisation, now: new Date('2026-04-20T09:00:00Z') });
    await writeRecords(tx, context, registerNamed(register), [{ before, set }], { command: 'patch', reason: 'found out' });
  });

beforeAll(async () => {
  built = await createFurnishedHouse();
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
  authorization = `Bearer ${await built.ours.token('administrator')}`;
  const { id } = built.ours.organisation;
  const anchor = await createAnchor(built.house.migrated, built.owner, keys);
  await ask('', 'PATCH', { settings: { conformity: { intervals: { contextReviewMonths: 6 } } } });
  await anchor.at(id, new Date('2026-04-01T12:00:00.000Z'));
  await change('systems', { name: 'Zirconium Ranker', purpose: 'Ranks', rolesLaw: ['deployer'] });
  await change('soa-entries', { justification: 'Because of the zirconium' });
  await change('evidence', { archivedAt: '2026-04-20T09:00:00.000Z', archivedReason: 'twice' });
  await ask(`/comments/systems/${idOf('systems')}`, 'POST', { body: 'Looks right' });
  newSystem = (await ask('/systems', 'POST', { name: 'Newcomer', owner: idOf('people') })).json<{ id: string }>().id;
  await ask('', 'PATCH', { name: 'Renamed organisation', settings: { conformity: { intervals: { contextReviewMonths: 9 } } } });
  await anchor.at(id, new Date('2026-05-01T12:00:00.000Z'));
  await change('systems', { name: 'Not anchored yet' });
  await ask(`/comments/systems/${idOf('systems')}`, 'POST', { body: 'Still does' });
  await anchor.close();

  auditors = await createApp({ publicUrl: 'http://127.0.0.1:5040', maxUploadBytes: 1000 });
  const house = {
    database: built.house.database,
    now: built.house.now,
    doorkeeper: {
      organisation: () => Promise.resolve(built.ours.organisation),
      actorIn: () => Promise.resolve({ kind: 'person' as const, personId: idOf('people'), roles: ['external_auditor'] as Role[] }),
      isSignedIn: () => Promise.resolve(true),
      refusedAttempt: () => Promise.resolve(),
    },
  };
  mountRegister(auditors, house, registerNamed('systems'), built.house.actions, () => Promise.resolve());
  mountConformity(auditors, house);
  mountReports(auditors, house);
}, 60_000);
afterAll(async () => {
  await auditors.close();
  await built.close();
  await removeFolder(keys);
});

describe('a moment', () => {
  const now = new Date('2026-05-10T12:00:00Z');
  it.each([
    { asked: '2026-03-31', is: '2026-03-31T23:59:59.999Z' },
    { asked: '2026-03-31T12:00:00+02:00', is: '2026-03-31T10:00:00.000Z' },
    // The present day has no end yet.
    { asked: '2026-05-10', is: '2026-05-10T12:00:00.000Z' },
    { asked: '2026-05-10T12:00:30Z', is: '2026-05-10T12:00:00.000Z' },
  ])('of $asked is $is', ({ asked, is }) => {
    expect(momentOf(asked, now).toISOString()).toBe(is);
  });

  it.each(['2026-05-12', '2026-05-10T12:02:00Z', '2026-02-30', 'yesterday', '', '0000-01-01', '2026-03-31T25:00:00Z', 'infinity'])(
    'refuses %j and names the field',
    async (asked) => {
      expect(() => momentOf(asked, now)).toThrow();
      const answer = await ask(
        `/systems?asOf=${encodeURIComponent(asked === '2026-05-12' ? '2999-01-01' : asked === '2026-05-10T12:02:00Z' ? '2999-01-01T00:00:00Z' : asked)}`,
      );
      expect(answer.statusCode).toBe(422);
      expect(answer.json<{ problems: { field: string; remedy: string }[] }>().problems).toMatchObject([
        { field: 'asOf', remedy: expect.any(String) },
      ]);
    },
  );
});

describe('a register as of a moment', () => {
  it('answers with what was anchored by then, and says on which checkpoint it rests', async () => {
    const answer = await ask(`/systems?asOf=${then}`);
    expect(answer.json<{ items: { name: string }[] }>().items.map(({ name }) => name)).toEqual(['Sample']);
    expect(Number(answer.headers[asOfSizeHeader])).toBeGreaterThan(0);
    expect(answer.headers[asOfMomentHeader]).toBe('2026-04-01T12:00:00.000Z');
    const names = async (query: string) => (await read<{ items: { name: string }[] }>(`/systems${query}`)).items.map(({ name }) => name);
    expect(await names(`?asOf=${later}`)).toEqual(['Zirconium Ranker', 'Newcomer']);
    // Today is the newest checkpoint; what waits for one is in no past.
    expect(await names(`?asOf=${new Date().toISOString().slice(0, 10)}`)).toEqual(['Zirconium Ranker', 'Newcomer']);
    expect(await names('')).toEqual(['Not anchored yet', 'Newcomer']);
    expect((await ask('/systems')).headers[asOfSizeHeader]).toBeUndefined();
  });

  it('is empty before the first checkpoint', async () => {
    const answer = await ask('/systems?asOf=2026-03-01');
    expect(answer.json()).toEqual({ items: [], next: null });
    expect(answer.headers).toMatchObject({ [asOfSizeHeader]: '0' });
    expect(answer.headers[asOfMomentHeader]).toBeUndefined();
    expect(await read('/systems/count?asOf=2026-03-01')).toEqual({ count: 0 });
    expect((await ask(`/systems/${idOf('systems')}?asOf=2026-03-01`)).statusCode).toBe(404);
  });

  it('gives single records, filters, counts, history and links of then', async () => {
    const system = idOf('systems');
    expect(await read(`/systems/${system}?asOf=${then}`)).toMatchObject({ version: 2, name: 'Sample' });
    expect((await ask(`/systems/${newSystem}?asOf=${then}`)).statusCode).toBe(404);
    expect(await read(`/systems/count?rolesLaw=deployer&asOf=${then}`)).toEqual({ count: 0 });
    expect(await read(`/systems/count?rolesLaw=deployer&asOf=${later}`)).toEqual({ count: 1 });
    expect((await read<{ items: unknown[] }>(`/evidence?asOf=${then}`)).items).toHaveLength(1);
    expect((await read<{ items: unknown[] }>(`/evidence?asOf=${later}`)).items).toHaveLength(0);
    expect((await read<{ items: unknown[] }>(`/evidence?asOf=${later}&archived=true`)).items).toHaveLength(1);
    const versions = async (query: string) =>
      (await read<{ items: { version: number; seq: number | null }[] }>(`/systems/${system}/history${query}`)).items;
    expect((await versions(`?asOf=${then}`)).map(({ version }) => version)).toEqual([2, 1]);
    const now = await versions('');
    expect(now.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
    expect(now.map(({ seq }) => seq === null)).toEqual([true, false, false, false]);
    const links = async (query: string) =>
      (await read<{ items: { id: string }[] }>(`/links/people/${idOf('people')}${query}`)).items.map(({ id }) => id);
    expect(await links('')).toContain(newSystem);
    expect(await links(`?asOf=${then}`)).not.toContain(newSystem);
    expect(await links(`?asOf=${then}`)).toContain(system);
  });

  it('has the comments made by then', async () => {
    const bodies = async (query: string) =>
      (await read<{ items: { body: string }[] }>(`/comments/systems/${idOf('systems')}${query}`)).items.map(({ body }) => body);
    expect(await bodies(`?asOf=${then}`)).toEqual([]);
    expect(await bodies(`?asOf=${later}`)).toEqual(['Looks right']);
    expect(await bodies('')).toEqual(['Looks right', 'Still does']);
  });

  it('finds the words that stood there then', async () => {
    const found = async (address: string) => (await read<{ items: { id: string }[] }>(address)).items.map(({ id }) => id);
    expect(await found(`/systems?q=zirconium&asOf=${then}`)).toEqual([]);
    expect(await found(`/systems?q=sample&asOf=${then}`)).toEqual([idOf('systems')]);
    expect(await found(`/systems?q=zirc&asOf=${later}`)).toEqual([idOf('systems')]);
    expect(await found('/systems?q=zirconium')).toEqual([]);
    expect(await found(`/search?q=zirconium&asOf=${then}`)).toEqual([]);
    expect(await found(`/search?q=zirc&asOf=${later}`)).toEqual([idOf('systems')]);
    expect(await read<{ count: number }>(`/systems/count?q=zirconium%20ranker&asOf=${later}`)).toEqual({ count: 1 });
  });

  it('is exported as it stood', async () => {
    const csv = async (query: string) => (await ask(`/export/systems?format=csv${query}`)).body;
    expect(await csv(`&asOf=${then}`)).toContain('Sample');
    expect(await csv(`&asOf=${then}`)).not.toContain('Newcomer');
    expect(await csv(`&asOf=${later}`)).toContain('Zirconium Ranker');
    expect(await csv('')).toContain('Not anchored yet');
  });
});

describe('what is built on the registers', () => {
  it('shows the Statement of Applicability of then', async () => {
    const why = async (query: string) => (await read<{ rows: { justification: string }[] }>(`/soa${query}`)).rows[0]?.justification;
    expect(await why(`?asOf=${then}`)).toBe('Sample');
    expect(await why(`?asOf=${later}`)).toBe('Because of the zirconium');
    expect(await read('/soa?asOf=2026-03-01')).toMatchObject({ version: null, rows: [] });
    expect(await read(`/soa?asOf=${later}`)).toMatchObject({ editable: 'nothing' });
  });

  it('judges the records, the day and the settings of then, and keeps nothing of it', async () => {
    const owner = new pg.Client(built.owner);
    await owner.connect();
    const tables = ['conformity_state', 'conformity_results', 'conformity_findings', 'conformity_days', 'conformity_stale'];
    const sums = tables.map((table) => `(select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from ${table} t) as ${table}`);
    const kept = async () => (await owner.query(`select ${sums.join(', ')}`)).rows;
    await read('/conformity');
    const before = await kept();
    const old = await read<{ judgedOn: string; coverage: { ran: number; total: number }; findings: unknown[] }>(`/conformity?asOf=${then}`);
    expect(old.judgedOn).toBe(then);
    expect(old.coverage.ran).toBeGreaterThan(20);
    const nothing = await read<{ coverage: { ran: number } }>('/conformity?asOf=2026-03-01');
    expect(nothing.coverage.ran).toBeLessThan(old.coverage.ran);
    const about = (query: string) => ask(`/conformity/about/systems/${newSystem}${query}`);
    expect((await about(`?asOf=${then}`)).statusCode).toBe(404);
    expect((await about(`?asOf=${later}`)).statusCode).toBe(200);
    expect(await kept()).toEqual(before);
    await owner.end();
    const interval = async (query: string) =>
      (await read<{ intervals: { name: string; value: number }[] }>(`/conformity/settings${query}`)).intervals.find(
        ({ name }) => name === 'contextReviewMonths',
      )?.value;
    expect([await interval(`?asOf=${then}`), await interval(`?asOf=${later}`), await interval('')]).toEqual([6, 9, 9]);
  });

  it('says the same of one record as the whole does, and pages through the records of a finding', async () => {
    const whole = await read<{ findings: { rule: string; affected: number; severity: string; records: { id: string }[] }[] }>(
      `/conformity?asOf=${later}`,
    );
    const about = await read<{ items: { rule: string; severity: string }[] }>(`/conformity/about/systems/${idOf('systems')}?asOf=${later}`);
    expect(about.items.length).toBeGreaterThan(0);
    for (const { rule, severity } of about.items) {
      const finding = whole.findings.find((one) => one.rule === rule);
      if (finding === undefined) continue;
      expect(finding).toMatchObject({ rule, severity });
      expect(finding.records.map(({ id }) => id)).toContain(idOf('systems'));
    }
    const many = whole.findings.find(({ records }) => records.length > 1);
    const ids: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: { items: { id: string }[]; next: string | null } = await read(
        `/conformity/records?rule=${many?.rule}&limit=1&asOf=${later}${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`,
      );
      ids.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(ids).toEqual(many?.records.map(({ id }) => id));
  });

  it('prints documents that say as of when, and under which checkpoint', async () => {
    const root = await built.house.database.inOrganisation(
      built.ours.organisation.id,
      async (tx) => (await resolveAsOf(tx, then, new Date())).checkpoint?.root ?? '',
    );
    expect(root).toMatch(/^.{43}=$/);
    const pdf = await ask(`/reports/risk-register?format=pdf&asOf=${then}`);
    expect(pdf.statusCode, pdf.body.slice(0, 300)).toBe(200);
    const pages = pdfPages(pdf.rawPayload).map(squeezed);
    expect(pages[0]).toContain(squeezed('what the records said then. It rests on the first'));
    for (const page of pages) expect(page).toContain(squeezed('· checkpoint'));
    const docx = unzip((await ask(`/reports/risk-register?format=docx&asOf=${then}`)).rawPayload);
    expect(xmlText(docx.get('word/document.xml') ?? '')).toContain(root);
    const xlsx = await ask(`/reports/risk-register?format=xlsx&asOf=${then}`);
    expect([...unzip(xlsx.rawPayload).values()].some((xml) => xml.includes('As of 15 April 2026'))).toBe(true);
    expect(xlsx.headers['content-disposition']).toContain('2026-04-15');
    const today = await ask('/reports/risk-register?format=docx');
    expect([...unzip(today.rawPayload).values()].some((xml) => xml.includes('As of'))).toBe(false);
  });

  it('tells where the trail begins and ends and what each day brought', async () => {
    const line = await read<{
      first: { at: string };
      last: { at: string; size: number };
      days: { day: string; entries: number; size: number }[];
    }>('/trail/timeline');
    expect(line.first.at).toBe('2026-04-01T12:00:00.000Z');
    expect(line.last.at).toBe('2026-05-01T12:00:00.000Z');
    expect(line.days.map(({ day }) => day)).toEqual(['2026-04-01', '2026-05-01']);
    expect(line.days.reduce((sum, { entries }) => sum + entries, 0)).toBe(line.last.size);
  });
});

describe('the past', () => {
  it('cannot be written', async () => {
    const asOf = await built.house.database.inOrganisation(built.ours.organisation.id, (tx) => resolveAsOf(tx, then, new Date()));
    const attempt = built.house.database.inOrganisation(
      built.ours.organisation.id,
      (tx) =>
        tx.query(
          sql`insert into conformity_stale (organization_id, id, register) values (${tx.organisationId}::uuid, ${newSystem}::uuid, 'systems')`,
        ),
      { asOf },
    );
    await expect(attempt).rejects.toMatchObject({ code: '25006' });
    for (const register of registers)
      await expect(
        built.house.database.inOrganisation(
          built.ours.organisation.id,
          (tx) => tx.query(sql`update ${sql.table(register.table)} set version = version`),
          { asOf },
        ),
      ).rejects.toThrow();
    const patched = await ask(`/systems/${newSystem}?asOf=${then}`, 'PATCH', { name: 'x' }, { 'if-match': '"1"' });
    expect(patched.statusCode).toBe(422);
    expect(patched.body).toContain('PRESENT_ONLY');
  });

  it('leaves the connection in the present', async () => {
    for (let turn = 0; turn < 20; turn += 1) await ask(`/systems?asOf=${then}`);
    const names = (await read<{ items: { name: string }[] }>('/systems')).items.map(({ name }) => name);
    expect(names).toEqual(['Not anchored yet', 'Newcomer']);
  });

  it('is read by an external auditor only with a line in the trail of today', async () => {
    const told = () =>
      built.house.database.inOrganisation(built.ours.organisation.id, async (tx) => {
        const [row] = await tx.query<{ n: number }>(sql`select count(*) as n from trail_entries where command in ('read', 'export')`);
        return row?.n ?? 0;
      });
    const before = await told();
    const list = await auditors.inject({ url: `/api/v1/orgs/ours/systems?asOf=${then}` });
    expect(list.json<{ items: { name: string }[] }>().items.map(({ name }) => name)).toEqual(['Sample']);
    expect(await told()).toBe(before + 1);
    expect((await auditors.inject({ url: `/api/v1/orgs/ours/reports/risk-register?format=xlsx&asOf=${then}` })).statusCode).toBe(200);
    expect(await told()).toBe(before + 3);
    // Predictions are shown to him by the organisation's leave of today, whatever it was then.
    expect((await auditors.inject({ url: `/api/v1/orgs/ours/conformity?asOf=${then}` })).statusCode).toBe(403);
  });
});
