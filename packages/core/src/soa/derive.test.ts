import { describe, expect, it } from 'vitest';
import { applySuggestion, suggest } from './derive.ts';
import type { Basis, Suggestion } from './derive.ts';
import { undecided } from './entry.ts';

const basis: Basis = {
  treatments: [
    { riskId: 'r1', riskCode: 'RSK-1', controls: ['A.6.2.4', 'A.7.4'], status: 'planned' },
    { riskId: 'r2', riskCode: 'RSK-2', controls: ['A.6.2.4'], status: 'effective' },
    { riskId: 'r3', riskCode: 'RSK-3', controls: ['A.6.2.4', 'A.4.2'], status: 'cancelled' },
  ],
  lawDuties: [
    { article: 'Art. 9', controls: ['A.6.2.4'] },
    { article: 'Art. 9', controls: ['A.6.2.4'] },
  ],
  contracts: [{ title: 'Framework 2026', controls: ['A.10.4'] }],
  objectives: [{ id: 'o1', code: 'OBJ-1', controls: ['A.7.4'] }],
};
const suggestion = suggest('A.6.2.4', basis) as Suggestion;

describe('a suggestion', () => {
  it('names what speaks for the control', () => {
    expect(suggestion).toEqual({
      control: 'A.6.2.4',
      reasons: ['risk', 'law'],
      risks: ['r1', 'r2'],
      objectives: [],
      laws: 'Art. 9',
      contracts: null,
      justification: 'It treats RSK-1, RSK-2; answers Art. 9.',
    });
  });
  it('reads contracts and objectives too', () => {
    expect(suggest('A.10.4', basis)).toMatchObject({ reasons: ['contract'], contracts: 'Framework 2026', laws: null });
    expect(suggest('A.7.4', basis)).toMatchObject({ reasons: ['risk', 'objective'], objectives: ['o1'] });
  });
  it('is silent where nothing speaks: that is no reason to exclude', () => expect(suggest('A.2.2', basis)).toBeNull());
  it('does not rest on a cancelled treatment', () => expect(suggest('A.4.2', basis)).toBeNull());
});

describe('applying it', () => {
  it('fills the why and leaves the decision to a person', () => {
    expect(applySuggestion(undecided('A.6.2.4'), suggestion)).toMatchObject({
      decision: 'undecided',
      linksConfirmed: false,
      reasons: ['risk', 'law'],
      risks: ['r1', 'r2'],
    });
  });
  it('keeps what a person wrote', () => {
    const written = { ...undecided('A.6.2.4'), justification: 'Ours', laws: 'Art. 15', reasons: ['own_choice' as const] };
    expect(applySuggestion(written, suggestion)).toMatchObject({
      justification: 'Ours',
      laws: 'Art. 15',
      reasons: ['own_choice', 'risk', 'law'],
    });
  });
  it('twice is the same as once', () => {
    const once = applySuggestion(undecided('A.6.2.4'), suggestion);
    expect(applySuggestion(once, suggestion)).toEqual(once);
  });
  it('does not touch what a person confirmed, nor another control', () => {
    const confirmed = { ...undecided('A.6.2.4'), linksConfirmed: true };
    expect(applySuggestion(confirmed, suggestion)).toBe(confirmed);
    const other = undecided('A.2.2');
    expect(applySuggestion(other, suggestion)).toBe(other);
  });
});
