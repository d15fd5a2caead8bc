import { riskAssessments, risks } from '@aimwell/contract/risks/risks';
import { authorities, roleAssignments } from '@aimwell/contract/roles/roles';
import { controlTests, soaEntries, soaVersions } from '@aimwell/contract/soa/soa';
import { systems } from '@aimwell/contract/systems/systems';
import { treatments } from '@aimwell/contract/treatment/treatments';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rolesBehaviours } from '../roles/actions.ts';
import { createRooms, type Rooms, type Who } from '../soa/testing.ts';
import { readAwaiting } from './awaiting.ts';
import { readChanged } from './changes.ts';
import { readDueDates } from './due.ts';

let rooms: Rooms;
beforeEach(async () => {
  rooms = await createRooms(rolesBehaviours);
});
afterEach(() => rooms.drop());

const due = (who: Who = 'owner', onlyMine = false) => rooms.within((tx) => readDueDates(tx, rooms.contextOf(who), 50, onlyMine));
const awaiting = async (who: Who) =>
  (await rooms.within((tx) => readAwaiting(tx, rooms.contextOf(who)))).map(({ deed, identifier }) => `${deed} ${identifier}`);

describe('what is due', () => {
  it('is everything late or within ninety days, mine first, each part by date', async () => {
    await rooms.plant(systems, { name: 'Near', owner: rooms.ids.manager, reviewDue: '2026-03-20' });
    await rooms.plant(systems, { name: 'Late', owner: rooms.ids.manager, reviewDue: '2026-02-20' });
    await rooms.plant(systems, { name: 'Mine', owner: rooms.ids.owner, reviewDue: '2026-05-31' });
    await rooms.plant(systems, { name: 'Too far', owner: rooms.ids.owner, reviewDue: '2026-06-01' });
    const { items, ...counts } = await due();
    expect(items.map(({ title, mine, person, field }) => [title, mine, person, field])).toEqual([
      ['Mine', true, 'The owner', 'reviewDue'],
      ['Late', false, 'The manager', 'reviewDue'],
      ['Near', false, 'The manager', 'reviewDue'],
    ]);
    expect(counts).toEqual({ total: 3, late: 1, mine: 1 });
    expect((await due('owner', true)).items.map(({ title }) => title)).toEqual(['Mine']);
  });

  it('asks nothing more of what is finished, retired or archived', async () => {
    const risk = await rooms.plant(risks, {
      statement: 'Wrong answers',
      state: 'closed',
      reviewDue: '2026-03-01',
      acceptedUntil: '2026-03-01',
    });
    for (const state of ['done', 'effective', 'cancelled'])
      await rooms.plant(treatments, { title: state, risk: risk.id, option: 'modify', state, dueDate: '2026-03-01' });
    await rooms.plant(treatments, { title: 'Open', risk: risk.id, option: 'modify', state: 'in_progress', dueDate: '2026-03-01' });
    await rooms.plant(systems, { name: 'Old', state: 'retired', reviewDue: '2026-03-01' });
    await rooms.plant(systems, { name: 'Gone', reviewDue: '2026-03-01', archivedAt: '2026-03-01T00:00:00Z', archivedReason: 'twice' });
    expect((await due()).items.map(({ title }) => title)).toEqual(['Open']);
  });

  it('counts the newest test of a control and the statement in force alone', async () => {
    const test = { control: 'A.6.2.4', testedOn: '2025-12-01', outcome: 'effective', nextDue: '2026-03-01' };
    await rooms.plant(controlTests, { ...test, title: 'First' });
    await rooms.plant(controlTests, { ...test, title: 'Second', testedOn: '2026-02-01', nextDue: '2026-05-01' });
    const [old, inForce, draft] = await Promise.all(
      ['superseded', 'approved', 'draft'].map((state) => rooms.plant(soaVersions, { name: state, state })),
    );
    for (const version of [old, inForce, draft])
      await rooms.plant(soaEntries, {
        title: String(version?.['name']),
        soa: version?.id,
        control: 'A.2.2',
        decision: 'included',
        targetDate: '2026-03-01',
      });
    expect((await due()).items.map(({ title }) => title)).toEqual(['approved', 'Second']);
  });

  it('leaves an authority alone that a later one follows', async () => {
    const authority = { holder: rooms.ids.director, riskLevelLimit: 9, fromDate: '2025-01-01' };
    await rooms.plant(authorities, { ...authority, title: 'Ends', untilDate: '2026-03-31' });
    expect((await due()).total).toBe(1);
    await rooms.plant(authorities, { ...authority, title: 'Goes on', fromDate: '2026-04-01' });
    expect((await due()).total).toBe(0);
  });
});

