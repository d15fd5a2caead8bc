import { conformityView } from '@aimwell/contract/conformity/endpoints';
import { builtRules } from '@aimwell/core/conformity/all';
import { memorySource } from '@aimwell/core/conformity/memory';
import { run } from '@aimwell/core/conformity/run';
import { settingsFrom } from '@aimwell/core/conformity/settings';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../platform/testing/template.ts';
import { checkConformity, judge } from './actions.ts';
import { readAbout, readRecords } from './found.ts';
import { readConformity, readOutcomes, readTrend } from './reads.ts';
import { sqlSource } from './source.ts';
import { createOrganisation, dumpOf } from './testing.ts';
import { known } from './texts.ts';

const today = '2026-11-21';
let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

type Home = Awaited<ReturnType<typeof createOrganisation>>;
const check = (home: Home, day = today) => home.within((tx) => checkConformity(tx, home.organisation.id, day));
const outcomeOf = (view: Awaited<ReturnType<typeof check>>, rule: string) =>
  view.findings.find((finding) => finding.rule === rule)?.affected ?? (view.met.some((one) => one.rule === rule) ? 'met' : 'not judged');

/** Records of many kinds with gaps of many kinds; `spread` decides which. */
const fill = async ({ add, change }: Home, size: number) => {
  const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
  const many = (count: number, make: (index: number) => Record<string, unknown>) =>
    Array.from({ length: count }, (_, index) => make(index));
  const people = await add(
    'people',
    many(4, (index) => ({ name: `Role ${index}`, active: index !== 3 })),
  );
  const person = (index: number) => (index % 5 === 4 ? null : (people[index % 4]?.id ?? null));
  const objectives = await add(
    'objectives',
    many(3, (index) => ({
      title: `Objective ${index}`,
      status: 'on_track',
      metric: index === 0 ? null : 'Share',
      target: '95 %',
      owner: person(index),
      frequency: pick(['monthly', null], index),
      measuredOn: pick(['2026-11-01', '2025-01-01', null], index),
    })),
  );
  const systems = await add(
    'systems',
    many(size, (index) => ({
      name: `System ${index}`,
      state: pick(['candidate', 'production', 'in_development', 'retired'], index),
      scopeDecision: pick(['in', 'out', 'undecided', 'in', 'in'], index),
      scopeReason: pick([null, 'Sold'], index),
      owner: person(index),
      rolesStandard: pick([[], ['developer'], ['user', 'customer']], index),
      provider: pick([null, 'Supplier', ''], index) || null,
      affectsPersons: index % 2 === 0,
      trainsOnData: index % 3 === 0,
      data: pick([null, 'Tickets'], index),
      significantDecisions: index % 4 === 0,
      lawScreenedOn: pick([null, '2026-08-01', '2025-01-01'], index),
      lawVersion: pick([null, known.law.version, 'old'], index),
      lawFlags: pick([[], ['exempt'], ['transparency']], index),
      lawProfiling: pick([null, true, false], index),
      objectives: index % 2 === 0 ? [objectives[0]?.id] : [],
    })),
  );
  const criteria = await add('risk-criteria', [
    { name: 'First', threshold: 9, state: 'superseded', approvedOn: '2026-01-01' },
    { name: 'Second', threshold: 9, state: 'approved', approvedOn: '2026-06-01' },
  ]);
  const risks = await add(
    'risks',
    many(size, (index) => ({
      statement: `Risk ${index}`,
      kind: index % 9 === 8 ? 'opportunity' : 'risk',
      state: pick(['identified', 'evaluated', 'closed'], index),
      system: systems[(index * 3) % size]?.id,
      owner: person(index + 1),
      objectives: index % 3 === 0 ? objectives.map(({ id }) => id) : [],
      assessedOn: pick([null, '2026-07-01', '2026-02-01'], index),
      reviewDue: pick(['2026-11-20', '2026-12-24'], index),
      criteria: pick(criteria, index).id,
      aboveThreshold: pick(['yes', 'no'], index),
      inherentLevel: 16,
      acceptedOn: pick([null, '2026-07-02'], index),
      acceptedLevel: 16,
      acceptedUntil: pick(['2026-11-01', null, '2027-01-01'], index),
      acceptedBy: person(index),
      acceptanceApprovedBy: person(index),
      acceptanceApprovedOn: '2026-07-03',
    })),
  );
  const assessments = await add(
    'risk-assessments',
    risks
      .filter((risk) => risk['assessedOn'] !== null)
      .map((risk, index) => ({
        summary: 'Rated',
        risk: risk.id,
        assessedOn: risk['assessedOn'],
        organisationRating: 3,
        individualsRating: pick([3, null], index),
        societiesRating: null,
        notApplicable: ['societies'],
        societiesWhy: pick(['Internal tool', null], index),
      })),
  );
  for (const assessment of assessments) await change('risks', String(assessment['risk']), { assessment: assessment.id });
  await add('authorities', [
    { title: 'Up to 16', holder: people[0]?.id, riskLevelLimit: 16, fromDate: '2026-01-01' },
    { title: 'Up to 4', holder: people[1]?.id, riskLevelLimit: 4, fromDate: '2026-01-01' },
  ]);
  await add(
    'treatments',
    many(size, (index) => ({
      title: `Treatment ${index}`,
      risk: risks[(index * 2) % size]?.id,
      option: pick(['modify', 'retain', 'avoid'], index),
      state: pick(['planned', 'in_progress', 'done', 'effective', 'cancelled'], index),
      controls: pick([[], ['A.2.2'], ['A.6.2.2', 'A.10.3']], index),
      dueDate: pick([null, '2026-11-01', '2027-01-01'], index),
      doneOn: '2026-06-01',
      checkedOn: pick([null, '2026-09-01'], index),
    })),
  );
  const versions = await add('soa-versions', [
    {
      name: 'SoA 1',
      versionNumber: 1,
      state: 'approved',
      approvedOn: '2026-10-01',
      approvedAt: '2026-10-01T10:00:00Z',
      submittedBy: people[0]?.id,
      approvedBy: people[0]?.id,
    },
    { name: 'SoA 2', versionNumber: 2, state: 'draft' },
  ]);
  await add(
    'soa-entries',
    versions.flatMap((version) =>
      known.controls.slice(0, 36).map((control, index) => ({
        title: control,
        soa: version.id,
        control,
        decision: pick(['included', 'excluded', 'included', 'undecided'], index),
        reasons: pick([['risk'], [], ['law']], index),
        justification: pick(['Needed because systems change', 'n/a', null], index),
        risks: index % 2 === 0 ? [risks[index % size]?.id] : [],
        status: pick(['implemented', 'planned'], index),
        targetDate: pick([null, '2026-11-01', '2027-01-01'], index),
        owner: person(index),
      })),
    ),
  );
  await add(
    'evidence',
    many(12, (index) => ({
      title: `Evidence ${index}`,
      collectedOn: pick(['2026-01-05', '2026-11-10', '2024-01-01'], index),
      controls: [pick(known.controls, index * 2)],
      validUntil: pick([null, '2026-11-20', '2027-01-01'], index),
    })),
  );
  await add(
    'control-tests',
    many(6, (index) => ({
      title: `Test ${index}`,
      control: pick(known.controls, index),
      testedOn: pick(['2026-10-01', '2024-01-01'], index),
      outcome: pick(['effective', 'not_effective'], index),
      nextDue: pick([null, '2026-11-01'], index),
    })),
  );
  await add(
    'role-assignments',
    many(6, (index) => ({
      title: `Duty ${index}`,
      responsibility: pick(['aims_conformity', 'internal_audit', 'other'], index),
      holder: people[index % 3]?.id,
      state: pick(['accepted', 'proposed'], index),
      assignedOn: '2026-01-01',
    })),
  );
  await add('context-issues', [
    { title: 'Climate', kind: 'external', topic: 'climate', relevance: 'not_relevant', reviewedOn: '2026-10-01' },
  ]);
  await add('interested-parties', [{ name: 'Customers', kind: 'customers' }]);
  return { people, systems, risks };
};

