import { describe, expect, it } from 'vitest';
import { wordScope } from './wording.ts';
import type { ScopedSystems, ScopeElement } from './wording.ts';

const element = (kind: ScopeElement['kind'], name: string, change: Partial<ScopeElement> = {}): ScopeElement => ({
  kind,
  name,
  decision: 'in',
  reason: null,
  ...change,
});
const systems = (change: Partial<ScopedSystems> = {}): ScopedSystems => ({ inScope: 0, byRole: {}, undecided: 0, names: [], ...change });

describe('the draft of the scope statement', () => {
  it('says what is recorded, in one sentence that can be edited', () => {
    const wording = wordScope(
      'Acme',
      [
        element('unit', 'Support'),
        element('unit', 'Sales'),
        element('site', 'Berlin'),
        element('activity', 'customer service'),
        element('jurisdiction', 'the European Union'),
      ],
      systems({ inScope: 2, byRole: { user: 2, developer: 1 }, names: ['Triage', 'Churn'] }),
    );
    expect(wording.statement).toBe(
      'The AI management system of Acme covers the development and use of AI systems in customer service by Support and Sales at Berlin under the law of the European Union. 2 AI systems are in scope: Triage and Churn.',
    );
    expect(wording.aiRoles).toBe('Developer of 1 AI system. User of 2 AI systems.');
    expect(wording.exclusions).toBe('');
    expect(wording.missing).toEqual([]);
  });

  it('counts systems where their names would make no sentence', () => {
    expect(wordScope('Acme', [], systems({ inScope: 2000, byRole: { user: 2000 } })).statement).toContain(
      '2000 AI systems of the inventory are in scope.',
    );
  });

  it('keeps what is out apart from what is in, with its reason', () => {
    const wording = wordScope(
      'Acme',
      [element('unit', 'Labs', { decision: 'out', reason: 'a company of its own.' }), element('exclusion', 'Research prototypes')],
      systems(),
    );
    expect(wording.statement).not.toContain('Labs');
    expect(wording.exclusions).toBe('Not covered: Labs (a company of its own). Not covered: Research prototypes.');
    expect(wording.missing).toContain('"Research prototypes" is left out without a reason.');
    expect(wording.missing.join()).not.toContain('"Labs"');
  });

  it('says what nobody recorded instead of filling it in', () => {
    expect(wordScope('Acme', [], systems({ undecided: 1 })).missing).toEqual([
      'No unit and no site is recorded.',
      'No activity is recorded.',
      'No AI system is decided to be in scope.',
      '1 AI system is undecided.',
    ]);
  });
});
