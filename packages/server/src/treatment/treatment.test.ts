import { risks } from '@aimwell/contract/risks/risks';
import { treatmentPlanLines, treatmentPlans, treatments } from '@aimwell/contract/treatment/treatments';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHistory } from '../platform/register/history.ts';
import { createRiskRooms, rated, type RiskRooms } from '../risks/testing.ts';
import { createTreatmentBehaviours } from './behaviours.ts';
import { readOpenTreatments, readPlanInForce } from './reads.ts';

let rooms: RiskRooms;
// A plan speaks of every risk there is, so each case has a house of its own.
beforeEach(async () => {
  rooms = await createRiskRooms(createTreatmentBehaviours, 16);
  await rooms.approveCriteria();
});
afterEach(() => rooms.drop());

const stageOf = async (risk: string) => (await rooms.load(risks, risk))['state'];
const signTwice = async (risk: string) => {
  await rooms.run(risks, risk, 'accept', { reason: 'Costs more to change' }, 'owner');
  return rooms.run(risks, risk, 'approveAcceptance', {}, 'director');
};

describe('the whole way of a risk above the threshold', () => {
  it('leads from rating through plan, work and check to the accepted residual', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    expect(await stageOf(risk.id)).toBe('treatment_selected');
    expect(await rooms.approvePlan()).toMatchObject({ state: 'approved', lineCount: 1, approvedBy: rooms.ids.director });
    expect(await stageOf(risk.id)).toBe('plan_approved');
    await rooms.run(treatments, treatment.id, 'start', {}, 'owner');
    expect(await stageOf(risk.id)).toBe('in_treatment');
    await rooms.prove(treatment.id);
    await rooms.run(treatments, treatment.id, 'finish', {}, 'owner');
    expect(await stageOf(risk.id)).toBe('treated_pending_check');
    expect(await rooms.against(rooms.run(risks, risk.id, 'accept', { reason: 'Done' }, 'owner'))).toEqual(['RESIDUAL_NOT_RATED']);
    await rooms.run(treatments, treatment.id, 'check', { effective: true, note: 'Sampled 50 answers' });
    expect(await rooms.run(risks, risk.id, 'assess', { ...rated(1, 4), kind: 'residual' })).toMatchObject({
      state: 'treated_pending_check',
      inherentLevel: 16,
      residualLevel: 4,
      aboveThreshold: 'no',
    });
    expect(await signTwice(risk.id)).toMatchObject({ state: 'residual_accepted', acceptedLevel: 4 });
    expect(
      (await rooms.within((tx) => readHistory(tx, risks, risk.id)))
        .map(({ command, reason }) => (command === 'follow' ? reason : command))
        .toReversed(),
    ).toEqual([
      'create',
      'assess',
      'A treatment was chosen',
      'The treatment plan was approved',
      'A treatment was started',
      'A treatment was finished',
      'assess',
      'accept',
      'approveAcceptance',
      'The acceptance was approved',
    ]);
  });

  it('needs no work where the risk is retained with both signatures', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    await rooms.treat(risk.id, { option: 'retain', modifies: null, controls: [], description: 'Costs more to change' });
    expect(await stageOf(risk.id)).toBe('evaluated');
    const plan = await rooms.create(treatmentPlans, {});
    expect(await rooms.against(rooms.run(treatmentPlans, plan.id, 'submit'))).toEqual(['ACCEPTANCE_NEEDED']);
    await signTwice(risk.id);
    expect(await stageOf(risk.id)).toBe('treatment_selected');
    await rooms.run(treatmentPlans, plan.id, 'submit');
    await rooms.run(treatmentPlans, plan.id, 'approve', {}, 'director');
    expect(await stageOf(risk.id)).toBe('residual_accepted');
  });

  it('goes back to the plan when the check was negative', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    await rooms.approvePlan();
    await rooms.run(treatments, treatment.id, 'start');
    await rooms.prove(treatment.id);
    await rooms.run(treatments, treatment.id, 'finish');
    await rooms.run(treatments, treatment.id, 'check', { effective: false, note: 'Errors as before' }, 'director');
    expect(await rooms.load(risks, risk.id)).toMatchObject({ state: 'treatment_selected', stateReason: 'Errors as before' });
    await rooms.run(treatments, treatment.id, 'start');
    expect(await stageOf(risk.id)).toBe('treatment_selected');
    await rooms.approvePlan();
    expect(await stageOf(risk.id)).toBe('in_treatment');
  });
});

