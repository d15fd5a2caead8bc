import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import catalogLaw from '../../../../catalog/law/eu-ai-act-classification.json' with { type: 'json' };
import type { ClassificationAnswers } from './answers.ts';
import { classify } from './classification.ts';
import { dutiesFrom, headline, inForceOn, prohibitedFrom } from './flags.ts';
import type { ClassificationLaw } from './law.ts';

const law = catalogLaw as unknown as ClassificationLaw;

/** Everything answered, nothing found: the mildest system in scope. */
const mild: ClassificationAnswers = {
  aiSystem: 'yes',
  unionLinks: ['2-1-b'],
  exclusions: [],
  roles: ['deployer'],
  roleChanges: [],
  prohibitedPractices: [],
  product: { sections: [] },
  annexIII: [],
  transparencyCases: [],
  modelDuties: [],
};
const exempted: ClassificationAnswers = {
  ...mild,
  annexIII: ['3-4-a'],
  exemption: {
    profilesPersons: 'no',
    claimed: 'yes',
    conditions: ['6-3-a'],
    noSignificantRisk: 'yes',
    record: { reference: 'EV-7', assessedBy: 'system owner', assessedOn: '2026-09-01' },
  },
};
const flagsOf = (answers: ClassificationAnswers) => classify(answers, law).flags;
const kinds = (answers: ClassificationAnswers) => flagsOf(answers).map((flag) => `${flag.kind}:${flag.item}`);
const openSteps = (answers: ClassificationAnswers) =>
  classify(answers, law)
    .steps.filter((step) => step.status === 'open')
    .map((step) => step.id);

describe('when nothing is answered', () => {
  it('leaves all eight steps open, says what is missing, and classifies nothing', () => {
    const { flags, steps } = classify({}, law);
    expect(steps.map((step) => step.status)).toEqual(Array(8).fill('open'));
    expect(steps.every((step) => step.missing.length > 0)).toBe(true);
    expect(headline(flags)).toBe('not-classified');
    expect(flags.find((flag) => flag.item === 'prohibited')).toMatchObject({ kind: 'open', article: 'Art. 5', appliesFrom: null });
  });

  it('takes "unknown" for no answer', () => expect(openSteps({ ...mild, aiSystem: 'unknown' })).toEqual(['ai-system']));
});

describe('when everything is answered and nothing found', () => {
  it('is minimal', () => expect(kinds(mild)).toEqual(['role:deployer', 'minimal:high-risk']));
});

describe('outside', () => {
  it('is what is no AI system: nothing else is asked', () => {
    const result = classify({ aiSystem: 'no' }, law);
    expect(headline(result.flags)).toBe('outside');
    expect(result.steps.slice(1).every((step) => step.status === 'not-needed')).toBe(true);
  });

  it('is what nothing ties to the Union', () => expect(headline(flagsOf({ ...mild, unionLinks: [] }))).toBe('outside'));

  it('is what a full exclusion takes out', () => {
    const full = law.scope.exclusions.find((item) => item.exceptFor === undefined);
    expect(headline(flagsOf({ ...mild, exclusions: [full?.id ?? ''] }))).toBe('outside');
  });

  it('does not hold for open source that turns out high-risk', () => {
    const exclusion = {
      id: 'oss',
      article: 'Art. 2(12)',
      text: 'Open source',
      appliesFrom: '2025-02-02',
      source: 's',
      verified: '2026-11-01',
      confidence: 'high' as const,
    };
    const withOpenSource: ClassificationLaw = {
      ...law,
      scope: { ...law.scope, exclusions: [{ ...exclusion, exceptFor: ['high-risk', 'prohibited', 'transparency'] }] },
    };
    expect(headline(classify({ ...mild, exclusions: ['oss'] }, withOpenSource).flags)).toBe('outside');
    expect(headline(classify({ ...mild, exclusions: ['oss'], annexIII: ['3-4-a'] }, withOpenSource).flags)).toBe('high-risk');
  });
});

describe('flags', () => {
  it('stand beside each other', () => {
    const answers = {
      ...mild,
      roles: ['provider'],
      annexIII: ['3-4-a', '3-5-b'],
      exemption: { claimed: 'no' as const },
      transparencyCases: ['50-1'],
      modelDuties: ['53'],
    };
    expect(kinds(answers)).toEqual(['role:provider', 'high-risk:3-4-a', 'high-risk:3-5-b', 'transparency:50-1', 'model:53']);
  });

  it('carry law version, article and date', () => {
    const found = flagsOf({ ...mild, annexIII: ['3-4-a'], exemption: { profilesPersons: 'yes' } }).find(
      (flag) => flag.kind === 'high-risk',
    );
    expect(found).toMatchObject({ lawVersion: law.version, appliesFrom: '2027-12-02' });
    expect(found?.article).toContain('Annex III');
  });

  it('show a new prohibition with its date before it applies', () => {
    const flags = flagsOf({ ...mild, prohibitedPractices: ['5-1-ba'] });
    expect(headline(flags)).toBe('prohibited');
    expect(prohibitedFrom(flags)).toBe('2026-12-02');
    expect(inForceOn(flags, '2026-12-01').filter((flag) => flag.kind === 'prohibited')).toEqual([]);
    expect(inForceOn(flags, '2026-12-02').filter((flag) => flag.kind === 'prohibited')).toHaveLength(1);
  });

  it('say from when duties apply, roles aside', () => {
    expect(dutiesFrom(flagsOf(mild))).toBeNull();
    expect(dutiesFrom(flagsOf({ ...mild, transparencyCases: ['50-1'], annexIII: ['3-4-a'], exemption: { profilesPersons: 'yes' } }))).toBe(
      '2026-08-02',
    );
  });

  it.each([
    { placedOnMarketOn: '2026-08-01', from: '2026-12-02' },
    { placedOnMarketOn: '2026-08-02', from: '2026-08-02' },
    { placedOnMarketOn: undefined, from: '2026-08-02' },
  ])('date marking of a system placed on $placedOnMarketOn from $from', ({ placedOnMarketOn, from }) => {
    const answers = { ...mild, transparencyCases: ['50-2'], ...(placedOnMarketOn === undefined ? {} : { placedOnMarketOn }) };
    expect(flagsOf(answers).find((flag) => flag.kind === 'transparency')?.appliesFrom).toBe(from);
  });
});

