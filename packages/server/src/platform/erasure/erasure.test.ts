import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../journey/testing.ts';
import { password } from '../../journey/testing.ts';
import { newId } from '../ids.ts';
import { ledgerOf, readLedger } from './ledger.ts';
import { anchorAll, createJourney, faultsIn, type Journey, placesOf } from './testing.ts';
import { removeFolder } from '../testing/folder.ts';

const name = 'Former Qualitäts lead';
const email = 'top_management@erase.example.org';
const words = [name, email];
let journey: Journey;
let leaver: Visitor;
let keys: string;
let statement: { id: string; version: number };
let checkpoint: string;

const erase = (body: object, visitor = journey.administrator) =>
  visitor.ask('POST', `people/${leaver.personId}/erase`, { reason: 'Asked for by the person', password, ...body });
const codes = (reply: Awaited<ReturnType<typeof erase>>) => (reply.body.problems ?? []).map(({ code }) => code);

beforeAll(async () => {
  journey = await createJourney('erase');
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-erase-'));
  const { administrator, enter, owner, organisation } = journey;
  leaver = await enter('top_management', { name });
  const manager = await enter('aims_manager');
  const auditor = await enter('external_auditor', { validFrom: '2020-01-01', validUntil: '2099-01-01' });
  // Everywhere a name comes to stand: records, own words, comments, letters of either case, two ways to write ä, JSON, the web address.
  const system = await manager.do('POST', 'systems', {
    name: 'Triage',
    purpose: `Introduced by ${name.toUpperCase()},\nwho left`,
    owner: leaver.personId,
  });
  await manager.do('POST', 'objectives', { title: `Ask ${name.normalize('NFD')} (${email})`, description: 'Nothing of him' });
  await manager.do('PATCH', `systems/${system.id}`, { purpose: 'Sorts letters', reason: `As ${name} said` }, { 'if-match': `"1"` });
  await leaver.do('POST', `comments/systems/${system.id}`, { body: `Signed, ${name}` });
  await manager.do('POST', `comments/systems/${system.id}`, { body: 'Nothing of him' });
  await auditor.do('GET', `systems?q=${encodeURIComponent(name).replaceAll('%20', '+')}`);
  await administrator
    .do('POST', 'invitations', { email: 'old@example.org', name, roles: ['reader'], personId: leaver.personId })
    .catch(() => {});
  await administrator.do('POST', 'role-assignments', { title: 'Quality', responsibility: 'other', holder: leaver.personId });
  const draft = await manager.do('POST', 'scope-statements', { statement: 'The use of AI in sorting letters' });
  await manager.do('POST', `scope-statements/${draft.id}/submit`, {});
  statement = await leaver.do('POST', `scope-statements/${draft.id}/approve`, { password });
  await owner.query(`insert into long_work (organization_id, id, kind, state, label, result) values ($1, $2, 'import', 'done', $3, $4)`, [
    organisation.id,
    newId(),
    `List of ${name}`,
    { rows: [{ [email]: name, note: 'kept' }] },
  ]);
  await owner.query(`insert into import_rows (organization_id, register, source, identity, record_id) values ($1, 'people', 's', $2, $3)`, [
    organisation.id,
    JSON.stringify([email]),
    leaver.personId,
  ]);
  await owner.query(`update objectives set custom = $2 where organization_id = $1`, [organisation.id, { where: [`at ${email}`] }]);
  await owner.query(`update objectives_history set custom = $2 where organization_id = $1`, [organisation.id, { where: [`at ${email}`] }]);
  await anchorAll(journey, keys);
  const { rows } = await owner.query<{ note: string }>('select note from trail_checkpoints order by size desc limit 1');
  checkpoint = rows[0]?.note ?? '';
});
afterAll(async () => {
  await journey.close();
  await removeFolder(keys);
});

describe('before anything is erased', () => {
  it('his name stands in many places', async () => {
    const places = await placesOf(journey.owner, words);
    for (const place of [
      'identity.user.email',
      'identity.user.name',
      'public.comments.body',
      'public.idempotency_keys.answer',
      'public.import_rows.identity',
      'public.long_work.label',
      'public.long_work.result',
      'public.memberships.email',
      'public.objectives.custom',
      'public.objectives.title',
      'public.people.name',
      'public.people_history.email',
      'public.scope_statements.approved_name',
      'public.search_documents.title',
      'public.systems_history.purpose',
      'public.trail_payloads.payload',
    ].filter((one) => one !== 'public.idempotency_keys.answer'))
      expect(places).toContain(place);
  });

  it('only an administrator asks for it, and with his password', async () => {
    expect((await erase({}, leaver)).status).toBe(403);
    expect((await erase({ password: 'not this one' })).body['code']).toBe('PASSWORD_REQUIRED');
  });

  it('who has access is refused, with everything else that stands against it', async () => {
    expect(codes(await erase({}))).toEqual(['HAS_ACCESS', 'OPEN_DUTIES', 'SIGNATURE_RETAINED']);
    expect(codes(await erase({ exceptSignatures: true, leaveDuties: true }))).toEqual(['HAS_ACCESS']);
  });
});

