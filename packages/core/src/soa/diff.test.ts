import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareControls, diff } from './diff.ts';
import { decisions, undecided } from './entry.ts';
import type { SoaEntry } from './entry.ts';

const before = [undecided('A.2.2'), undecided('A.10.2'), undecided('own-1')];

describe('the difference of two versions', () => {
  it('names control and field with both values', () => {
    const after = [
      undecided('A.2.2'),
      { ...undecided('A.10.2'), decision: 'included' as const, reasons: ['law' as const] },
      undecided('own-1'),
    ];
    expect(diff(before, after)).toEqual([
      {
        control: 'A.10.2',
        change: 'changed',
        fields: [
          { field: 'decision', from: 'undecided', to: 'included' },
          { field: 'reasons', from: [], to: ['law'] },
        ],
      },
    ]);
  });

  it('shows controls that came and went, in the order of Annex A', () => {
    expect(
      diff(before, [undecided('own-2'), undecided('A.2.2'), undecided('A.10.2')]).map(({ control, change }) => `${change} ${control}`),
    ).toEqual(['removed own-1', 'added own-2']);
  });

  it('does not mind the order of a list', () => {
    const risks = (...ids: readonly string[]) => [{ ...undecided('A.2.2'), risks: ids }];
    expect(diff(risks('r1', 'r2'), risks('r2', 'r1'))).toEqual([]);
    expect(diff(risks('r1', 'r2'), risks('r2'))).toHaveLength(1);
  });

  it('puts A.2 before A.10, and own controls last', () =>
    expect(['own-1', 'A.10.2', 'A.2.2', 'A.6.2.2', 'A.6.1.3'].sort(compareControls)).toEqual([
      'A.2.2',
      'A.6.1.3',
      'A.6.2.2',
      'A.10.2',
      'own-1',
    ]));
});

describe('any two versions', () => {
  const version = fc
    .subarray(['A.2.2', 'A.5.2', 'A.10.3', 'own-1'])
    .chain((controls) =>
      fc.tuple(
        ...controls.map((control) =>
          fc
            .record({ decision: fc.constantFrom(...decisions), owner: fc.constantFrom(null, 'p') })
            .map((change): SoaEntry => ({ ...undecided(control), ...change })),
        ),
      ),
    );

  it('differ in nothing from themselves, and back what there is forth', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const swapped = { added: 'removed', removed: 'added', changed: 'changed' } as const;
        const forth = diff(a, b).map(({ control, change, fields }) => ({ control, change, fields }));
        const back = diff(b, a).map(({ control, change, fields }) => ({
          control,
          change: swapped[change],
          fields: fields.map(({ field, from, to }) => ({ field, from: to, to: from })),
        }));
        return diff(a, a).length === 0 && JSON.stringify(forth) === JSON.stringify(back);
      }),
    );
  });
});
