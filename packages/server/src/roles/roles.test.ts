import { readIncompatibilities } from '@aimwell/contract/roles/endpoints';
import { authorities, committees, roleAssignments } from '@aimwell/contract/roles/roles';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRooms, type Rooms } from '../soa/testing.ts';
import { rolesBehaviours } from './actions.ts';
import { readIncompatible } from './reads.ts';

let rooms: Rooms;
beforeEach(async () => {
  rooms = await createRooms(rolesBehaviours);
});
afterEach(() => rooms.drop());

const assign = (values: Readonly<Record<string, unknown>> = {}) =>
  rooms.create(roleAssignments, { title: 'System owner', responsibility: 'system_ownership', holder: rooms.ids.owner, ...values });

describe('an assignment', () => {
  it('is accepted by its holder alone', async () => {
    const assignment = await assign();
    expect(await rooms.against(rooms.run(roleAssignments, assignment.id, 'accept', {}, 'manager'))).toEqual(['HOLDER_ONLY holder']);
    expect(await rooms.run(roleAssignments, assignment.id, 'accept', {}, 'owner')).toMatchObject({
      state: 'accepted',
      acceptedOn: rooms.today,
    });
    expect(await rooms.against(rooms.run(roleAssignments, assignment.id, 'decline', { reason: 'No time' }, 'owner'))).toEqual([
      'WRONG_STAGE state',
    ]);
  });

  it('is a new question when what was accepted changes', async () => {
    const assignment = await assign();
    await rooms.run(roleAssignments, assignment.id, 'accept', {}, 'owner');
    await rooms.patch(roleAssignments, assignment.id, { deputy: rooms.ids.manager });
    expect(await rooms.load(roleAssignments, assignment.id)).toMatchObject({ state: 'accepted' });
    await rooms.patch(roleAssignments, assignment.id, { duties: 'Answers for all systems of the unit' });
    expect(await rooms.load(roleAssignments, assignment.id)).toMatchObject({ state: 'proposed', acceptedOn: null });
  });

  it('ends with a reason and then stays as it was', async () => {
    const assignment = await assign();
    expect(await rooms.run(roleAssignments, assignment.id, 'end', { reason: 'Left the unit' })).toMatchObject({
      state: 'ended',
      stateReason: 'Left the unit',
      untilDate: rooms.today,
    });
    expect(await rooms.against(rooms.patch(roleAssignments, assignment.id, { duties: 'More' }))).toEqual(['ASSIGNMENT_OVER state']);
    expect(await rooms.against(assign({ fromDate: '2026-02-01', untilDate: '2026-01-01' }))).toEqual(['ENDS_BEFORE_START untilDate']);
  });
});

describe('an authority', () => {
  const values = (holder: string | null) => ({ title: 'Designated management', holder, riskLevelLimit: 12, fromDate: '2026-01-01' });

  it('is not handed to oneself, unless it comes with the function', async () => {
    expect(await rooms.against(rooms.create(authorities, values(rooms.ids.manager), 'manager'))).toEqual(['OWN_AUTHORITY holder']);
    expect(await rooms.against(rooms.create(authorities, values(rooms.ids.director), 'manager'))).toEqual([]);
    expect(await rooms.against(rooms.create(authorities, values(rooms.ids.director), 'director'))).toEqual([]);
  });

  it('is granted by another person than its holder', async () => {
    expect(
      await rooms.against(rooms.create(authorities, { ...values(rooms.ids.director), grantedBy: rooms.ids.director }, 'manager')),
    ).toEqual(['GRANTED_BY_HOLDER grantedBy']);
    expect(
      await rooms.against(rooms.create(authorities, { ...values(rooms.ids.owner), grantedBy: rooms.ids.director }, 'manager')),
    ).toEqual([]);
  });
});

describe('a committee', () => {
  it('has no quorum above its members', async () => {
    const members = [rooms.ids.manager, rooms.ids.owner];
    expect(await rooms.against(rooms.create(committees, { name: 'AI board', members, quorum: 3 }))).toEqual(['QUORUM_TOO_HIGH quorum']);
    expect(await rooms.against(rooms.create(committees, { name: 'AI board', members, quorum: 2 }))).toEqual([]);
    expect(await rooms.against(rooms.create(committees, { name: 'To be named', quorum: 2 }))).toEqual([]);
  });
});

describe('what should not lie in one hand', () => {
  it('is shown with person and assignments, while both are held', async () => {
    const audit = await assign({ title: 'Internal auditor', responsibility: 'internal_audit' });
    await assign();
    await assign({ title: 'Was AIMS manager', responsibility: 'aims_conformity', untilDate: '2026-01-31' });
    const read = async () =>
      readIncompatibilities.response.parse({ items: await rooms.within((tx) => readIncompatible(tx, rooms.today)) }).items;
    expect(await read()).toMatchObject([
      { kind: 'audits_own_work', person: { title: 'The owner' }, assignments: [{ identifier: 'ROL-0001' }, { identifier: 'ROL-0002' }] },
    ]);
    await rooms.run(roleAssignments, audit.id, 'end', { reason: 'Handed on', happenedOn: '2026-03-01' });
    expect(await read()).toEqual([]);
  });
});
