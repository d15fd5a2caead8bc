import { registers } from '@aimwell/contract/registers';
import { risks } from '@aimwell/contract/risks/risks';
import { scopeStatements } from '@aimwell/contract/scope/scope';
import { systems } from '@aimwell/contract/systems/systems';
import { treatments } from '@aimwell/contract/treatment/treatments';
import type { Register } from '@aimwell/contract/platform/register';
import { describe, expect, it } from 'vitest';
import type { RecordView } from '../record.ts';
import { blockedFor, possibleNow, statesFor } from './possible.ts';

const record = (values: Record<string, unknown>): RecordView => ({
  id: 'r',
  identifier: 'R-1',
  version: 1,
  custom: {},
  createdAt: '',
  createdBy: null,
  updatedAt: '',
  updatedBy: null,
  archivedAt: null,
  archivedReason: null,
  ...values,
});
const next = (register: Register, values: Record<string, unknown>): string | undefined => {
  const found = possibleNow(register, record(values)).next;
  return found === undefined ? undefined : found.kind === 'command' ? found.command.name : `add ${found.register}.${found.field}`;
};
const others = (register: Register, values: Record<string, unknown>) =>
  possibleNow(register, record(values)).others.map(({ name }) => name);
const rating = { assessment: { id: 'a2' } };

describe('the states for a command', () => {
  it('are those it starts from; null where the state says nothing', () => {
    expect(statesFor(scopeStatements, 'submit')).toEqual(['draft']);
    expect(statesFor(scopeStatements, 'approve')).toEqual(['in_review']);
    expect(statesFor(treatments, 'check')).toEqual(['done']);
    expect(statesFor(systems, 'declareRoles')).toBeNull();
  });
});

describe('the next step of a system', () => {
  const minimal = { lawClass: 'minimal' };
  it.each([
    [{ state: 'candidate', lawClass: 'not-classified' }, 'register'],
    [{ state: 'registered', lawClass: 'not-classified', lawProposal: null }, 'classify'],
    [{ state: 'registered', lawClass: 'not-classified', lawProposal: {} }, 'confirmClass'],
    [{ state: 'registered', origin: 'built', ...minimal }, 'startDevelopment'],
    [{ state: 'registered', origin: 'bought', ...minimal }, 'startPilot'],
    [{ state: 'in_development', ...minimal }, 'startPilot'],
    [{ state: 'pilot', ...minimal }, 'release'],
    [{ state: 'production', ...minimal }, undefined],
    [{ state: 'production', lawClass: 'not-classified' }, 'classify'],
    [{ state: 'suspended', stateReason: null, ...minimal }, 'explainSuspension'],
    [{ state: 'suspended', stateReason: 'Wrong answers', ...minimal }, 'resume'],
    [{ state: 'retired', lawClass: 'not-classified' }, undefined],
    [{ state: 'not_an_ai_system', lawClass: 'not-classified' }, undefined],
  ])('%o → %s', (values, expected) => expect(next(systems, values)).toBe(expected));

  it('offers suspension while it is in use, and never the step that leads twice', () => {
    expect(others(systems, { state: 'production', ...minimal })).toContain('suspend');
    expect(others(systems, { state: 'suspended', ...minimal })).not.toContain('suspend');
    expect(others(systems, { state: 'pilot', ...minimal })).not.toContain('release');
  });
});

describe('the next step of a risk', () => {
  it.each([
    [{ state: 'identified' }, 'assess'],
    [{ state: 'analysed' }, 'readSecond'],
    [{ state: 'evaluated', aboveThreshold: 'yes' }, 'add treatments.risk'],
    [{ state: 'evaluated', aboveThreshold: 'no' }, 'accept'],
    [
      { state: 'evaluated', aboveThreshold: 'yes', ...rating, acceptedBy: { id: 'p' }, acceptedAssessment: { id: 'a2' } },
      'approveAcceptance',
    ],
    [{ state: 'evaluated', aboveThreshold: 'no', ...rating, acceptedBy: { id: 'p' }, acceptedAssessment: { id: 'a1' } }, 'accept'],
    [{ state: 'evaluated', kind: 'opportunity', aboveThreshold: 'yes' }, undefined],
    [{ state: 'evaluated', kind: 'opportunity', pursuit: 'pursue' }, 'add treatments.risk'],
    [{ state: 'treatment_selected' }, undefined],
    [{ state: 'treated_pending_check', residualLevel: null }, 'assess'],
    [{ state: 'treated_pending_check', residualLevel: 4, ...rating }, 'accept'],
    [{ state: 'residual_accepted' }, undefined],
    [{ state: 'reopened' }, 'assess'],
    [{ state: 'closed' }, undefined],
  ])('%o → %s', (values, expected) => expect(next(risks, values)).toBe(expected));
});

describe('the next step elsewhere', () => {
  it('walks treatments and versions, and ends', () => {
    expect(next(treatments, { state: 'planned' })).toBe('start');
    expect(next(treatments, { state: 'effective' })).toBeUndefined();
    expect(next(scopeStatements, { state: 'draft' })).toBe('submit');
    expect(next(scopeStatements, { state: 'in_review' })).toBe('approve');
    expect(next(scopeStatements, { state: 'approved' })).toBeUndefined();
    expect(others(scopeStatements, { state: 'approved' })).toEqual([]);
  });

  it('names only commands that a register has, in every state of every register', () => {
    for (const register of registers) {
      const field = register.state === undefined ? undefined : register.fields[register.state];
      if (register.state === undefined || field?.kind !== 'choice') continue;
      for (const state of field.choices) {
        const { next: found, others: rest } = possibleNow(register, record({ [register.state]: state }));
        if (found?.kind === 'command') expect(rest).not.toContain(found.command);
        if (found?.kind === 'command') expect(register.commands).toContain(found.command);
      }
    }
  });
});

describe('who cannot give a command', () => {
  it('is told why', () => {
    expect(blockedFor(risks, record({ owner: null }), 'accept', 'me')).toBe('noOwner');
    expect(blockedFor(risks, record({ owner: { id: 'you' } }), 'accept', 'me')).toBe('ownerAccepts');
    expect(blockedFor(risks, record({ owner: { id: 'me' } }), 'accept', 'me')).toBeUndefined();
    expect(blockedFor(risks, record({ acceptedBy: { id: 'me' } }), 'approveAcceptance', 'me')).toBe('otherApproves');
    expect(blockedFor(scopeStatements, record({ submittedBy: { id: 'me' } }), 'approve', 'me')).toBe('otherSigns');
    expect(blockedFor(scopeStatements, record({ submittedBy: { id: 'you' } }), 'approve', 'me')).toBeUndefined();
    expect(blockedFor(systems, record({}), 'suspend', null)).toBeUndefined();
  });
});