describe('what is left after treatment', () => {
  const carryOut = async (treatment: string) => {
    await rooms.run(treatments, treatment, 'start');
    await rooms.prove(treatment);
    await rooms.run(treatments, treatment, 'finish');
    await rooms.run(treatments, treatment, 'check', { effective: true, note: 'Sampled 50 answers' }, 'director');
  };

  it('is not what was accepted before it', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    await signTwice(risk.id);
    const treatment = await rooms.treat(risk.id);
    await rooms.approvePlan();
    await carryOut(treatment.id);
    expect(await stageOf(risk.id)).toBe('treated_pending_check');
    await rooms.run(risks, risk.id, 'assess', { ...rated(3, 4), kind: 'residual' });
    expect(await stageOf(risk.id)).toBe('treated_pending_check');
    expect(await signTwice(risk.id)).toMatchObject({ state: 'residual_accepted', acceptedLevel: 12 });
  });

  it('is rated and accepted, not planned again', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    await rooms.approvePlan();
    await carryOut(treatment.id);
    const plan = await rooms.create(treatmentPlans, {});
    const submit = () => rooms.against(rooms.run(treatmentPlans, plan.id, 'submit'));
    expect(await submit()).toEqual(['PLAN_EMPTY']);
    await rooms.run(risks, risk.id, 'assess', { ...rated(3, 4), kind: 'residual' });
    await signTwice(risk.id);
    expect(await submit()).toEqual(['PLAN_EMPTY']);
    rooms.setDay('2027-03-10');
    expect(await submit()).toEqual(['RISK_WITHOUT_TREATMENT']);
  });

  it('no longer stands when the risk is reopened and rated anew', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    await rooms.approvePlan();
    await carryOut(treatment.id);
    await rooms.run(risks, risk.id, 'assess', { ...rated(1, 4), kind: 'residual' });
    await signTwice(risk.id);
    await rooms.run(risks, risk.id, 'reopen', { reason: 'Wrong answer reached a customer', trigger: 'incident' });
    expect(await rooms.run(risks, risk.id, 'assess', rated(5, 4))).toMatchObject({
      state: 'evaluated',
      inherentLevel: 20,
      residualLevel: null,
      aboveThreshold: 'yes',
    });
  });

  it('is in doubt again when a later check fails', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    await rooms.approvePlan();
    await carryOut(treatment.id);
    await rooms.run(risks, risk.id, 'assess', { ...rated(1, 4), kind: 'residual' });
    await signTwice(risk.id);
    await rooms.run(treatments, treatment.id, 'check', { effective: false, note: 'Errors are back' }, 'director');
    expect(await rooms.load(risks, risk.id)).toMatchObject({ state: 'reopened', stateReason: 'failed_control: Errors are back' });
  });
});

describe('a treatment', () => {
  it('may lack everything as a draft and move nothing', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    await rooms.create(treatments, { title: 'Something', risk: risk.id, option: 'modify' });
    expect(await stageOf(risk.id)).toBe('evaluated');
  });

  it('names controls that exist', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    expect(await rooms.against(rooms.treat(risk.id, { controls: ['A.6.1'] }))).toEqual(['UNKNOWN_ID']);
  });

  it('is checked by another person than its owner, under an approved plan, with evidence', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    await rooms.run(treatments, treatment.id, 'start');
    await rooms.run(treatments, treatment.id, 'finish', {}, 'manager');
    const check = (who: 'owner' | 'manager' | 'director') =>
      rooms.against(rooms.run(treatments, treatment.id, 'check', { effective: true, note: 'Sampled' }, who));
    expect(await check('director')).toEqual(['PLAN_NOT_APPROVED', 'EVIDENCE_NEEDED']);
    await rooms.approvePlan();
    await rooms.prove(treatment.id);
    expect(await check('owner')).toEqual(['CHECKER_DID_THE_WORK']);
    expect(await check('manager')).toEqual(['CHECKER_DID_THE_WORK']);
    expect(await check('director')).toEqual([]);
    expect(await stageOf(risk.id)).toBe('treated_pending_check');
  });

  it('stays as it was once it is finished or cancelled', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    await rooms.patch(treatments, treatment.id, { resources: 'Three days a month' });
    expect(await rooms.against(rooms.run(treatments, treatment.id, 'finish'))).toEqual(['WRONG_STAGE']);
    expect(await rooms.run(treatments, treatment.id, 'cancel', { reason: 'Another way' })).toMatchObject({
      state: 'cancelled',
      stateReason: 'Another way',
    });
    expect(await rooms.against(rooms.patch(treatments, treatment.id, { resources: 'None' }))).toEqual(['FINISHED']);
    expect(await rooms.within((tx) => readOpenTreatments(tx))).toEqual([]);
  });

  it('belongs to its risk for good', async () => {
    const [risk, other] = [await rooms.ratedRisk(4, 4), await rooms.ratedRisk(4, 4)];
    const treatment = await rooms.treat(risk.id);
    expect(await rooms.against(rooms.patch(treatments, treatment.id, { risk: other.id }))).toEqual(['RISK_FIXED']);
  });

  it('finishes no risk without evidence', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    await rooms.approvePlan();
    await rooms.run(treatments, treatment.id, 'start');
    await rooms.run(treatments, treatment.id, 'finish');
    expect(await stageOf(risk.id)).toBe('in_treatment');
  });

  it('is told to the Statement of Applicability with its risk and controls', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    expect(await rooms.within((tx) => readOpenTreatments(tx))).toEqual([
      {
        id: treatment.id,
        code: 'TRT-0001',
        title: 'Check answers before they are sent',
        riskId: risk.id,
        riskCode: 'RSK-0001',
        controls: ['A.6.2.6'],
        ownControls: [],
        status: 'planned',
      },
    ]);
  });
});

