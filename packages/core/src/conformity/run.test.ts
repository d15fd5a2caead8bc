import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtRules, rulesNamed, rulesReading } from './all.ts';
import { type Dataset, memorySource } from './memory.ts';
import type { RuleResult } from './result.ts';
import { registersOf } from './rule.ts';
import { caseCircumstances } from './rules/cases/case.ts';
import { run } from './run.ts';

const judge = async (dataset: Dataset, rules = builtRules, pageSize = 3) =>
  new Map((await run(rules, memorySource(dataset, pageSize), caseCircumstances)).map((result) => [result.rule, result]));

const day = fc.constantFrom(null, '2025-01-01', '2026-06-01', '2026-11-21', '2027-01-01');
const ids = (register: string) => fc.constantFrom(null, `${register}-000001`, `${register}-000002`, 'gone');
const control = fc.constantFrom('A.2.2', 'A.6.2.2', 'A.10.3', 'A.2.1');

const systems = fc.record({
  state: fc.constantFrom('candidate', 'production', 'in_development', 'retired'),
  scopeDecision: fc.constantFrom('in', 'out', 'undecided'),
  owner: ids('people'),
  rolesStandard: fc.subarray(['developer', 'user']),
  affectsPersons: fc.boolean(),
  trainsOnData: fc.boolean(),
  lawScreenedOn: day,
  lawVersion: fc.constantFrom(null, 'law@1', 'law@2'),
});
const risks = fc.record({
  kind: fc.constantFrom('risk', 'opportunity'),
  state: fc.constantFrom('identified', 'evaluated', 'closed'),
  system: ids('systems'),
  owner: ids('people'),
  assessedOn: day,
  reviewDue: day,
  aboveThreshold: fc.constantFrom(null, 'yes', 'no'),
  acceptedOn: day,
  acceptedUntil: day,
  inherentLevel: fc.integer({ min: 1, max: 25 }),
  criteria: ids('risk-criteria'),
});
const treatments = fc.record({
  state: fc.constantFrom('planned', 'done', 'effective', 'cancelled'),
  option: fc.constantFrom('modify', 'retain'),
  risk: ids('risks'),
  controls: fc.uniqueArray(control),
  dueDate: day,
  doneOn: day,
});
const entries = fc.record({
  soa: ids('soa-versions'),
  control,
  decision: fc.constantFrom('included', 'excluded', 'undecided'),
  status: fc.constantFrom('planned', 'implemented'),
  reasons: fc.subarray(['risk', 'law']),
  owner: ids('people'),
  targetDate: day,
});
const few = <T>(record: fc.Arbitrary<T>) => fc.array(record, { maxLength: 7 });
const organisation = fc.record({
  systems: few(systems),
  risks: few(risks),
  treatments: few(treatments),
  'soa-entries': few(entries),
  people: few(fc.record({ active: fc.boolean() })),
  'risk-criteria': few(fc.record({ state: fc.constantFrom('draft', 'approved'), approvedOn: day, threshold: fc.constant(9) })),
  'soa-versions': few(
    fc.record({ state: fc.constantFrom('draft', 'approved', 'superseded'), versionNumber: fc.integer({ min: 1, max: 9 }) }),
  ),
  evidence: few(fc.record({ controls: fc.uniqueArray(control), collectedOn: day, validUntil: day })),
});

describe('a run of the rules that a write touched', () => {
  it('leaves the same answers as judging everything anew', () =>
    fc.assert(
      fc.asyncProperty(
        organisation,
        organisation,
        fc.subarray(['systems', 'risks', 'treatments', 'soa-entries', 'people', 'risk-criteria', 'soa-versions', 'evidence'] as const),
        async (before, other, touched) => {
          const after = { ...before, ...Object.fromEntries(touched.map((register) => [register, other[register]])) };
          const kept = await judge(before);
          const again = await judge(after, [...rulesReading(touched)]);
          expect(new Map<string, RuleResult>([...kept, ...again])).toEqual(await judge(after));
        },
      ),
      { numRuns: 150 },
    ));

  it('takes each rule with all its kinds of subject', () => {
    expect(
      new Set(
        rulesReading(['objectives'])
          .filter((rule) => rule.id === 'R016')
          .flatMap((rule) => registersOf(rule)),
      ),
    ).toContain('systems');
  });
});

it('the size of a page does not change an answer', () =>
  fc.assert(
    fc.asyncProperty(organisation, fc.integer({ min: 1, max: 9 }), async (dataset, size) => {
      expect(await judge(dataset, builtRules, size)).toEqual(await judge(dataset, builtRules, 100));
    }),
    { numRuns: 60 },
  ));

it('a rule alone says what it says in company', () =>
  fc.assert(
    fc.asyncProperty(organisation, fc.constantFrom(...builtRules.map((rule) => rule.id)), async (dataset, id) => {
      expect((await judge(dataset, rulesNamed([id]))).get(id)).toEqual((await judge(dataset)).get(id));
    }),
    { numRuns: 60 },
  ));

describe('recheckOn', () => {
  it('is the first day on which time alone changes the answer', async () => {
    const dataset = {
      treatments: [
        { state: 'planned', dueDate: '2026-12-01' },
        { state: 'planned', dueDate: '2026-11-25' },
      ],
    };
    const now = (await judge(dataset)).get('R031');
    expect([now?.outcome, now?.recheckOn]).toEqual(['met', '2026-11-26']);
    const then = (today: string) => run(rulesNamed(['R031']), memorySource(dataset), { ...caseCircumstances, today });
    expect((await then('2026-11-25'))[0]?.outcome).toBe('met');
    expect((await then('2026-11-26'))[0]?.outcome).toBe('finding');
  });
});
