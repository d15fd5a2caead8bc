import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeSlug, slugChoice, slugFrom } from './slug.ts';

describe('a slug', () => {
  it.each(['acme', 'acme-robotics', 'a1', '42', 'x'.repeat(40)])('may be %s', (slug) => expect(judgeSlug(slug)).toEqual([]));
  it.each([
    '',
    'a',
    'Acme',
    'acme_robotics',
    '-acme',
    'acme-',
    'ac--me',
    'x'.repeat(41),
    '../etc',
    'ácme',
    '0190b2c4-1234-7abc-8def-0123456789ab',
  ])('may not be %j', (slug) => expect(judgeSlug(slug).map((refusal) => refusal.code)).toEqual(['SLUG_FORM']));

  it.each([
    { from: 'Acme', to: 'acme' },
    { from: 'Ácme Róbotics GmbH & Co.', to: 'acme-robotics-gmbh-co' },
    { from: '東京', to: 'org' },
    { from: '  ', to: 'org' },
  ])('made from $from is $to', ({ from, to }) => expect(slugFrom(from)).toBe(to));

  it('made from any name, at any choice, is one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 999 }),
        (name, n) => judgeSlug(slugChoice(slugFrom(name), n)).length === 0,
      ),
    );
  });
});