describe('a treatment plan', () => {
  it('names every risk above the threshold without treatment and every incomplete line at once', async () => {
    await rooms.ratedRisk(4, 4);
    await rooms.ratedRisk(5, 3);
    const third = await rooms.ratedRisk(4, 3);
    await rooms.ratedRisk(2, 2);
    await rooms.treat(third.id, { owner: null, controls: [], expectedConsequence: 3 });
    const plan = await rooms.create(treatmentPlans, {});
    await expect(rooms.run(treatmentPlans, plan.id, 'submit')).rejects.toMatchObject({
      details: {
        problems: [
          { code: 'RISK_WITHOUT_TREATMENT', message: expect.stringContaining('RSK-0001') },
          { code: 'RISK_WITHOUT_TREATMENT', message: expect.stringContaining('RSK-0002') },
          { code: 'CONTROL_NEEDED', message: expect.stringContaining('RSK-0003') },
          { code: 'FIELD_NEEDED', message: expect.stringContaining('RSK-0003') },
        ],
      },
    });
    expect(await rooms.find(treatmentPlanLines, { plan: plan.id })).toEqual([]);
  });

  it('is refused empty', async () => {
    const plan = await rooms.create(treatmentPlans, {});
    expect(plan).toMatchObject({ name: 'Treatment plan 1', versionNumber: 1 });
    expect(await rooms.against(rooms.run(treatmentPlans, plan.id, 'submit'))).toEqual(['PLAN_EMPTY']);
  });

  it('freezes its lines, and keeps those of an earlier submission apart', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    const plan = await rooms.create(treatmentPlans, {});
    await rooms.run(treatmentPlans, plan.id, 'submit');
    expect(await rooms.find(treatmentPlanLines, { plan: plan.id })).toMatchObject([
      { treatment: treatment.id, riskLevel: 16, expectedLevel: 4, controls: ['A.6.2.6'], dueDate: '2026-06-30' },
    ]);
    expect(await rooms.run(treatmentPlans, plan.id, 'sendBack', { reason: 'More staff' }, 'director')).toMatchObject({ state: 'draft' });
    await rooms.patch(treatments, treatment.id, { resources: 'Four days a month' });
    await rooms.run(treatmentPlans, plan.id, 'submit');
    expect(await rooms.find(treatmentPlanLines, { plan: plan.id })).toMatchObject([{ resources: 'Four days a month' }]);
  });

  it('is not approved by its author, nor beyond the limit of an authority', async () => {
    const risk = await rooms.ratedRisk(5, 5);
    await rooms.treat(risk.id, { expectedLikelihood: 4, expectedConsequence: 5 });
    const own = await rooms.create(treatmentPlans, {}, 'director');
    await rooms.run(treatmentPlans, own.id, 'submit');
    expect(await rooms.against(rooms.run(treatmentPlans, own.id, 'approve', {}, 'director'))).toEqual([
      'APPROVER_IS_AUTHOR',
      'LIMIT_EXCEEDED',
    ]);
    expect(await rooms.against(rooms.run(treatmentPlans, own.id, 'approve', {}, 'owner'))).toEqual(['NO_AUTHORITY']);
    expect(await stageOf(risk.id)).toBe('treatment_selected');
  });

  it('is not approved after something changed or rose meanwhile', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    const plan = await rooms.create(treatmentPlans, {});
    await rooms.run(treatmentPlans, plan.id, 'submit');
    const approve = () => rooms.against(rooms.run(treatmentPlans, plan.id, 'approve', {}, 'director'));
    await rooms.patch(treatments, treatment.id, { dueDate: '2027-06-30' });
    await rooms.ratedRisk(5, 5);
    expect(await approve()).toEqual(['CHANGED_IN_REVIEW', 'RISK_WITHOUT_TREATMENT']);
  });

  it('may be approved while the work has begun already', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    const treatment = await rooms.treat(risk.id);
    const plan = await rooms.create(treatmentPlans, {});
    await rooms.run(treatmentPlans, plan.id, 'submit');
    await rooms.run(treatments, treatment.id, 'start');
    await rooms.run(treatmentPlans, plan.id, 'approve', {}, 'director');
    expect(await stageOf(risk.id)).toBe('in_treatment');
  });

  it('supersedes the one before; one is in force', async () => {
    const risk = await rooms.ratedRisk(4, 4);
    await rooms.treat(risk.id);
    expect(await rooms.within((tx) => readPlanInForce(tx))).toBeNull();
    const first = await rooms.approvePlan();
    const second = await rooms.approvePlan();
    expect(await rooms.load(treatmentPlans, first.id)).toMatchObject({ state: 'superseded' });
    expect(second).toMatchObject({ state: 'approved', versionNumber: 2, approvedHash: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    expect(await rooms.within((tx) => readPlanInForce(tx))).toMatchObject({ id: second.id, identifier: 'PLN-0002' });
    expect(await rooms.against(rooms.patch(treatmentPlans, second.id, { note: 'x' }))).toEqual(['NOT_A_DRAFT']);
  });
});