describe('the same rules over the database and in memory', () => {
  it('say the same', async () => {
    const home = await createOrganisation(test.database, 'mirror');
    await fill(home, 60);
    const circumstances = { today, settings: settingsFrom(), known };
    const { dataset, answers } = await home.within(async (tx) => ({
      dataset: await dumpOf(tx),
      answers: await run(builtRules, sqlSource(tx), circumstances),
    }));
    expect(answers).toEqual(await run(builtRules, memorySource(dataset, 1000), circumstances));
    expect(answers.filter(({ outcome }) => outcome === 'finding').length).toBeGreaterThan(30);
  });
});

describe('an empty organisation', () => {
  it('meets nothing for lack of data, and the answer is as the contract says', async () => {
    const view = await check(await createOrganisation(test.database, 'empty'));
    expect(conformityView.parse(JSON.parse(JSON.stringify(view)))).toBeDefined();
    expect(view.met).toEqual([]);
    expect(view.coverage).toMatchObject({ total: 138, met: 0 });
    expect(view.coverage.found + view.coverage.notJudged).toBe(138);
    expect(view.findings.map(({ rule }) => rule).toSorted()).toEqual(['R001', 'R004', 'R005', 'R015', 'R019', 'R035']);
    expect(view.notJudged.every(({ missing }) => missing.length > 5)).toBe(true);
  });
});

