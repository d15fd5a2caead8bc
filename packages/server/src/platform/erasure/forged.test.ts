import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { appendToTrail, type Entry } from '../trail/append.ts';
import { verifyLive } from '../trail/verify.ts';
import { anchorAll, createJourney, faultsIn, type Journey, password } from './testing.ts';
import { removeFolder } from '../testing/folder.ts';

// What somebody with all rights on the database could pass off as an erasure, and do to what an erasure left.
let journey: Journey;
let keys: string;
let system: { id: string };
let checkpoint: string;
let person: string;
let erasure: string;

/** Done as a superuser does it, and undone. */
const tampered = async (...statements: readonly string[]): Promise<string> => {
  const { owner } = journey;
  await owner.query('create schema aside; create table aside.p as table trail_payloads; create table aside.c as table comments');
  await owner.query('create table aside.s as table systems; create table aside.h as table systems_history');
  try {
    for (const statement of statements) await owner.query(statement);
    return (await faultsIn(journey, checkpoint)).join('\n');
  } finally {
    await owner.query(`
      update trail_payloads t set salt = a.salt, payload = a.payload, erased_by = a.erased_by from aside.p a where a.entry_id = t.entry_id;
      update comments t set body = a.body from aside.c a where a.id = t.id;
      update systems t set purpose = a.purpose from aside.s a where a.id = t.id;
      update systems_history t set purpose = a.purpose from aside.h a where a.id = t.id and a.version = t.version;
      drop schema aside cascade`);
  }
};
const told = async (entry: Pick<Entry, 'record' | 'command' | 'payload'>): Promise<string> => {
  const id = newId();
  const rest = { register: 'people', version: null, actor: null, time: new Date().toISOString(), request: null };
  await journey.house.database.inOrganisation(journey.organisation.id, (tx) => appendToTrail(tx, [{ ...rest, ...entry, entry: id }]));
  await anchorAll(journey, keys);
  return id;
};
const versionOf = async (version: number): Promise<string> => {
  const { rows } = await journey.owner.query<{ id: string }>('select entry_id as id from systems_history where id = $1 and version = $2', [
    system.id,
    version,
  ]);
  return rows[0]?.id ?? '';
};
const other = (table: string) => `update ${table} set purpose = 'Sorts people' where id = '${system.id}'`;

beforeAll(async () => {
  journey = await createJourney('forged');
  keys = await mkdtemp(path.join(tmpdir(), 'aimwell-forged-'));
  const { enter, owner, administrator } = journey;
  const manager = await enter('aims_manager');
  const leaver = await enter('reader', { name: 'Former Quality lead' });
  person = leaver.personId;
  system = await manager.do('POST', 'systems', { name: 'Triage', purpose: 'Sorts letters for the Former Quality lead' });
  await manager.do('POST', `comments/systems/${system.id}`, { body: 'Ask the Former Quality lead' });
  await manager.do('PATCH', `systems/${system.id}`, { purpose: 'Sorts letters' }, { 'if-match': '"1"' });
  const members = await administrator.do('GET', 'members');
  await administrator.do('DELETE', `members/${members.items?.find((one) => one['personId'] === person)?.id}`);
  const erased = await administrator.do('POST', `people/${person}/erase`, { reason: 'Asked for', password, leaveDuties: true });
  erasure = String((erased as unknown as { entryId: string }).entryId);
  await anchorAll(journey, keys);
  const { rows } = await owner.query<{ note: string }>('select note from trail_checkpoints order by size desc limit 1');
  checkpoint = rows[0]?.note ?? '';
});
afterAll(async () => {
  await journey.close();
  await removeFolder(keys);
});

describe('an erasure', () => {
  it('is no fault where nobody touched what it left', async () => {
    expect(await faultsIn(journey, checkpoint)).toEqual([]);
  });
  it('is counted: that something was erased is to be seen by whoever verifies', async () => {
    const { database, files } = journey.house;
    const found = await verifyLive({ database, files, organisationId: journey.organisation.id, keys: null, against: checkpoint });
    expect(found.erased?.erasures).toBe(1);
    expect(found.erased?.payloads).toBeGreaterThanOrEqual(2);
  });
  it('is not what an entry says that is no version of an erased person', async () => {
    const target = await versionOf(2);
    const forged = await told({ record: newId(), command: 'erase', payload: { input: { entries: [target] } } });
    expect(
      await tampered(
        `update trail_payloads set salt = '', payload = '', erased_by = '${forged}' where entry_id = '${target}'`,
        other('systems'),
        other('systems_history'),
      ),
    ).toContain(`(${target}): its payload is missing and no erasure names it`);
  });
  it('says what it left of a version, and of a comment', async () => {
    expect(await tampered(`${other('systems_history')} and version = 1`)).toContain(
      `(${await versionOf(1)}): what stands there is not what its erasure left`,
    );
    expect(await tampered("update comments set body = 'Ask nobody'")).toContain('what stands there is not what its erasure left');
  });
  it('says so once: a later entry in its name counts for nothing', async () => {
    const left = { [await versionOf(1)]: '0'.repeat(64) };
    await told({ record: person, command: 'remains', payload: { erasure, left } });
    expect(await tampered()).not.toContain('what stands there');
  });
});
