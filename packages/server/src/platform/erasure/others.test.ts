import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation } from '../identity/founding.ts';
import { createAccountAndMembership } from '../identity/people.ts';
import { newId } from '../ids.ts';
import { ledgerOf, readLedger, rememberErasures } from './ledger.ts';
import { repeatErasures } from './repeat.ts';
import { createJourney, faultsIn, type Journey, password, placesOf } from './testing.ts';
import { removeFolder } from '../testing/folder.ts';

let journey: Journey;
let folder: string;
beforeAll(async () => {
  journey = await createJourney('others');
  folder = await mkdtemp(path.join(tmpdir(), 'aimwell-ledger-'));
});
afterAll(async () => {
  await journey.close();
  await removeFolder(folder);
});

const person = (values: object) => journey.administrator.do('POST', 'people', values);
const erase = (id: string) => journey.administrator.do('POST', `people/${id}/erase`, { reason: 'Asked for', leaveDuties: true, password });
const takeAwayAccess = async (personId: string) => {
  const member = (await journey.administrator.do('GET', 'members')).items?.find((one) => one['personId'] === personId);
  await journey.administrator.do('DELETE', `members/${member?.id}`);
};

describe('a name that two people bear', () => {
  it('is taken from the one who is erased, and texts are left to people', async () => {
    const first = await person({ name: 'Model owner of two', email: 'first@example.org' });
    const second = await person({ name: 'model owner of two', email: 'second@example.org', function: 'Stands in for first@example.org' });
    const system = await journey.administrator.do('POST', 'systems', { name: 'Shared', purpose: 'Kept by the Model owner of two' });
    expect((await journey.administrator.do('GET', `people/${first.id}/erasure`))['stays']).toMatchObject({ sharedName: true });
    await erase(first.id);
    expect(await journey.administrator.do('GET', `people/${first.id}`)).toMatchObject({ name: '[erased]', email: null });
    expect(await journey.administrator.do('GET', `people/${second.id}`)).toMatchObject({
      name: 'model owner of two',
      email: 'second@example.org',
      function: 'Stands in for [erased]',
    });
    expect((await journey.administrator.do('GET', `systems/${system.id}`))['purpose']).toBe('Kept by the Model owner of two');
    expect(await placesOf(journey.owner, ['first@example.org'])).toEqual([]);
    expect(await faultsIn(journey)).toEqual([]);
  });

  it('leaves an address that two share, and still empties an invitation of his', async () => {
    const first = await person({ name: 'Head of the shared desk', email: 'desk@example.org' });
    await person({ name: 'Deputy of the shared desk', email: 'desk@example.org' });
    await journey.administrator.do('POST', 'invitations', {
      email: 'desk@example.org',
      name: 'Head of the shared desk',
      personId: first.id,
      roles: ['reader'],
    });
    await erase(first.id);
    expect(await placesOf(journey.owner, ['Head of the shared desk'])).toEqual([]);
    expect(await placesOf(journey.owner, ['desk@example.org'])).toContain('public.people.email');
    expect(await faultsIn(journey)).toEqual([]);
  });
});

describe('name and address that two share', () => {
  it('still leave the trail whole: the invitation goes with its entry', async () => {
    const twin = { name: 'Twin of the desk', email: 'twins@example.org' };
    const first = await person(twin);
    await person(twin);
    await journey.administrator.do('POST', 'invitations', { ...twin, personId: first.id, roles: ['reader'] });
    await erase(first.id);
    const { rows } = await journey.owner.query('select email, name from invitations where person_id = $1', [first.id]);
    expect(rows).toEqual([{ email: '[erased]', name: '[erased]' }]);
    expect(await faultsIn(journey)).toEqual([]);
  });
});

describe('a name inside other words', () => {
  it('stays there', async () => {
    const li = await person({ name: 'Li', email: 'li@example.org' });
    const system = await journey.administrator.do('POST', 'systems', { name: 'Liability', purpose: 'Li asked: Liable, Berli, LI.' });
    await erase(li.id);
    expect(await journey.administrator.do('GET', `systems/${system.id}`)).toMatchObject({
      name: 'Liability',
      purpose: '[erased] asked: Liable, Berli, [erased].',
    });
    expect(await faultsIn(journey)).toEqual([]);
  });
});

describe('a name that JSON writes otherwise', () => {
  it('is found in payloads too', async () => {
    const names = ['Owner \\ Desk', 'Owner "of" Desk', 'Owner of\tDesk'];
    for (const name of names) {
      const odd = await person({ name });
      await journey.administrator.do('POST', 'systems', { name: `Kept by ${name}` });
      await erase(odd.id);
    }
    expect(await placesOf(journey.owner, names)).toEqual([]);
    expect(await faultsIn(journey)).toEqual([]);
  });
});

