import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import catalog from '../../../../catalog/standard/controls.json' with { type: 'json' };
import { newVersion } from '../shared/versions.ts';
import type { TreatmentStatus } from '../treatment/treatment.ts';
import { contradictionsOf } from './contradictions.ts';
import type { Surroundings } from './contradictions.ts';
import { decisions, hasReason, reasonTypes, undecided } from './entry.ts';
import type { SoaEntry } from './entry.ts';
import { againstSubmission, submit } from './submission.ts';

const annexA = catalog.controls.map((control) => control.id);
const nothing: Surroundings = { treatments: [], developed: [], suppliers: [], trained: [], used: [] };
const included = (control: string): SoaEntry => ({ ...undecided(control), decision: 'included', reasons: ['own_choice'] });
const excluded = (control: string, change: Partial<SoaEntry> = {}): SoaEntry => ({
  ...undecided(control),
  decision: 'excluded',
  justification: 'Nothing of the kind here',
  ...change,
});
const all = annexA.map(included);
const withEntry = (entry: SoaEntry) => all.map((other) => (other.control === entry.control ? entry : other));
const codes = (entries: readonly SoaEntry[], surroundings = nothing) =>
  againstSubmission(entries, { annexA, surroundings }).map((r) => `${r.code}:${r.field ?? ''}`);
const treatment = (control: string, status: TreatmentStatus = 'planned') => ({
  ...nothing,
  treatments: [{ code: 'TRT-1', controls: [control], status }],
});

describe('submission', () => {
  it('goes through with 38 decided and reasoned entries', () => {
    expect(annexA).toHaveLength(38);
    expect(
      submit(
        { version: newVersion('aims-manager'), entries: all },
        { annexA, surroundings: nothing, treatmentPlan: null, by: 'aims-manager', on: '2026-11-20' },
      ),
    ).toEqual({
      events: [{ kind: 'submitted', by: 'aims-manager', on: '2026-11-20' }],
    });
  });

  it('is refused with 37 of 38 decided', () => expect(codes(withEntry(undecided('A.5.2')))).toEqual(['UNDECIDED:A.5.2']));
  it('is refused with 37 of 38 entries', () => expect(codes(all.slice(1))).toEqual(['CONTROL_MISSING:A.2.2']));
  it('is refused for an inclusion without a reason', () =>
    expect(codes(withEntry({ ...included('A.5.2'), reasons: [] }))).toEqual(['REASON_MISSING:A.5.2']));
  it('is refused for an exclusion without a reason', () =>
    expect(codes(withEntry(excluded('A.5.2', { justification: ' ' })))).toEqual(['REASON_MISSING:A.5.2']));
  it('is not refused for a reason without a link, an owner or a status: those are shown', () =>
    expect(codes(withEntry({ ...included('A.5.2'), reasons: ['risk'] }))).toEqual([]));
  it('includes own controls', () => expect(codes([...all, undecided('own-1')])).toEqual(['UNDECIDED:own-1']));
  it('lists everything at once', () =>
    expect(codes([undecided('A.2.2'), excluded('A.6.2.4')], treatment('A.6.2.4'))).toHaveLength(36 + 1 + 1));
});

describe('an excluded control', () => {
  it.each([
    { status: 'planned', refused: true },
    { status: 'in_progress', refused: true },
    { status: 'done', refused: true },
    { status: 'not_effective', refused: true },
    { status: 'effective', refused: false },
    { status: 'cancelled', refused: false },
  ] as const)('named by a treatment that is $status: refused = $refused', ({ status, refused }) => {
    expect(codes(withEntry(excluded('A.5.2')), treatment('A.5.2', status))).toEqual(refused ? ['EXCLUDED_BUT_TREATED:A.5.2'] : []);
  });

  it('is refused with a link that a person confirmed, and not with a suggested one', () => {
    expect(codes(withEntry(excluded('A.5.2', { laws: 'Art. 9', linksConfirmed: true })))).toEqual(['EXCLUDED_BUT_LINKED:A.5.2']);
    expect(codes(withEntry(excluded('A.5.2', { laws: 'Art. 9' })))).toEqual([]);
    expect(codes(withEntry(excluded('A.5.2', { linksConfirmed: true })))).toEqual([]);
  });

  it('cannot be talked out of a treatment by a written explanation', () => {
    expect(codes(withEntry(excluded('A.5.2', { contradictionNote: 'We think otherwise' })), treatment('A.5.2'))).toEqual([
      'EXCLUDED_BUT_TREATED:A.5.2',
    ]);
  });
});

