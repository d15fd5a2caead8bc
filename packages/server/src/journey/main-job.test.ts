import type { z } from 'zod';
import { conformityView } from '@aimwell/contract/conformity/endpoints';
import { retentionDefaults } from '@aimwell/core/evidence/retention-rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importTable } from '../platform/transfer/library.ts';
import { type Answered, createJourney, everyRecord, type Journey, password, readInventory, type Visitor } from './testing.ts';

/** Systems that are brought into scope, classified and treated. */
const TREATED = 20;
let journey: Journey;
let manager: Visitor;
let owner: Visitor;
let director: Visitor;
let systems: Answered[] = [];
let treated: Answered[] = [];
let risks: Answered[] = [];
let treatments: Answered[] = [];
let objective: Answered;
let soa: Answered;
let live = 0;
let start: View;

beforeAll(async () => {
  journey = await createJourney('acme');
  manager = await journey.enter('aims_manager');
  owner = await journey.enter('system_owner');
  director = await journey.enter('top_management');
});
afterAll(() => journey.close());

type View = z.infer<typeof conformityView>;
/** What `check` says: the same endpoint and the same answer. */
const check = async (): Promise<View> => conformityView.parse(await manager.do('GET', 'conformity'));
const affected = (view: View, rule: string): number => view.findings.find((finding) => finding.rule === rule)?.affected ?? 0;

/** The rules whose findings a deed took away, and those it brought. */
const changedBy = async (deed: () => Promise<unknown>): Promise<{ gone: string[]; come: string[]; after: View; before: View }> => {
  const before = await check();
  await deed();
  const after = await check();
  const [was, is] = [before, after].map((view) => view.findings.map(({ rule }) => rule)) as [string[], string[]];
  return {
    gone: was.filter((rule) => !is.includes(rule)).toSorted(),
    come: is.filter((rule) => !was.includes(rule)).toSorted(),
    before,
    after,
  };
};

const stateOf = async (risk: Answered | undefined) => (await manager.do('GET', `risks/${risk?.id}`))['state'];

const inParts = async (work: (some: string[]) => Promise<unknown>, ids: readonly string[]) => {
  for (let start = 0; start < ids.length; start += 500) await work(ids.slice(start, start + 500));
};

describe('an empty organisation', () => {
  it('meets no rule for lack of data', async () => {
    const empty = await check();
    expect(empty.met).toEqual([]);
  });
});

