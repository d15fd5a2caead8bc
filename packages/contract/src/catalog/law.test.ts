import file from '@aimwell/catalog/law/eu-ai-act-classification.json' with { type: 'json' };
import type { ClassificationAnswers } from '@aimwell/core/systems/answers';
import { classify } from '@aimwell/core/systems/classification';
import { headline, type Flag } from '@aimwell/core/systems/flags';
import { describe, expect, it } from 'vitest';
import { lawFile } from './law.ts';

/** The law as shipped, read by the same function that the product uses: cases whose answer every reader of the Act agrees on. */
const law = lawFile.parse(file);

const nothing: ClassificationAnswers = {
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
const flagsOf = (answers: ClassificationAnswers): readonly Flag[] => classify({ ...nothing, ...answers }, law).flags;
const flag = (answers: ClassificationAnswers, item: string): Flag | undefined => flagsOf(answers).find((found) => found.item === item);

describe('the shipped law', () => {
  it('calls a spam filter minimal', () => {
    expect(headline(flagsOf({}))).toBe('minimal');
  });

  it('calls the screening of applicants high-risk from 2 December 2027', () => {
    const answers: ClassificationAnswers = { annexIII: ['3-4-a'], exemption: { profilesPersons: 'yes' } };
    expect(headline(flagsOf(answers))).toBe('high-risk');
    expect(flag(answers, '3-4-a')).toMatchObject({
      article: 'Annex III, point 4(a)',
      appliesFrom: '2027-12-02',
      lawVersion: 'eu-ai-act@2026-1744',
    });
  });

  it('gives a medical device under Annex I Section A the later date', () => {
    const product = {
      sections: ['annex-1-a'],
      thirdPartyAssessment: 'yes',
      assessedForOtherRisksOnly: 'no',
      assistanceOnly: 'no',
    } as const;
    expect(flag({ product }, 'annex-1-a')).toMatchObject({ kind: 'high-risk', appliesFrom: '2028-08-02' });
  });

  it('knows that the two new prohibitions begin on 2 December 2026', () => {
    expect(flag({ prohibitedPractices: ['5-1-ba'] }, '5-1-ba')?.appliesFrom).toBe('2026-12-02');
    expect(flag({ prohibitedPractices: ['5-1-f'] }, '5-1-f')?.appliesFrom).toBe('2025-02-02');
  });

  it.each([
    { name: 'from before 2 August 2026', placedOnMarketOn: '2026-08-01', expected: '2026-12-02' },
    { name: 'from 2 August 2026', placedOnMarketOn: '2026-08-02', expected: '2026-08-02' },
  ])('dates the marking duty of a generator $name', ({ placedOnMarketOn, expected }) => {
    expect(flag({ transparencyCases: ['50-2'], placedOnMarketOn }, '50-2')?.appliesFrom).toBe(expected);
  });

  it('lets go of open source only while nothing stricter applies', () => {
    expect(headline(flagsOf({ exclusions: ['2-12'] }))).toBe('outside');
    expect(headline(flagsOf({ exclusions: ['2-12'], transparencyCases: ['50-1'] }))).toBe('transparency');
  });

  it('exempts a narrow procedural task that is recorded, and never one that profiles', () => {
    const claim = {
      claimed: 'yes',
      conditions: ['6-3-a'],
      noSignificantRisk: 'yes',
      record: { reference: 'EX-1', assessedBy: 'AIMS manager', assessedOn: '2026-11-02' },
    } as const;
    expect(headline(flagsOf({ annexIII: ['3-3-b'], exemption: { ...claim, profilesPersons: 'no' } }))).toBe('exempt-recorded');
    expect(headline(flagsOf({ annexIII: ['3-3-b'], exemption: { ...claim, profilesPersons: 'yes' } }))).toBe('high-risk');
  });
});
