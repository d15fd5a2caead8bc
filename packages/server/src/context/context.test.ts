import { draftContext as endpoint } from '@aimwell/contract/context/endpoints';
import { contextIssues, interestedParties, partyRequirements } from '@aimwell/contract/context/context';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRooms, type Rooms } from '../soa/testing.ts';
import { contextBehaviours } from './actions.ts';
import { draftContext } from './drafts.ts';

let rooms: Rooms;
beforeEach(async () => {
  rooms = await createRooms(contextBehaviours);
});
afterEach(() => rooms.drop());

const drafts = async (answers: { activities?: string[]; countries?: string[]; holds?: string[] }) =>
  endpoint.response.parse(
    await rooms.within((tx) => draftContext(tx, rooms.contextOf('manager'), { activities: [], countries: [], holds: [], ...answers })),
  );
const nothing = { issues: 0, parties: 0, requirements: 0 };

describe('what is decided against', () => {
  it('takes a reason: a requirement that is not addressed', async () => {
    const party = await rooms.create(interestedParties, { name: 'Customers', kind: 'customers' });
    const values = { title: 'Answers within a day', party: party.id, decision: 'not_addressed' };
    expect(await rooms.against(rooms.create(partyRequirements, values))).toEqual(['REASON_NEEDED decisionReason']);
    expect(await rooms.against(rooms.create(partyRequirements, { ...values, decisionReason: 'Outside the scope' }))).toEqual([]);
  });

  it('takes a reason: climate change that is not relevant', async () => {
    const values = { title: 'Climate change', kind: 'external', topic: 'climate', relevance: 'not_relevant' };
    expect(await rooms.against(rooms.create(contextIssues, values))).toEqual(['REASON_NEEDED relevanceReason']);
    expect(await rooms.against(rooms.create(contextIssues, { ...values, relevanceReason: 'Small models on shared servers' }))).toEqual([]);
    expect(await rooms.against(rooms.create(contextIssues, { ...values, topic: 'market' }))).toEqual([]);
  });
});

describe('drafts of the first hour', () => {
  it('fit the answers, are marked as suggested, and come once', async () => {
    const first = await drafts({ activities: ['buys'], countries: ['EU'] });
    expect(first.present).toEqual(nothing);
    const issues = await rooms.find(contextIssues, {});
    const titles = issues.map((row) => row['title']);
    expect(titles).toContain('AI law in the European Union');
    expect(titles).not.toContain('AI guidance in the United Kingdom');
    expect(issues.every((row) => row['suggested'] === true)).toBe(true);
    const requirements = await rooms.find(partyRequirements, {});
    expect(requirements).toHaveLength(first.created.requirements);
    expect(requirements[0]).toMatchObject({ suggested: true, party: expect.any(String), decision: 'undecided' });
    expect(await drafts({ activities: ['buys'], countries: ['EU'] })).toEqual({ created: nothing, present: first.created });
    expect((await drafts({ activities: ['buys'], countries: ['EU', 'UK'] })).created).toMatchObject({ issues: 1 });
  });

  it("do not come again after they were renamed or archived, and become the organisation's own by an edit", async () => {
    await drafts({ countries: ['EU'] });
    const [renamed, archived] = await rooms.find(contextIssues, {});
    const [party] = await rooms.find(interestedParties, {});
    await rooms.patch(contextIssues, renamed?.id ?? '', { title: 'The AI Act' });
    expect(await rooms.load(contextIssues, renamed?.id ?? '')).toMatchObject({ suggested: false });
    expect(await rooms.load(contextIssues, archived?.id ?? '')).toMatchObject({ suggested: true });
    await rooms.archive(contextIssues, archived?.id ?? '');
    await rooms.archive(interestedParties, party?.id ?? '');
    expect((await drafts({ countries: ['EU'] })).created).toEqual(nothing);
  });
});