describe('the main job', () => {
  it('brings in the systems of an inventory', async () => {
    const { bytes, fileName, rows } = await readInventory();
    const { gone, come } = await changedBy(() =>
      importTable({
        house: journey.house,
        organisation: journey.organisation,
        actor: { kind: 'person', personId: manager.personId, roles: ['aims_manager'] },
        register: 'systems',
        bytes,
        fileName,
        keepProblemsAsDrafts: true,
      }),
    );
    systems = await everyRecord(manager, 'systems');
    expect(systems).toHaveLength(rows);
    live = systems.filter(({ state }) => state !== 'retired').length;
    expect({ gone, come }).toEqual({ gone: [], come: ['R002', 'R006', 'R016', 'R108'] });
    start = await check();
  });

  it('decides about scope, roles and owners for many at once', async () => {
    treated = systems.filter(({ state }) => state !== 'retired').slice(0, TREATED);
    const chosen = new Set(treated.map(({ id }) => id));
    const others = systems.map(({ id }) => id).filter((id) => !chosen.has(id));
    objective = await manager.do('POST', 'objectives', {
      title: 'Answers that hold',
      metric: 'Wrong answers in 100',
      target: 'Fewer than 1',
      owner: manager.personId,
      resources: 'One day a week',
      dueDate: '2027-12-31',
      evaluation: 'Counted every month',
      status: 'on_track',
      current: '2',
      measuredOn: '2026-11-01',
      frequency: 'monthly',
    });
    const { gone, come, before, after } = await changedBy(async () => {
      await manager.do('POST', 'bulk/systems', {
        ids: [...chosen],
        set: {
          objectives: [objective.id],
          scopeDecision: 'in',
          rolesStandard: ['user'],
          rolesLaw: ['deployer'],
          owner: owner.personId,
          provider: null,
          trainsOnData: false,
          significantDecisions: false,
        },
      });
      await inParts(
        (ids) => manager.do('POST', 'bulk/systems', { ids, set: { scopeDecision: 'out', scopeReason: 'Run by another organisation' } }),
        others,
      );
    });
    // What is in scope now has no risk that anybody assessed.
    expect({ gone, come }).toEqual({ gone: ['R002', 'R006', 'R016'], come: ['R021'] });
    expect([affected(before, 'R002'), affected(after, 'R021')]).toEqual([live, TREATED]);
  });

  it('classifies them under the law', async () => {
    const answers = {
      aiSystem: 'yes',
      unionLinks: ['2-1-b'],
      exclusions: [],
      roles: ['deployer'],
      roleChanges: [],
      prohibitedPractices: [],
      product: { sections: [] },
      annexIII: [],
      transparencyCases: ['50-3'],
      modelDuties: [],
    };
    const { gone, come, before, after } = await changedBy(async () => {
      for (const { id } of treated) {
        await owner.do('POST', `systems/${id}/classify`, { answers });
        await owner.do('POST', `systems/${id}/confirmClass`, {});
      }
    });
    expect({ gone, come }).toEqual({ gone: [], come: [] });
    expect(affected(before, 'R108') - affected(after, 'R108')).toBe(TREATED);
    expect(await manager.do('GET', `systems/${treated[0]?.id}`)).toMatchObject({
      lawFlags: ['transparency'],
      lawConfirmedBy: { id: owner.personId },
    });
  });

  it('has risk criteria approved by somebody who may and did not write them', async () => {
    await journey.administrator.do('POST', 'authorities', {
      title: 'Designated management',
      holder: director.personId,
      riskLevelLimit: 25,
      approvesPlans: true,
      approvesCriteria: true,
      approvesSoa: true,
      fromDate: '2026-01-01',
    });
    const criteria = await manager.do('POST', 'risk-criteria', {});
    const { gone, come } = await changedBy(async () => {
      await manager.do('POST', `risk-criteria/${criteria.id}/submit`, {});
      expect(await director.against(`risk-criteria/${criteria.id}/approve`, { password: 'not the password' })).toEqual([
        'PASSWORD_REQUIRED',
      ]);
      await director.do('POST', `risk-criteria/${criteria.id}/approve`, { password });
    });
    expect({ gone, come }).toEqual({ gone: ['R019'], come: [] });
  });

  it('assesses a risk of each: above the threshold and untreated they are findings', async () => {
    const { gone, come, after } = await changedBy(async () => {
      await manager.do('POST', 'risks', {
        statement: 'Answers come sooner than from people alone',
        kind: 'opportunity',
        owner: owner.personId,
        pursuit: 'pursue',
        pursuitReason: 'Shorter waiting',
      });
      for (const [index, system] of treated.entries()) {
        const risk = await owner.do('POST', 'risks', {
          statement: `Wrong answers reach people ${index + 1}`,
          system: system.id,
          owner: owner.personId,
          objectives: [objective.id],
          source: 'RS-DATA-COVERAGE',
        });
        risks.push(
          await owner.do('POST', `risks/${risk.id}/assess`, {
            likelihood: 4,
            organisation: { rating: 4 },
            individuals: { rating: 4 },
            societies: { notApplicable: 'Used inside one team only' },
          }),
        );
      }
    });
    expect(affected(after, 'R027')).toBe(TREATED);
    expect(risks.map(({ aboveThreshold }) => aboveThreshold)).toEqual(Array.from({ length: TREATED }, () => 'yes'));
    expect({ gone, come }).toEqual({ gone: ['R021'], come: ['R027'] });
  });

  it('treats them', async () => {
    const { gone, come } = await changedBy(async () => {
      for (const risk of risks) {
        treatments.push(
          await owner.do('POST', 'treatments', {
            title: 'Check answers before they are sent',
            risk: risk.id,
            option: 'modify',
            modifies: 'likelihood',
            controls: ['A.6.2.6', 'A.9.2'],
            owner: owner.personId,
            resources: 'Two days a month',
            dueDate: '2027-06-30',
            expectedLikelihood: 1,
            expectedConsequence: 4,
            effectivenessMeasure: 'Fewer than 1 wrong answer in 100',
          }),
        );
      }
    });
    expect({ gone, come }).toEqual({ gone: ['R027'], come: [] });
    expect(await stateOf(risks[0])).toBe('treatment_selected');
  });

  it('has the treatment plan approved', async () => {
    const { gone, come } = await changedBy(async () => {
      const plan = await manager.do('POST', 'treatment-plans', {});
      await manager.do('POST', `treatment-plans/${plan.id}/submit`, {});
      await director.do('POST', `treatment-plans/${plan.id}/approve`, { password });
    });
    expect({ gone, come }).toEqual({ gone: [], come: [] });
    expect(await stateOf(risks[0])).toBe('plan_approved');
  });
});