describe('with his access taken away', () => {
  beforeAll(async () => {
    const members = await journey.administrator.do('GET', 'members');
    const member = members.items?.find((one) => one['personId'] === leaver.personId);
    await journey.administrator.do('DELETE', `members/${member?.id}`);
  });

  it('the preview says what goes and what stands against it, and changes nothing', async () => {
    const before = await placesOf(journey.owner, words);
    const seen = await journey.administrator.do('GET', `people/${leaver.personId}/erasure`);
    expect(seen).toMatchObject({
      erasedOn: null,
      goes: { account: 'erased' },
      duties: [{ identifier: 'ROL-0001' }, { identifier: 'SYS-0001' }],
      signatures: [{ identifier: 'SCO-0001', until: null }].map(({ until }) => ({ until })),
      stays: { sharedName: false, fileNames: 0, mapFiles: 0 },
    });
    expect((seen['against'] as { code: string }[]).map(({ code }) => code)).toEqual(['OPEN_DUTIES', 'SIGNATURE_RETAINED']);
    expect((seen['goes'] as { payloads: number }).payloads).toBeGreaterThan(6);
    expect(await placesOf(journey.owner, words)).toEqual(before);
  });

  it('the name under an approval in force is refused, with the reason', async () => {
    const reply = await erase({ leaveDuties: true });
    expect(reply.status).toBe(409);
    expect(reply.body.problems).toMatchObject([
      { code: 'SIGNATURE_RETAINED', message: expect.stringMatching(/approval of \S+ on \d{4}-\d\d-\d\d, which is in force/) },
    ]);
  });

  it('a reason that names him is refused: it stays as long as the trail', async () => {
    expect(codes(await erase({ exceptSignatures: true, leaveDuties: true, reason: `For ${name.toLowerCase()}` }))).toEqual([
      'REASON_NAMES_PERSON',
    ]);
  });

  it('a legal hold is refused whatever the choice', async () => {
    const settings = (hold: object | null) => journey.administrator.do('PATCH', '', { settings: { erasure: { legalHold: hold } } });
    await settings({ reason: 'A dispute', until: null });
    expect(codes(await erase({ exceptSignatures: true, leaveDuties: true }))).toEqual(['LEGAL_HOLD']);
    await settings(null);
  });

  it('everything goes except the signature, and the trail still verifies', async () => {
    const reply = await erase({ exceptSignatures: true, leaveDuties: true });
    expect(reply.body).toMatchObject({ already: false, account: 'erased', signaturesKept: 1 });
    expect(await placesOf(journey.owner, [email])).toEqual([]);
    expect(await placesOf(journey.owner, [name])).toEqual([
      'public.scope_statements.approved_name',
      'public.scope_statements_history.approved_name',
      'public.trail_payloads.payload',
    ]);
    await anchorAll(journey, keys);
    expect(await faultsIn(journey, checkpoint)).toEqual([]);
  });

  it('a second erasure does nothing and says so', async () => {
    const entries = () => journey.owner.query<{ n: string }>(`select count(*) as n from trail_entries where command = 'erase'`);
    const before = (await entries()).rows;
    expect((await erase({ exceptSignatures: true })).body).toMatchObject({ already: true, entryId: null, signaturesKept: 1 });
    expect((await entries()).rows).toEqual(before);
  });

  it('what others wrote lives on, and the person is nobody', async () => {
    const { administrator } = journey;
    expect(await administrator.do('GET', `people/${leaver.personId}`)).toMatchObject({ name: '[erased]', email: null, active: false });
    expect((await administrator.do('GET', 'objectives')).items).toMatchObject([
      { title: 'Ask [erased] ([erased])', description: 'Nothing of him', custom: { where: ['at [erased]'] } },
    ]);
    const [system] = (await administrator.do('GET', 'systems')).items ?? [];
    const comments = (await administrator.do('GET', `comments/systems/${system?.id}`)).items ?? [];
    expect(comments.map((one) => one['body'])).toEqual(['Signed, [erased]', 'Nothing of him']);
    const history = (await administrator.do('GET', `systems/${system?.id}/history`)).items ?? [];
    expect(history.map((one) => one['reason'])).toEqual([null, null]);
    expect((await administrator.do('GET', `people/${leaver.personId}/history`)).items?.[0]).toMatchObject({
      command: 'erase',
      reason: 'Asked for by the person',
    });
  });

  it('once the retention of the signature is over, the name goes too', async () => {
    const { administrator, owner } = journey;
    await administrator.do('PATCH', '', { settings: { erasure: { signatureYears: 0 } } });
    const director = await journey.enter('top_management');
    const next = await administrator.do('POST', 'scope-statements', { statement: 'The use of AI in sorting parcels' });
    await administrator.do('POST', `scope-statements/${next.id}/submit`, {});
    await director.do('POST', `scope-statements/${next.id}/approve`, { password });
    expect((await administrator.do('GET', `scope-statements/${statement.id}`))['state']).toBe('superseded');
    expect((await erase({})).body).toMatchObject({ already: false, signaturesKept: 0 });
    expect(await placesOf(owner, [name])).toEqual([]);
    await anchorAll(journey, keys);
    expect(await faultsIn(journey, checkpoint)).toEqual([]);
    expect((await erase({})).body).toMatchObject({ already: true });
  });
});