describe('an exclusion against the inventory', () => {
  it.each([
    { control: 'A.6.2.4', of: 'developed', speaks: true },
    { control: 'A.6.1.2', of: 'developed', speaks: true },
    { control: 'A.7.4', of: 'trained', speaks: true },
    { control: 'A.9.3', of: 'used', speaks: true },
    { control: 'A.10.3', of: 'suppliers', speaks: true },
    { control: 'A.10.2', of: 'suppliers', speaks: false },
    { control: 'A.6.2.4', of: 'used', speaks: false },
    { control: 'A.7.4', of: 'developed', speaks: false },
  ] as const)('of $control where the inventory shows $of: refused = $speaks', ({ control, of, speaks }) => {
    const surroundings = { ...nothing, [of]: ['REC-1'] };
    expect(codes(withEntry(excluded(control)), surroundings)).toEqual(speaks ? [`EXCLUDED_AGAINST_INVENTORY:${control}`] : []);
  });

  it('passes with a written explanation and stays visible', () => {
    const entry = excluded('A.10.3', { contradictionNote: 'The suppliers deliver no AI' });
    const surroundings = { ...nothing, suppliers: ['SUP-1'] };
    expect(codes(withEntry(entry), surroundings)).toEqual([]);
    expect(contradictionsOf(entry, surroundings)).toMatchObject([{ kind: 'inventory', records: ['SUP-1'], blocks: false }]);
  });

  it('names three records and counts the rest', () => {
    const used = ['SYS-1', 'SYS-2', 'SYS-3', 'SYS-4', 'SYS-5'];
    expect(contradictionsOf(excluded('A.9.2'), { ...nothing, used })[0]?.message).toContain('SYS-1, SYS-2, SYS-3 and 2 more');
    expect(contradictionsOf(excluded('A.9.2'), { ...nothing, used: used.slice(0, 3) })[0]?.message).toMatch(/SYS-3$/);
  });

  it('is no matter for an included control', () =>
    expect(contradictionsOf(included('A.9.2'), { ...treatment('A.9.2'), used: ['SYS-1'] })).toEqual([]));
});

describe('any draft', () => {
  const entryFor = (control: string): fc.Arbitrary<SoaEntry> =>
    fc
      .record({
        decision: fc.constantFrom(...decisions),
        reasons: fc.subarray([...reasonTypes]),
        justification: fc.constantFrom(null, '', 'because'),
        risks: fc.subarray(['r1']),
        laws: fc.constantFrom(null, 'Art. 9'),
        linksConfirmed: fc.boolean(),
        contradictionNote: fc.constantFrom(null, 'explained'),
      })
      .map((change) => ({ ...undecided(control), ...change }));
  const draft = fc
    .tuple(...annexA.map((control) => fc.option(entryFor(control), { nil: null, freq: 20 })))
    .map((entries) => entries.filter((entry) => entry !== null));
  const surroundings: fc.Arbitrary<Surroundings> = fc.record({
    treatments: fc.array(
      fc.record({
        code: fc.constant('TRT-1'),
        controls: fc.subarray(annexA, { maxLength: 3 }),
        status: fc.constantFrom('planned' as const, 'effective' as const, 'cancelled' as const),
      }),
      { maxLength: 2 },
    ),
    developed: fc.subarray(['SYS-1']),
    suppliers: fc.subarray(['SUP-1']),
    trained: fc.subarray(['SYS-2']),
    used: fc.subarray(['SYS-3']),
  });

  /** The rule in its own words, written a second time on purpose: submission refuses for these reasons and no other. */
  const mayPass = (entries: readonly SoaEntry[], world: Surroundings): boolean =>
    annexA.every((control) => {
      const entry = entries.find((other) => other.control === control);
      if (entry === undefined || !hasReason(entry)) return false;
      if (entry.decision === 'included') return true;
      if (world.treatments.some((found) => found.status === 'planned' && found.controls.includes(control))) return false;
      if (entry.linksConfirmed && (entry.risks.length > 0 || entry.laws !== null)) return false;
      const area = control.split('.')[1];
      const spoken =
        (area === '6' && world.developed.length > 0) ||
        (area === '7' && world.trained.length > 0) ||
        (area === '9' && world.used.length > 0) ||
        (control === 'A.10.3' && world.suppliers.length > 0);
      return !spoken || entry.contradictionNote !== null;
    });

  it('is refused exactly for the four reasons', () => {
    fc.assert(
      fc.property(
        draft,
        surroundings,
        (entries, world) => (againstSubmission(entries, { annexA, surroundings: world }).length === 0) === mayPass(entries, world),
      ),
    );
  });

  it('passes once each refused entry is included with a reason', () => {
    fc.assert(
      fc.property(draft, surroundings, (entries, world) => {
        const refused = new Set(againstSubmission(entries, { annexA, surroundings: world }).map((r) => r.field));
        const mended = [
          ...entries.filter((entry) => !refused.has(entry.control)),
          ...annexA.filter((control) => refused.has(control)).map(included),
        ];
        return againstSubmission(mended, { annexA, surroundings: world }).length === 0 && mayPass(mended, world);
      }),
    );
  });
});
