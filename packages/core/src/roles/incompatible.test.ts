import { describe, expect, it } from 'vitest';
import type { Authority } from '../shared/authority.ts';
import { incompatibilities } from './incompatible.ts';
import type { HeldRole } from './incompatible.ts';

const role = (id: string, holder: string, responsibility: string, object: string | null = null): HeldRole => ({
  id,
  holder,
  responsibility,
  object,
});
const authority = (holder: string, change: Partial<Authority> = {}): Authority => ({
  holder,
  riskLevelLimit: 25,
  approvesPlans: false,
  approvesSoa: true,
  approvesCriteria: false,
  fromDate: '2026-01-01',
  untilDate: null,
  ...change,
});
const found = (held: readonly HeldRole[], authorities: readonly Authority[] = []) =>
  incompatibilities(held, authorities, '2026-11-21').map(({ kind, holder, assignments }) => `${kind} ${holder} ${assignments.join()}`);

describe('incompatible responsibilities', () => {
  it('are auditing and owning the same object', () => {
    expect(found([role('1', 'a', 'internal_audit', 'Triage'), role('2', 'a', 'system_ownership', 'triage ')])).toEqual([
      'audits_own_work a 1,2',
    ]);
    expect(found([role('1', 'a', 'internal_audit'), role('2', 'a', 'aims_conformity')])).toEqual(['audits_own_work a 1,2']);
  });

  it('are none for two objects or two people', () => {
    expect(found([role('1', 'a', 'internal_audit', 'Triage'), role('2', 'a', 'system_ownership', 'Churn')])).toEqual([]);
    expect(found([role('1', 'a', 'internal_audit'), role('2', 'b', 'aims_conformity')])).toEqual([]);
    expect(found([role('1', 'a', 'aims_conformity'), role('2', 'a', 'aims_reporting')])).toEqual([]);
  });

  it('are receiving concerns about a system one owns', () => {
    expect(found([role('1', 'a', 'concern_handling'), role('2', 'a', 'system_ownership', 'Triage')])).toEqual([
      'handles_own_concern a 1,2',
    ]);
  });

  it('are writing what nobody else may approve', () => {
    const writer = role('1', 'a', 'risk_management');
    expect(found([writer], [authority('a')])).toEqual(['sole_approver_is_author a 1']);
    expect(found([writer], [authority('a'), authority('b')])).toEqual([]);
    // An authority that is over approves nothing.
    expect(found([writer], [authority('a'), authority('b', { untilDate: '2026-11-20' })])).toEqual(['sole_approver_is_author a 1']);
    expect(found([writer], [authority('b')])).toEqual([]);
  });
});
