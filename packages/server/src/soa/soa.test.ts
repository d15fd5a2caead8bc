import { readSoa, readSoaDiff as diffEndpoint } from '@aimwell/contract/soa/endpoints';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { controls, controlTests, soaEntries, soaVersions } from '@aimwell/contract/soa/soa';
import { systems } from '@aimwell/contract/systems/systems';
import { treatments } from '@aimwell/contract/treatment/treatments';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { soaBehaviours } from './actions.ts';
import { readSoaDiff, readSoaView } from './reads.ts';
import { approveVersion, createRooms, decideAll, entriesOf, furnish, plantTreatment, type Rooms, setEntry } from './testing.ts';

let rooms: Rooms;
beforeEach(async () => {
  rooms = await createRooms(soaBehaviours);
  await furnish(rooms);
});
afterEach(() => rooms.drop());

const view = async (version?: string) => readSoa.response.parse(await rooms.within((tx) => readSoaView(tx, rooms.today, version)));
const rowOf = async (control: string, version?: string) => (await view(version)).rows.find((row) => row.control === control);

describe('a new version', () => {
  it('holds all 38 controls, undecided, and rests on the plan in force', async () => {
    const version = await rooms.create(soaVersions, {});
    expect(version).toMatchObject({ name: 'Statement of Applicability 1', versionNumber: 1, state: 'draft' });
    const page = await view();
    expect(page).toMatchObject({
      editable: 'all',
      counts: { total: 38, undecided: 38, included: 0 },
      version: { treatmentPlan: { title: 'Treatment plan 1', state: 'approved' } },
    });
    expect(page.areas.map(({ id, counts }) => `${id} ${counts.total}`)).toEqual([
      'A.2 3',
      'A.3 2',
      'A.4 5',
      'A.5 4',
      'A.6 9',
      'A.7 5',
      'A.8 4',
      'A.9 3',
      'A.10 3',
    ]);
    expect(page.rows.map((row) => row.control).slice(0, 4)).toEqual(['A.2.2', 'A.2.3', 'A.2.4', 'A.3.2']);
    expect(page.against).toHaveLength(38);
  });

  it('waits until the one at work is finished or archived', async () => {
    const first = await rooms.create(soaVersions, {});
    expect(await rooms.against(rooms.create(soaVersions, {}))).toEqual(['VERSION_AT_WORK state']);
    await rooms.archive(soaVersions, first.id);
    expect(await entriesOf(rooms, first.id)).toEqual([]);
    expect(await rooms.create(soaVersions, {})).toMatchObject({ versionNumber: 2 });
  });

  it('starts from the one in force and from own controls', async () => {
    const first = await approveVersion(rooms);
    await setEntry(rooms, first.id, 'A.2.2', { status: 'implemented' });
    const own = await rooms.create(controls, { title: 'Red team before release' });
    const second = await rooms.create(soaVersions, {});
    expect(await rowOf('A.2.2')).toMatchObject({ decision: 'included', reasons: ['own_choice'], status: 'implemented' });
    expect(await rowOf('OWN-0001')).toMatchObject({ ownControl: { id: own.id }, area: 'own', decision: 'undecided' });
    const later = await rooms.create(controls, { title: 'Two people release' });
    expect((await view(second.id)).rows.map((row) => row.control).slice(-2)).toEqual(['OWN-0001', 'OWN-0002']);
    await rooms.archive(controls, later.id);
    expect(await entriesOf(rooms, second.id)).toHaveLength(39);
  });
});

