import { describe, expect, it } from 'vitest';
import { validateTreatment } from './treatment.ts';
import type { TreatedRisk, Treatment } from './treatment.ts';

const risk: TreatedRisk = { recordKind: 'risk', likelihood: 4, consequence: 4, aboveThreshold: true, accepted: false };
const complete: Treatment = {
  option: 'modify',
  modifies: 'likelihood',
  controls: ['A.6.2.4'],
  ownControls: [],
  owner: 'control-owner',
  resources: 'Two days a month',
  dueDate: '2027-01-31',
  expectedLikelihood: 2,
  expectedConsequence: 4,
  effectivenessMeasure: 'Fewer than 1 wrong answer in 100',
  description: null,
};
const lacks = (change: Partial<Treatment>, of: Partial<TreatedRisk> = {}) =>
  validateTreatment({ ...complete, ...change }, { ...risk, ...of }).map((problem) => `${problem.code}:${problem.field ?? ''}`);

describe('a treatment that modifies', () => {
  it('is complete with control, owner, due date, resources, expected residual and measure', () => expect(lacks({})).toEqual([]));
  it('may rest on an own control alone', () => expect(lacks({ controls: [], ownControls: ['own-1'] })).toEqual([]));

  it.each([
    { change: { controls: [] }, lack: 'CONTROL_NEEDED:controls' },
    { change: { modifies: null }, lack: 'MODIFIES_NEEDED:modifies' },
    { change: { owner: null }, lack: 'FIELD_NEEDED:owner' },
    { change: { dueDate: null }, lack: 'FIELD_NEEDED:dueDate' },
    { change: { resources: ' ' }, lack: 'FIELD_NEEDED:resources' },
    { change: { effectivenessMeasure: null }, lack: 'FIELD_NEEDED:effectivenessMeasure' },
    { change: { expectedLikelihood: null }, lack: 'EXPECTED_RESIDUAL_NEEDED:expectedLikelihood' },
    { change: { expectedLikelihood: 4 }, lack: 'NO_CHANGE_EXPECTED:expectedLikelihood' },
    { change: { expectedConsequence: 2 }, lack: 'CHANGE_NOT_EXPLAINED:expectedConsequence' },
    { change: { modifies: 'both' as const }, lack: 'NO_CHANGE_EXPECTED:expectedConsequence' },
  ])('lacks $lack', ({ change, lack }) => expect(lacks(change)).toEqual([lack]));

  it('lists everything at once', () => expect(lacks({ controls: [], owner: null, dueDate: null })).toHaveLength(3));
});

describe('a risk that is retained', () => {
  const retain = { option: 'retain' as const, description: 'Costs more to change than it can do' };
  it('above the threshold needs a valid acceptance', () => expect(lacks(retain)).toEqual(['ACCEPTANCE_NEEDED:option']));
  it('is fine once accepted', () => expect(lacks(retain, { accepted: true })).toEqual([]));
  it('within the threshold needs only its reason', () => {
    expect(lacks(retain, { aboveThreshold: false })).toEqual([]);
    expect(lacks({ ...retain, description: null }, { aboveThreshold: false })).toEqual(['FIELD_NEEDED:description']);
  });
});

describe('the other options', () => {
  it('avoid is an action like any other', () =>
    expect(lacks({ option: 'avoid', controls: [], owner: null })).toEqual(['FIELD_NEEDED:owner']));
  it('share says with whom', () => expect(lacks({ option: 'share' })).toEqual(['FIELD_NEEDED:description']));
  it('an opportunity is pursued or not', () => {
    expect(lacks({ option: 'pursue' }, { recordKind: 'opportunity' })).toEqual([]);
    expect(lacks({ option: 'not_pursue' }, { recordKind: 'opportunity' })).toEqual(['FIELD_NEEDED:description']);
  });
  it('do not mix risks with opportunities', () => {
    expect(lacks({ option: 'pursue' })).toEqual(['WRONG_OPTION:option']);
    expect(lacks({}, { recordKind: 'opportunity' })).toEqual(['WRONG_OPTION:option']);
  });
});