describe('what awaits a person', () => {
  it('is the role proposed to him, and nobody else’s', async () => {
    await rooms.create(roleAssignments, { title: 'Overseer', responsibility: 'human_oversight', holder: rooms.ids.owner });
    expect(await awaiting('owner')).toEqual(['acceptRole ROL-0001']);
    expect(await awaiting('manager')).toEqual([]);
    await rooms.run(roleAssignments, (await rooms.find(roleAssignments, {}))[0]?.id ?? '', 'accept', {}, 'owner');
    expect(await awaiting('owner')).toEqual([]);
  });

  it('is a version in review for whoever holds the authority and did not write it', async () => {
    const version = { name: 'SoA 1', state: 'in_review', submittedBy: rooms.ids.manager };
    await rooms.plant(soaVersions, version);
    expect(await awaiting('director')).toEqual([]);
    const authority = { title: 'Management', riskLevelLimit: 9, approvesSoa: true, fromDate: '2026-01-01' };
    await rooms.plant(authorities, { ...authority, holder: rooms.ids.director });
    await rooms.plant(authorities, { ...authority, holder: rooms.ids.manager });
    expect(await awaiting('director')).toEqual(['approveVersion SOA-0001']);
    expect(await awaiting('manager')).toEqual([]);
  });

  it('is the acceptance of a risk by its owner where nothing else is left', async () => {
    const rated = { inherentLevel: 6, aboveThreshold: 'no', kind: 'risk', owner: rooms.ids.owner };
    await rooms.plant(risks, { ...rated, statement: 'Within the criteria', state: 'evaluated' });
    const high = await rooms.plant(risks, { ...rated, statement: 'Above the threshold', state: 'evaluated', aboveThreshold: 'yes' });
    await rooms.plant(treatments, { title: 'Keep it', risk: high.id, option: 'retain' });
    expect(await awaiting('owner')).toEqual(['acceptRisk RSK-0001']);
    await rooms.replant(risks, high, { state: 'plan_approved' });
    expect(await awaiting('owner')).toEqual(['acceptRisk RSK-0001', 'acceptRisk RSK-0002']);
    await rooms.plant(treatments, { title: 'Check answers', risk: high.id, option: 'modify' });
    expect(await awaiting('owner')).toEqual(['acceptRisk RSK-0001']);
  });
});

describe('an accepted risk above the threshold', () => {
  it('awaits approval by whose limit reaches its level, until the rating is a newer one', async () => {
    const risk = await rooms.plant(risks, { statement: 'Wrong answers', kind: 'risk', owner: rooms.ids.owner, inherentLevel: 12 });
    const rating = await rooms.plant(riskAssessments, { summary: 'Level 12', risk: risk.id });
    const signed = { acceptedBy: rooms.ids.owner, acceptedOn: '2026-03-01', acceptedUntil: '2027-03-01', acceptedLevel: 12 };
    const accepted = { ...signed, acceptedAssessment: rating.id, assessment: rating.id, aboveThreshold: 'yes', state: 'plan_approved' };
    await rooms.replant(risks, risk, accepted);
    const authority = { title: 'Management', holder: rooms.ids.director, fromDate: '2026-01-01' };
    await rooms.plant(authorities, { ...authority, riskLevelLimit: 9 });
    expect(await awaiting('director')).toEqual([]);
    await rooms.plant(authorities, { ...authority, riskLevelLimit: 12 });
    expect(await awaiting('director')).toEqual(['approveAcceptance RSK-0001']);
    expect(await awaiting('owner')).toEqual([]);
    const newer = await rooms.plant(riskAssessments, { summary: 'Level 16', risk: risk.id });
    await rooms.replant(risks, await rooms.load(risks, risk.id), { assessment: newer.id });
    expect(await awaiting('director')).toEqual([]);
  });
});

describe('what changed', () => {
  it('counts the same deed of one day together and leaves out what is older', async () => {
    await rooms.create(systems, { name: 'One' });
    await rooms.create(systems, { name: 'Two' });
    const changes = await rooms.within((tx) => readChanged(tx, rooms.contextOf('manager'), 7));
    expect(changes.filter(({ register }) => register === 'systems')).toMatchObject([
      { command: 'create', count: 2, title: 'Two', identifier: 'SYS-0002', by: 'The manager', at: '2026-03-02T10:00:00Z' },
    ]);
    const later = { ...rooms.contextOf('manager'), now: new Date('2026-03-10T10:00:01Z') };
    expect(await rooms.within((tx) => readChanged(tx, later, 7))).toEqual([]);
  });
});