describe('submission', () => {
  it('is refused with 37 of 38 decided, and goes through with all', async () => {
    const version = await rooms.create(soaVersions, {});
    await decideAll(rooms, version.id, ['A.6.2.4']);
    expect(await rooms.against(rooms.run(soaVersions, version.id, 'submit'))).toEqual(['UNDECIDED A.6.2.4']);
    await setEntry(rooms, version.id, 'A.6.2.4', { decision: 'included', reasons: ['risk'] });
    expect(await rooms.run(soaVersions, version.id, 'submit')).toMatchObject({ state: 'in_review', submittedBy: rooms.ids.manager });
  });

  it('is refused while an open treatment names an excluded control, own ones too', async () => {
    const own = await rooms.create(controls, { title: 'Red team before release' });
    const version = await rooms.create(soaVersions, {});
    await decideAll(rooms, version.id, ['A.6.2.6']);
    await setEntry(rooms, version.id, 'A.6.2.6', { decision: 'excluded', justification: 'Nothing to watch' });
    const [ownEntry] = await rooms.find(soaEntries, { soa: version.id, ownControl: own.id });
    await rooms.patch(soaEntries, ownEntry?.id ?? '', { decision: 'excluded', reasons: [], justification: 'Too dear' });
    const treatment = await plantTreatment(rooms, ['A.6.2.6'], { ownControls: [own.id] });
    expect(await rooms.against(rooms.run(soaVersions, version.id, 'submit'))).toEqual([
      'EXCLUDED_BUT_TREATED A.6.2.6',
      'EXCLUDED_BUT_TREATED OWN-0001',
    ]);
    expect(await rowOf('A.6.2.6')).toMatchObject({
      treatmentCount: 1,
      treatments: [{ identifier: 'TRT-0001' }],
      contradictions: [{ kind: 'open_treatment', records: ['TRT-0001'], blocks: true }],
    });
    expect(await rooms.against(rooms.archive(controls, own.id))).toEqual(['CONTROL_NEEDED']);
    await rooms.replant(treatments, treatment, { state: 'cancelled' });
    expect(await rooms.run(soaVersions, version.id, 'submit')).toMatchObject({ state: 'in_review' });
  });

  it('is refused while the inventory speaks against an exclusion that nobody explained', async () => {
    await rooms.plant(systems, {
      name: 'Triage',
      scopeDecision: 'in',
      provider: 'Model supplier',
      origin: 'bought',
      rolesStandard: ['user'],
    });
    await rooms.plant(systems, { name: 'Elsewhere', scopeDecision: 'out', rolesStandard: ['developer'] });
    const version = await rooms.create(soaVersions, {});
    await decideAll(rooms, version.id, ['A.10.3', 'A.6.2.2']);
    await setEntry(rooms, version.id, 'A.10.3', { decision: 'excluded', justification: 'No suppliers' });
    await setEntry(rooms, version.id, 'A.6.2.2', { decision: 'excluded', justification: 'Nothing is developed in scope' });
    expect(await rooms.against(rooms.run(soaVersions, version.id, 'submit'))).toEqual(['EXCLUDED_AGAINST_INVENTORY A.10.3']);
    await setEntry(rooms, version.id, 'A.10.3', { contradictionNote: 'Bought once, without any contract that goes on' });
    expect(await rooms.run(soaVersions, version.id, 'submit')).toMatchObject({ state: 'in_review' });
  });
});

describe('suggestions', () => {
  it('fill the why from treatments and confirmed law, decide nothing and leave what a person wrote', async () => {
    await plantTreatment(rooms, ['A.6.2.6', 'A.2.2']);
    await rooms.plant(systems, { name: 'Triage', scopeDecision: 'in', rolesLaw: ['deployer'], lawFlags: ['transparency'] });
    const version = await rooms.create(soaVersions, {});
    await setEntry(rooms, version.id, 'A.2.2', { justification: 'Our own words' });
    await rooms.run(soaVersions, version.id, 'suggest');
    expect(await rowOf('A.6.2.6')).toMatchObject({
      decision: 'undecided',
      reasons: ['risk'],
      risks: [{ identifier: 'RSK-0001' }],
      justification: 'It treats RSK-0001.',
    });
    expect(await rowOf('A.8.2')).toMatchObject({
      decision: 'undecided',
      reasons: ['law'],
      laws: expect.stringContaining('AI Act, Art. 50(3)'),
    });
    expect((await rowOf('A.8.2'))?.laws).not.toContain('Art. 50(1)');
    expect(await rowOf('A.2.2')).toMatchObject({ justification: 'Our own words', reasons: ['risk'] });
    expect(await rowOf('A.6.2.4')).toMatchObject({ reasons: [], justification: null });
    const before = await entriesOf(rooms, version.id);
    await rooms.run(soaVersions, version.id, 'suggest');
    expect(await entriesOf(rooms, version.id)).toEqual(before);
  });
});