describe('the exemption', () => {
  it('holds with a condition, a judgement and a record', () => expect(headline(flagsOf(exempted))).toBe('exempt-recorded'));

  it.each([
    { name: 'is not available when it profiles persons', change: { profilesPersons: 'yes' as const }, word: 'high-risk' },
    { name: 'is not available without a condition', change: { conditions: [] }, word: 'high-risk' },
    { name: 'is not available when the risk is significant', change: { noSignificantRisk: 'no' as const }, word: 'high-risk' },
  ])('$name', ({ change, word }) => {
    const answers = { ...exempted, exemption: { ...exempted.exemption, ...change } };
    expect(headline(flagsOf(answers))).toBe(word);
    expect(openSteps(answers)).toEqual([]);
  });

  it('stays open without its record, and the stricter result holds meanwhile', () => {
    const { record: _, ...withoutRecord } = exempted.exemption ?? {};
    const answers = { ...exempted, exemption: withoutRecord };
    expect(openSteps(answers)).toEqual(['exemption']);
    expect(headline(flagsOf(answers))).toBe('high-risk');
  });

  it('does not reach the product route', () => {
    const product = {
      sections: ['annex-1-a'],
      thirdPartyAssessment: 'yes',
      assessedForOtherRisksOnly: 'no',
      assistanceOnly: 'no',
    } as const;
    expect(kinds({ ...exempted, product })).toContain('high-risk:annex-1-a');
  });
});

describe('the product route', () => {
  const full = { sections: ['annex-1-a'], thirdPartyAssessment: 'yes', assessedForOtherRisksOnly: 'no', assistanceOnly: 'no' } as const;
  it.each([
    { name: 'leads to high-risk', product: full, high: true },
    { name: 'ends without assessment by a third party', product: { ...full, thirdPartyAssessment: 'no' as const }, high: false },
    { name: 'ends when assessed for other risks only', product: { ...full, assessedForOtherRisksOnly: 'yes' as const }, high: false },
    {
      name: 'ends for mere assistance',
      product: { ...full, assistanceOnly: 'yes' as const, failureEndangers: 'no' as const },
      high: false,
    },
    {
      name: 'goes on for assistance whose failure endangers',
      product: { ...full, assistanceOnly: 'yes' as const, failureEndangers: 'yes' as const },
      high: true,
    },
  ])('$name', ({ product, high }) => {
    expect(kinds({ ...mild, product }).includes('high-risk:annex-1-a')).toBe(high);
    expect(openSteps({ ...mild, product })).toEqual([]);
  });

  it('stays open while a test of it is unanswered', () =>
    expect(openSteps({ ...mild, product: { sections: ['annex-1-a'], thirdPartyAssessment: 'yes' } })).toEqual(['high-risk']));
});

describe('Art. 25', () => {
  it('makes a deployer the provider of a high-risk system, and only of that', () => {
    const changed = { ...mild, roleChanges: ['25-1-c'] };
    expect(kinds(changed)).not.toContain('role:provider');
    expect(kinds({ ...changed, annexIII: ['3-4-a'], exemption: { profilesPersons: 'yes' } })).toContain('role:provider');
  });
});

describe('when the law no longer knows an answer', () => {
  it('opens the step again', () => expect(openSteps({ ...mild, prohibitedPractices: ['5-1-zz'] })).toEqual(['prohibited']));
});

describe('any set of answers', () => {
  const answer = fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const);
  const some = (ids: readonly string[]) => fc.subarray([...ids, 'no-such-id']);
  const answers = fc.record(
    {
      aiSystem: answer,
      unionLinks: some(law.scope.links.map((item) => item.id)),
      exclusions: some(law.scope.exclusions.map((item) => item.id)),
      roles: some(law.roles.map((item) => item.id)),
      roleChanges: some(law.roleChanges.map((item) => item.id)),
      prohibitedPractices: some(law.prohibitedPractices.map((item) => item.id)),
      product: fc.record({ sections: some(['annex-1-a']), thirdPartyAssessment: answer, assistanceOnly: answer }, { requiredKeys: [] }),
      annexIII: some(['3-4-a', '3-5-b']),
      exemption: fc.record(
        { profilesPersons: answer, claimed: answer, conditions: some(['6-3-a']), noSignificantRisk: answer },
        { requiredKeys: [] },
      ),
      transparencyCases: some(['50-1', '50-2']),
      modelDuties: some(['53']),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<ClassificationAnswers>;

  it('never reads as minimal, exempt or transparency while a decisive step is open', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const decisive = openSteps(given).some((step) => ['ai-system', 'scope', 'prohibited', 'high-risk', 'exemption'].includes(step));
        return !decisive || ['not-classified', 'prohibited', 'high-risk', 'outside'].includes(headline(flagsOf(given)));
      }),
    );
  });

  it('never gets milder by a prohibited practice more', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const word = headline(flagsOf({ ...given, prohibitedPractices: ['5-1-a'] }));
        return word === 'prohibited' || word === 'outside';
      }),
    );
  });
});