describe('the Statement of Applicability', () => {
  const entry = async (control: string): Promise<Answered> =>
    (await everyRecord(manager, `soa-entries?soa=${soa.id}&control=${control}`))[0] as Answered;
  const decide = async (control: string, set: object) => {
    const { id, version } = await entry(control);
    await manager.do('PATCH', `soa-entries/${id}`, set, { 'if-match': `"${version}"` });
  };

  it('takes its reasons from treatments and law, and its decisions from people', async () => {
    const { gone, come } = await changedBy(async () => {
      soa = await manager.do('POST', 'soa-versions', { ownControlsStatement: 'Annex A is enough for what we do' });
      await manager.do('POST', `soa-versions/${soa.id}/suggest`, {});
    });
    expect({ gone, come }).toEqual({ gone: [], come: ['R036'] });
    expect(await entry('A.6.2.6')).toMatchObject({ decision: 'undecided', reasons: ['risk'] });
    expect((await entry('A.6.2.6'))['risks']).toHaveLength(TREATED);
    expect(await entry('A.8.2')).toMatchObject({
      decision: 'undecided',
      reasons: ['law'],
      laws: expect.stringContaining('AI Act, Art. 50(3)'),
    });
  });

  it('cannot be submitted with 37 of 38 decided', async () => {
    const entries = await everyRecord(manager, `soa-entries?soa=${soa.id}`);
    expect(entries).toHaveLength(38);
    for (const { id, version, reasons, control } of entries) {
      if (control === 'A.6.2.6') continue;
      const why = (reasons as string[]).length > 0 ? {} : { reasons: ['own_choice'], justification: 'Good practice that we chose' };
      await manager.do(
        'PATCH',
        `soa-entries/${id}`,
        { decision: 'included', owner: owner.personId, ...why },
        { 'if-match': `"${version}"` },
      );
    }
    expect(await manager.against(`soa-versions/${soa.id}/submit`)).toEqual(['UNDECIDED A.6.2.6']);
    expect(affected(await check(), 'R036')).toBe(1);
  });

  it('cannot be submitted while an open treatment names a control that it excludes', async () => {
    const { gone, come } = await changedBy(() =>
      decide('A.6.2.6', { decision: 'excluded', reasons: [], justification: 'Nothing runs long enough to be watched' }),
    );
    expect({ gone, come }).toEqual({ gone: ['R036'], come: ['R039'] });
    expect(await manager.against(`soa-versions/${soa.id}/submit`)).toEqual(['EXCLUDED_BUT_TREATED A.6.2.6']);
  });

  it('is approved once it follows from the treatments', async () => {
    const { gone, come } = await changedBy(async () => {
      await decide('A.6.2.6', { decision: 'included', reasons: ['risk'], risks: risks.map(({ id }) => id), owner: owner.personId });
      await manager.do('POST', `soa-versions/${soa.id}/submit`, {});
      expect(await manager.against(`soa-versions/${soa.id}/approve`, { password })).toEqual([
        'APPROVER_IS_AUTHOR approvedBy',
        'NO_AUTHORITY approvedBy',
      ]);
      await director.do('POST', `soa-versions/${soa.id}/approve`, { password });
    });
    expect({ gone, come }).toEqual({ gone: ['R035', 'R039'], come: [] });
  });

  it('asks how long all this is kept, until the organisation has said so', async () => {
    const retention = Object.fromEntries(retentionDefaults.map(({ register, years }) => [register, years]));
    const { gone, come } = await changedBy(() => manager.do('PATCH', '', { settings: { retention } }));
    expect({ gone, come }).toEqual({ gone: ['R070'], come: [] });
  });

  it('leaves exactly the findings that nobody repaired', async () => {
    const end = await check();
    const left = start.findings.map(({ rule }) => rule).filter((rule) => !['R002', 'R006', 'R016', 'R019', 'R035'].includes(rule));
    expect(end.findings.map(({ rule }) => rule).toSorted()).toEqual(left.toSorted());
    expect(end.met.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['R002', 'R019', 'R021', 'R027', 'R035', 'R036', 'R037']));
    expect(end.coverage.met + end.coverage.found + end.coverage.notJudged).toBe(138);
  });
});