describe('approval', () => {
  it('takes an authority, another person than the authors, and an approved plan', async () => {
    const version = await rooms.create(soaVersions, {});
    await decideAll(rooms, version.id);
    await rooms.run(soaVersions, version.id, 'submit');
    expect(await rooms.against(rooms.run(soaVersions, version.id, 'approve', {}, 'manager'))).toEqual([
      'APPROVER_IS_AUTHOR approvedBy',
      'NO_AUTHORITY approvedBy',
    ]);
    await rooms.run(soaVersions, version.id, 'sendBack', { reason: 'Name the plan' }, 'director');
    await rooms.patch(soaVersions, version.id, { treatmentPlan: null });
    await rooms.run(soaVersions, version.id, 'submit');
    expect(await rooms.against(rooms.run(soaVersions, version.id, 'approve', {}, 'director'))).toEqual(['PLAN_NOT_NAMED treatmentPlan']);
  });

  it('is not given by whoever wrote one of its entries', async () => {
    const version = await rooms.create(soaVersions, {});
    await decideAll(rooms, version.id);
    await setEntry(rooms, version.id, 'A.2.2', { justification: 'As the board decided' }, 'director');
    await rooms.run(soaVersions, version.id, 'submit');
    expect(await rooms.against(rooms.run(soaVersions, version.id, 'approve', {}, 'director'))).toEqual(['APPROVER_IS_AUTHOR approvedBy']);
  });

  it('signs with name, function and hash, and supersedes the version before', async () => {
    const first = await approveVersion(rooms);
    expect(first).toMatchObject({
      state: 'approved',
      approvedBy: rooms.ids.director,
      approvedFunction: 'director',
      approvedOn: rooms.today,
      approvedHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const second = await approveVersion(rooms);
    expect(second).toMatchObject({ versionNumber: 2, state: 'approved' });
    expect(await rooms.load(soaVersions, first.id)).toMatchObject({ state: 'superseded' });
    expect(await view()).toMatchObject({
      version: { id: second.id },
      versions: [
        { versionNumber: 2, state: 'approved' },
        { versionNumber: 1, state: 'superseded' },
      ],
      against: [],
    });
  });
});

describe('entries', () => {
  it('are frozen in review and, but for how far they are, after approval', async () => {
    const version = await rooms.create(soaVersions, {});
    await decideAll(rooms, version.id);
    await rooms.run(soaVersions, version.id, 'submit');
    expect(await rooms.against(setEntry(rooms, version.id, 'A.2.2', { status: 'planned' }))).toEqual(['VERSION_FROZEN status']);
    await rooms.run(soaVersions, version.id, 'approve', {}, 'director');
    expect(await rooms.against(setEntry(rooms, version.id, 'A.2.2', { decision: 'excluded', justification: 'No' }))).toEqual([
      'VERSION_FROZEN decision',
      'VERSION_FROZEN justification',
    ]);
    expect(await setEntry(rooms, version.id, 'A.2.2', { status: 'implemented', owner: rooms.ids.owner })).toMatchObject({
      status: 'implemented',
      owner: rooms.ids.owner,
    });
    expect(await view()).toMatchObject({ editable: 'status', counts: { included: 38, inForce: 1 } });
    await approveVersion(rooms);
    expect(await rooms.against(setEntry(rooms, version.id, 'A.2.2', { status: 'effective' }))).toEqual(['VERSION_FROZEN status']);
  });

  it('carry progress made in the version in force into the one at work, unless that says something else', async () => {
    const first = await approveVersion(rooms);
    const second = await rooms.create(soaVersions, {});
    await setEntry(rooms, second.id, 'A.2.3', { status: 'planned' });
    await setEntry(rooms, first.id, 'A.2.2', { status: 'in_progress' });
    await setEntry(rooms, first.id, 'A.2.3', { status: 'implemented' });
    expect(await rowOf('A.2.2', second.id)).toMatchObject({ status: 'in_progress' });
    expect(await rowOf('A.2.3', second.id)).toMatchObject({ status: 'planned' });
  });
});

describe('the page', () => {
  it('shows what proves a control, for how long, and its last test', async () => {
    await rooms.create(soaVersions, {});
    for (const validUntil of ['2026-02-01', '2026-03-12', '2026-03-05'])
      await rooms.plant(evidence, { title: 'Minutes', collectedOn: '2026-01-01', validUntil, controls: ['A.2.2'] });
    await rooms.plant(evidence, { title: 'Policy', collectedOn: '2026-01-01', controls: ['A.2.3'] });
    for (const testedOn of ['2026-02-01', '2026-01-01'])
      await rooms.plant(controlTests, { title: `Test of ${testedOn}`, control: 'A.2.2', testedOn, outcome: 'effective' });
    expect(await rowOf('A.2.2')).toMatchObject({
      evidence: { count: 3, valid: 2, validUntil: '2026-03-12', openEnded: false, daysLeft: 10 },
      lastTest: { testedOn: '2026-02-01' },
    });
    expect(await rowOf('A.2.3')).toMatchObject({ evidence: { count: 1, valid: 1, openEnded: true, daysLeft: null }, lastTest: null });
    expect(await rowOf('A.2.4')).toMatchObject({ evidence: { count: 0, valid: 0, daysLeft: null } });
  });

  it('is there before any version is, and stays fast beside two thousand systems', async () => {
    expect(await view()).toMatchObject({ version: null, counts: { total: 0 }, editable: 'nothing' });
    await rooms.within(async (tx) => {
      const { writeRecords } = await import('../platform/register/write.ts');
      await writeRecords(
        tx,
        rooms.contextOf('system'),
        systems,
        Array.from({ length: 2000 }, (_, index) => ({
          before: null,
          set: { name: `System ${index}`, scopeDecision: 'in', rolesStandard: ['developer', 'user'], trainsOnData: true },
        })),
        { command: 'import' },
      );
    });
    const version = await rooms.create(soaVersions, {});
    for (const entry of await entriesOf(rooms, version.id))
      await rooms.patch(soaEntries, entry.id, { decision: 'excluded', justification: 'Not here' });
    const started = performance.now();
    const page = await view();
    expect(performance.now() - started).toBeLessThan(500);
    const [found] = page.rows.find((row) => row.control === 'A.6.2.4')?.contradictions ?? [];
    expect(found).toMatchObject({ kind: 'inventory', recordCount: 2000 });
    expect(found?.records).toHaveLength(20);
  });
});

describe('two versions', () => {
  it('are compared by control and field, in words', async () => {
    const first = await approveVersion(rooms);
    const second = await rooms.create(soaVersions, {});
    await rooms.create(controls, { title: 'Red team before release' });
    await setEntry(rooms, second.id, 'A.10.2', { decision: 'excluded', reasons: [], justification: 'No partners', owner: rooms.ids.owner });
    const found = diffEndpoint.response.parse(await rooms.within((tx) => readSoaDiff(tx, first.id, second.id)));
    expect(found).toMatchObject({ from: { versionNumber: 1 }, to: { versionNumber: 2 } });
    expect(found.changes).toEqual([
      {
        control: 'A.10.2',
        title: 'Allocating responsibilities',
        change: 'changed',
        fields: [
          { field: 'decision', from: 'included', to: 'excluded' },
          { field: 'reasons', from: ['own_choice'], to: [] },
          { field: 'justification', from: null, to: 'No partners' },
          { field: 'owner', from: null, to: 'The owner' },
        ],
      },
      { control: 'OWN-0001', title: 'Red team before release', change: 'added', fields: [] },
    ]);
  });
});