describe('the ledger beside the database', () => {
  it('holds each erasure in ids and hashes alone, readable by the owner alone', async () => {
    const file = ledgerOf(journey.house.config.dataDirectory);
    const lines = await readLedger(file);
    expect(lines.map(({ person, signaturesKept }) => ({ person, signaturesKept }))).toEqual([
      { person: leaver.personId, signaturesKept: true },
      { person: leaver.personId, signaturesKept: false },
    ]);
    expect(lines[0]?.mark).toMatch(/^[0-9a-f]{64}$/);
    const text = await readFile(file, 'utf8');
    for (const word of words) expect(text).not.toContain(word);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is the only thing of him in the data folder, and not by name', async () => {
    const files = await readdir(journey.house.config.dataDirectory, { recursive: true });
    for (const word of words) expect(files.join('\n')).not.toContain(word);
  });
});

describe('somebody with the rights of the database', () => {
  const blank = (erasedBy: string, work: () => Promise<void>) => async () => {
    const { owner, organisation } = journey;
    const { rows } = await owner.query<{ entry_id: string; salt: Buffer; payload: Buffer }>(
      `select p.entry_id, p.salt, p.payload from trail_payloads p join trail_entries e on e.organization_id = p.organization_id and e.id = p.entry_id
       where p.organization_id = $1 and e.register = 'organisation' and e.command = 'create'`,
      [organisation.id],
    );
    const entry = rows[0];
    await owner.query(`update trail_payloads set salt = '', payload = '', erased_by = ${erasedBy} where entry_id = $1`, [entry?.entry_id]);
    await work();
    await owner.query('update trail_payloads set salt = $2, payload = $3, erased_by = null where entry_id = $1', [
      entry?.entry_id,
      entry?.salt,
      entry?.payload,
    ]);
    expect(await faultsIn(journey)).toEqual([]);
  };
  const found = async () => expect((await faultsIn(journey)).join()).toMatch(/its payload is missing and no erasure names it/);

  it('who empties a payload without an erasure is found', blank('null', found));
  it('who names an erasure that does not list it is found', blank(`(select entry_id from erasures limit 1)`, found));
  it('who names another entry is found', blank('entry_id', found));
});

describe('the database itself', () => {
  const inOther = async <T>(work: Parameters<typeof journey.house.database.inOrganisation<T>>[1]) =>
    journey.house.database.inOrganisation(newId(), work);

  it('finds nobody of another organisation', async () => {
    expect(await inOther((tx) => tx.query(sql`select * from erasure_finds(${leaver.personId}::uuid, '{}', null)`))).toEqual([]);
  });

  it('erases by an entry of this organisation and this transaction only', async () => {
    const { rows } = await journey.owner.query<{ entry_id: string }>('select entry_id from erasures limit 1');
    const call = (tx: { query: (fragment: never) => Promise<unknown> }) =>
      tx.query(sql`select erase_person(${rows[0]?.entry_id}::uuid, ${newId()}::uuid, 'a reason')` as never);
    await expect(inOther(call)).rejects.toThrow('that this transaction wrote');
    await expect(journey.house.database.inOrganisation(journey.organisation.id, call)).rejects.toThrow('that this transaction wrote');
  });

  it.each([
    'update trail_payloads set payload = payload',
    'delete from trail_payloads',
    'insert into erasures (organization_id) values (null)',
    'update erasures set at = at',
    'select erasure_words(null)',
  ])('lets the app not do this: %s', async (text) => {
    await expect(journey.house.database.inOrganisation(journey.organisation.id, (tx) => tx.query(sql.raw(text)))).rejects.toThrow(
      'permission denied',
    );
  });

  it('tells the ledger ids and hashes and nothing else', async () => {
    const rows = await journey.house.database.callAcross<Record<string, unknown>>(sql`select * from erasures_to_remember()`);
    expect(Object.keys(rows[0] ?? {})).toEqual(['organization_id', 'person_id', 'entry_id', 'at', 'signatures_kept', 'mark_salt', 'mark']);
  });
});