describe('an earlier erasure whose reason names somebody', () => {
  it('passes what it lists to the erasure of that person', async () => {
    const [client, agent] = [await person({ name: 'Client of the agent' }), await person({ name: 'Agent of somebody' })];
    await journey.administrator.do('POST', `people/${client.id}/erase`, { reason: 'For the Agent of somebody', password });
    await erase(agent.id);
    expect(await placesOf(journey.owner, ['Agent of somebody', 'Client of the agent'])).toEqual([]);
    expect(await faultsIn(journey)).toEqual([]);
  });
});

describe('an account', () => {
  it('stays where he belongs to another organisation too', async () => {
    const leaver = await journey.enter('reader', { name: 'Reader in two houses' });
    const parts = journey.house.identity.parts;
    await createOrganisation(parts, { name: 'Second', slug: 'second' });
    const elsewhere = await createAccountAndMembership(parts, {
      organisation: 'second',
      email: 'reader@others.example.org',
      name: 'Reader in two houses',
      roles: ['administrator'],
    });
    await takeAwayAccess(leaver.personId);
    expect(await erase(leaver.personId)).toMatchObject({ account: 'stays' });
    expect(await placesOf(journey.owner, ['reader@others.example.org'])).toEqual([
      'identity.user.email',
      'public.memberships.email',
      'public.people.email',
      'public.people_history.email',
      'public.search_documents.body',
      'public.search_documents.fts',
      'public.trail_payloads.payload',
    ]);
    const { rows } = await journey.owner.query<{ name: string }>('select name from people where id = $1', [elsewhere.personId]);
    expect(rows).toEqual([{ name: 'Reader in two houses' }]);
  });

  it('of a stranger is out of reach: an address in the directory is no access', async () => {
    const stranger = await person({ name: 'Somebody unknown', email: 'administrator@others.example.org' });
    expect((await journey.administrator.do('GET', `people/${stranger.id}/erasure`))['goes']).toMatchObject({ account: 'none' });
  });
});

describe('a restore of an older backup', () => {
  const line = (organisation: string, values: object) =>
    `${JSON.stringify({ organisation, entry: newId(), at: '2026-01-01T00:00:00.000Z', signaturesKept: false, salt: null, mark: null, ...values })}\n`;

  it('repeats what the ledger holds, access and all, and the second time nothing', async () => {
    const back = await journey.enter('contributor', { name: 'Contributor brought back' });
    const file = path.join(folder, 'erasures.jsonl');
    await writeFile(file, line(journey.organisation.id, { person: back.personId }) + line(newId(), { person: newId() }));
    expect(await repeatErasures(journey.house, file)).toEqual({ repeated: 1, skipped: 1 });
    expect(await placesOf(journey.owner, ['Contributor brought back', 'contributor@others.example.org'])).toEqual([]);
    expect(await faultsIn(journey)).toEqual([]);
    expect(await repeatErasures(journey.house, file)).toEqual({ repeated: 0, skipped: 2 });
  });

  it('finds by his address who has another id now', async () => {
    const gone = await person({ name: 'Somebody imported', email: 'Imported@example.org' });
    await erase(gone.id);
    const ledger = ledgerOf(journey.house.config.dataDirectory);
    const mine = (await readLedger(ledger)).find((one) => one.person === gone.id);
    await person({ name: 'Somebody imported', email: 'imported@example.org' });
    const file = path.join(folder, 'address.jsonl');
    await writeFile(file, line(journey.organisation.id, { ...mine, person: newId() }));
    expect(await repeatErasures(journey.house, file)).toEqual({ repeated: 1, skipped: 0 });
    expect(await placesOf(journey.owner, ['imported@example.org'])).toEqual([]);
  });

  it('names the line of a ledger that cannot be read, and passes over one that was cut off', async () => {
    const file = path.join(folder, 'damaged.jsonl');
    await writeFile(file, `nonsense\n${line(newId(), { person: newId() })}`);
    await expect(repeatErasures(journey.house, file)).rejects.toThrow('line 1: expected an erasure, got nonsense');
    await writeFile(file, `${line(newId(), { person: newId() })}{"organisation":"`);
    expect(await repeatErasures(journey.house, file)).toEqual({ repeated: 0, skipped: 1 });
  });

  it('a start catches up what a killed process did not write down, once', async () => {
    const file = path.join(folder, 'caught-up.jsonl');
    await writeFile(file, '{"organisation":"');
    const written = await rememberErasures(journey.house.database, file);
    expect(written).toBeGreaterThan(3);
    expect(await rememberErasures(journey.house.database, file)).toBe(0);
  });
});