describe('a write', () => {
  it('changes exactly the findings that read its register, and keeps since when', async () => {
    const home = await createOrganisation(test.database, 'writes');
    const [one, two] = await home.add('systems', [{ name: 'One' }, { name: 'Two' }]);
    const first = await check(home);
    expect(first.findings.find(({ rule }) => rule === 'R002')).toMatchObject({
      affected: 2,
      population: 2,
      severity: 'minor',
      group: 'standard',
      refs: ['4.3', '4.1'],
      records: [
        { identifier: 'SYS-0001', title: 'One', register: 'systems', seen: 'neither in nor out of scope', since: today },
        { identifier: 'SYS-0002' },
      ],
    });
    await home.change('systems', one?.id ?? '', { scopeDecision: 'in' });
    const ran = await home.within((tx) => judge(tx, home.organisation.id, '2026-11-22'));
    expect(ran).toContain('R002');
    expect(ran).not.toContain('R056');
    const second = await home.within(readConformity);
    expect(second.findings.find(({ rule }) => rule === 'R002')).toMatchObject({
      affected: 1,
      since: today,
      records: [{ id: two?.id, since: today }],
    });
    await home.change('systems', two?.id ?? '', { scopeDecision: 'in' });
    expect(outcomeOf(await check(home, '2026-11-23'), 'R002')).toBe('met');
    expect(await home.within((tx) => judge(tx, home.organisation.id, '2026-11-23'))).toEqual([]);
  });

  it('of the settings makes a default interval bind', async () => {
    const home = await createOrganisation(test.database, 'settings');
    await home.add('context-issues', [{ title: 'Old', kind: 'external', reviewedOn: '2025-01-01' }]);
    const grade = async () => (await check(home)).findings.find(({ rule }) => rule === 'R004');
    expect(await grade()).toMatchObject({ severity: 'observation', restsOn: 'contextReviewMonths' });
    await home.within((tx) =>
      tx.query(sql`update organizations set settings = '{"conformity": {"intervals": {"contextReviewMonths": 6}}}'`),
    );
    await home.within((tx) =>
      tx.query(
        sql`insert into conformity_stale (organization_id, id, register) values (${home.organisation.id}::uuid, gen_random_uuid(), 'settings')`,
      ),
    );
    expect(await grade()).toMatchObject({ severity: 'minor', restsOn: null });
  });
});

describe('a day that comes', () => {
  it('turns what is due into a finding without any write', async () => {
    const home = await createOrganisation(test.database, 'days');
    const [system] = await home.add('systems', [{ name: 'One' }]);
    const [risk] = await home.add('risks', [{ statement: 'Drift', system: system?.id }]);
    await home.add('treatments', [{ title: 'Watch it', risk: risk?.id, option: 'modify', dueDate: '2026-11-25' }]);
    expect(outcomeOf(await check(home, '2026-11-25'), 'R031')).toBe('met');
    expect(await home.within((tx) => judge(tx, home.organisation.id, '2026-11-26'))).toEqual(['R031']);
    expect(outcomeOf(await check(home, '2026-11-26'), 'R031')).toBe(1);
    expect((await home.within((tx) => readTrend(tx, '2026-11-26'))).items.map(({ day }) => day)).toEqual(['2026-11-25', '2026-11-26']);
  });
});

