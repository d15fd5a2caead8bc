import { readDraftSentence } from '@aimwell/contract/scope/endpoints';
import { scopeElements, scopeStatements } from '@aimwell/contract/scope/scope';
import { systems } from '@aimwell/contract/systems/systems';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRooms, type Rooms } from '../soa/testing.ts';
import { scopeBehaviours } from './actions.ts';
import { readScopeDraft } from './reads.ts';

let rooms: Rooms;
beforeEach(async () => {
  rooms = await createRooms(scopeBehaviours);
});
afterEach(() => rooms.drop());

const inReview = async (who: 'manager' | 'director' = 'manager') => {
  const version = await rooms.create(scopeStatements, { statement: 'The use of AI in customer service in Berlin' }, who);
  return rooms.run(scopeStatements, version.id, 'submit', {}, who);
};

describe('the scope statement', () => {
  it('is approved by top management and supersedes the one before', async () => {
    const first = await inReview();
    expect(first).toMatchObject({ name: 'Scope statement 1', versionNumber: 1, state: 'in_review' });
    expect(await rooms.run(scopeStatements, first.id, 'approve', {}, 'director')).toMatchObject({
      state: 'approved',
      approvedFunction: 'director',
      approvedHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const second = await inReview();
    expect(second).toMatchObject({ name: 'Scope statement 2' });
    await rooms.run(scopeStatements, second.id, 'approve', {}, 'director');
    expect(await rooms.load(scopeStatements, first.id)).toMatchObject({ state: 'superseded' });
  });

  it('is not approved by its author, nor by a manager', async () => {
    const own = await inReview('director');
    expect(await rooms.against(rooms.run(scopeStatements, own.id, 'approve', {}, 'director'))).toEqual(['APPROVER_IS_AUTHOR approvedBy']);
    expect(await rooms.against(rooms.run(scopeStatements, own.id, 'approve', {}, 'manager'))).toEqual(['TOP_MANAGEMENT_NEEDED approvedBy']);
  });

  it('is edited in a draft only', async () => {
    const version = await inReview();
    const edit = () => rooms.patch(scopeStatements, version.id, { statement: 'Everything' });
    expect(await rooms.against(edit())).toEqual(['NOT_A_DRAFT state']);
    expect(await rooms.against(rooms.create(scopeStatements, { statement: 'Another' }))).toEqual(['VERSION_AT_WORK state']);
    await rooms.run(scopeStatements, version.id, 'sendBack', { reason: 'Name the sites' }, 'director');
    expect(await rooms.against(edit())).toEqual([]);
  });
});

describe('the draft sentence', () => {
  it('is worded from elements and systems', async () => {
    await rooms.plant(scopeElements, { name: 'Support', kind: 'unit', decision: 'in' });
    await rooms.plant(scopeElements, { name: 'Labs', kind: 'unit', decision: 'out', decisionReason: 'a company of its own' });
    await rooms.plant(systems, { name: 'Triage', scopeDecision: 'in', rolesStandard: ['user', 'developer'] });
    await rooms.plant(systems, { name: 'Old', scopeDecision: 'in', state: 'retired', rolesStandard: ['provider'] });
    await rooms.plant(systems, { name: 'New' });
    const draft = readDraftSentence.response.parse(await rooms.within((tx) => readScopeDraft(tx, rooms.contextOf('manager'))));
    expect(draft).toEqual({
      statement:
        'The AI management system of Acme covers the development and use of AI systems by Support. 1 AI system is in scope: Triage.',
      aiRoles: 'Developer of 1 AI system. User of 1 AI system.',
      exclusions: 'Not covered: Labs (a company of its own).',
      missing: ['No activity is recorded.', '1 AI system is undecided.'],
      systems: { inScope: 1, outOfScope: 0, undecided: 1 },
    });
  });
});
