import { describe, expect, it } from 'vitest';
import catalogLaw from '../../../../catalog/law/eu-ai-act-classification.json' with { type: 'json' };
import { headline } from './flags.ts';
import type { Flag } from './flags.ts';
import type { ClassificationLaw } from './law.ts';
import { flagsOfKinds } from './override.ts';

const law = catalogLaw as unknown as ClassificationLaw;
const flag = (kind: Flag['kind'], item: string): Flag => ({
  kind,
  item,
  article: 'Art. 1',
  text: 'text',
  appliesFrom: '2026-08-02',
  lawVersion: law.version,
});
const proposed = [flag('role', 'deployer'), flag('high-risk', '3-4-a'), flag('open', 'transparency')];

describe('an override by kinds', () => {
  it('keeps the articles of what was proposed, and the roles', () => {
    expect(flagsOfKinds(['high-risk'], proposed, law)).toEqual([flag('role', 'deployer'), flag('high-risk', '3-4-a')]);
  });
  it('dates what was not proposed with the earliest day the law knows', () => {
    expect(flagsOfKinds(['prohibited'], [], law)).toMatchObject([
      { kind: 'prohibited', appliesFrom: '2025-02-02', lawVersion: law.version },
    ]);
  });
  it.each([
    { kind: 'outside', word: 'outside' },
    { kind: 'minimal', word: 'minimal' },
    { kind: 'exempt', word: 'exempt-recorded' },
    { kind: 'transparency', word: 'transparency' },
    { kind: 'high-risk', word: 'high-risk' },
  ] as const)('to $kind reads $word', ({ kind, word }) => expect(headline(flagsOfKinds([kind], proposed, law))).toBe(word));
});