describe('a write that comes while the rules are run', () => {
  it('is judged next time', async () => {
    const home = await createOrganisation(test.database, 'meanwhile');
    await check(home);
    await home.add('systems', [{ name: 'One' }]);
    await home.within(async (tx) => {
      await judge(tx, home.organisation.id, today);
      await home.add('systems', [{ name: 'Two' }]);
    });
    expect(outcomeOf(await home.within(readConformity), 'R002')).toBe(1);
    expect(outcomeOf(await check(home), 'R002')).toBe(2);
  });

  it('and two who ask at once get the same answer', async () => {
    const home = await createOrganisation(test.database, 'together');
    await home.add('systems', [{ name: 'One' }]);
    const [one, two] = await Promise.all([check(home), check(home)]);
    expect(one.findings).toEqual(two.findings);
    expect(outcomeOf(one, 'R002')).toBe(1);
  });
});

describe('judging what changed', () => {
  it('leaves what judging everything leaves, after any write', async () => {
    const home = await createOrganisation(test.database, 'agree');
    const { people, systems, risks } = await fill(home, 24);
    await check(home);
    const deeds: (() => Promise<unknown>)[] = [
      () => home.change('systems', systems[4]?.id ?? '', { scopeDecision: 'in', owner: null }),
      () => home.change('people', people[0]?.id ?? '', { active: false }),
      () => home.change('risks', risks[1]?.id ?? '', { state: 'closed' }),
      () => home.change('risks', risks[2]?.id ?? '', { archivedAt: '2026-11-21T10:00:00Z', archivedReason: 'Twice' }),
      () => home.add('controls', [{ title: 'Own control' }]),
      () => home.add('treatments', [{ title: 'New', risk: risks[0]?.id, option: 'modify', controls: ['A.2.3'] }]),
      () => home.add('scope-statements', [{ name: 'Scope', statement: 'All of it', state: 'approved', approvedOn: '2026-11-20' }]),
    ];
    const stored = () =>
      home.within(async (tx) => ({
        results: (await readOutcomes(tx)).map(({ since: _since, ...result }) => result),
        found: await tx.query(
          sql`select rule, register, record_id, seen from conformity_findings where organization_id = ${home.organisation.id}::uuid order by 1, 2, 3`,
        ),
      }));
    for (const deed of deeds) {
      await deed();
      await home.within((tx) => judge(tx, home.organisation.id, today));
      const partly = await stored();
      expect(await home.within((tx) => judge(tx, home.organisation.id, today, { full: true }))).toHaveLength(
        new Set(builtRules.map(({ id }) => id)).size,
      );
      expect(partly).toEqual(await stored());
    }
  });

  it('hands out every record of a finding once, and what is said about one', async () => {
    const home = await createOrganisation(test.database, 'pages');
    const made = await home.add(
      'systems',
      Array.from({ length: 45 }, (_, index) => ({ name: `System ${index}` })),
    );
    expect((await check(home)).findings.find(({ rule }) => rule === 'R002')?.records).toHaveLength(20);
    const seen: string[] = [];
    for (let cursor: string | undefined, turns = 0; turns < 10; turns += 1) {
      const page = await home.within((tx) => readRecords(tx, { rule: 'R002', cursor, limit: 20 }));
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen.toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    const about = await home.within((tx) => readAbout(tx, 'systems', made[0]?.id ?? ''));
    expect(about.items.map(({ rule }) => rule)).toEqual(['R002', 'R006', 'R016', 'R108']);
  });
});

describe('another organisation', () => {
  it('sees nothing of it and cannot ask about its records', async () => {
    const [mine, other] = [await createOrganisation(test.database, 'mine'), await createOrganisation(test.database, 'other')];
    const [system] = await mine.add('systems', [{ name: 'Secret' }]);
    await check(mine);
    expect(JSON.stringify(await check(other))).not.toContain('Secret');
    expect((await other.within((tx) => readRecords(tx, { rule: 'R002', limit: 50 }))).items).toEqual([]);
    await expect(other.within((tx) => readAbout(tx, 'systems', system?.id ?? ''))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
