import { describe, expect, it } from 'vitest';
import { decideClassification, evolveClassification, needsReconfirmation, unclassified } from './confirmation.ts';
import type { ClassificationState } from './confirmation.ts';
import type { Flag } from './flags.ts';

const flag = (kind: Flag['kind'], item: string): Flag => ({
  kind,
  item,
  article: 'Art. 1',
  text: 'text',
  appliesFrom: '2026-08-02',
  lawVersion: 'v1',
});
const proposed = (...flags: readonly Flag[]): ClassificationState => ({ ...unclassified, proposal: { flags, lawVersion: 'v1' } });
const confirm = { kind: 'confirm', by: 'aims-manager', on: '2026-11-20' } as const;
const codes = (outcome: ReturnType<typeof decideClassification>) => ('refused' in outcome ? outcome.refused.map((r) => r.code) : []);
const after = (state: ClassificationState, command: Parameters<typeof decideClassification>[1]): ClassificationState => {
  const outcome = decideClassification(state, command);
  return 'refused' in outcome ? state : outcome.events.reduce(evolveClassification, state);
};

describe('confirming', () => {
  it('records who answers for it', () => {
    const state = after(proposed(flag('minimal', 'high-risk')), confirm);
    expect(state.confirmed).toMatchObject({ by: 'aims-manager', on: '2026-11-20', overrideReason: null });
  });

  it('needs a proposal', () => expect(codes(decideClassification(unclassified, confirm))).toEqual(['NOT_PROPOSED']));
  it('needs a named person', () =>
    expect(codes(decideClassification(proposed(flag('minimal', 'x')), { ...confirm, by: ' ' }))).toEqual(['PERSON_NEEDED']));
  it('is refused while a step is open', () => {
    expect(codes(decideClassification(proposed(flag('high-risk', '3-4-a'), flag('open', 'transparency')), confirm))).toEqual(['STEP_OPEN']);
  });
  it('does not wait for what a prohibition leaves open', () => {
    expect(codes(decideClassification(proposed(flag('prohibited', '5-1-a'), flag('open', 'transparency')), confirm))).toEqual([]);
  });
});

describe('overriding', () => {
  const state = proposed(flag('high-risk', '3-4-a'));
  const override = {
    kind: 'override',
    by: 'aims-manager',
    on: '2026-11-20',
    flags: [flag('minimal', 'high-risk')],
    reason: 'Not used for selection',
  } as const;

  it('keeps the reason beside other results', () =>
    expect(after(state, override).confirmed?.overrideReason).toBe('Not used for selection'));
  it('needs a reason', () => expect(codes(decideClassification(state, { ...override, reason: ' ' }))).toEqual(['REASON_NEEDED']));
  it('is no override when it says the same', () =>
    expect(codes(decideClassification(state, { ...override, flags: [flag('high-risk', '3-4-a')] }))).toEqual(['NOTHING_OVERRIDDEN']));
  it('leaves nothing open', () =>
    expect(codes(decideClassification(state, { ...override, flags: [flag('open', 'scope')] }))).toEqual(['OVERRIDE_LEAVES_OPEN']));
});

describe('a newer proposal', () => {
  const confirmed = after(proposed(flag('minimal', 'high-risk')), confirm);
  const propose = (flags: readonly Flag[], lawVersion: string) => after(confirmed, { kind: 'propose', flags, lawVersion });

  it('asks for nothing before anything was confirmed', () =>
    expect(needsReconfirmation(proposed(flag('minimal', 'high-risk')))).toBe(false));
  it('that says the same asks for nothing', () => expect(needsReconfirmation(propose([flag('minimal', 'high-risk')], 'v1'))).toBe(false));
  it('that says something else asks for a person', () =>
    expect(needsReconfirmation(propose([flag('high-risk', '3-4-a')], 'v1'))).toBe(true));
  it('under another version of the law asks for a person', () =>
    expect(needsReconfirmation(propose([flag('minimal', 'high-risk')], 'v2'))).toBe(true));
  it('does not undo an override under the same law', () => {
    const overridden = after(proposed(flag('high-risk', '3-4-a')), {
      kind: 'override',
      by: 'p',
      on: '2026-11-20',
      flags: [flag('minimal', 'x')],
      reason: 'r',
    });
    expect(needsReconfirmation(overridden)).toBe(false);
  });
});
