import type { ConformityView } from '@aimwell/contract/conformity/endpoints';
import type { Foundation, SituationFacts } from '@aimwell/core/home/next-steps';
import { type Count, useCount, useSomeRecords } from '../ui/record.ts';
import type { MyWork } from './calls.ts';

export const countOf = (count: Count | undefined, ...values: readonly string[]): number =>
  (count?.groups ?? []).filter(({ value }) => value !== null && values.includes(value)).reduce((sum, group) => sum + group.count, 0);

const foundation = (count: Count | undefined): Foundation => {
  if (countOf(count, 'approved') > 0) return 'in_force';
  if (countOf(count, 'in_review') > 0) return 'in_review';
  return countOf(count, 'draft') > 0 ? 'draft' : 'none';
};

/** Counts of the registers that the tiles and the next steps rest on. Undefined until all of them are known. */
export const useFigures = () => {
  const scopes = useCount('scope-statements', {}, 'state').data;
  const decisions = useCount('systems', {}, 'scopeDecision').data;
  const roles = useCount('role-assignments', {}, 'state').data;
  const criteria = useCount('risk-criteria', {}, 'state').data;
  const risks = useCount('risks', { kind: 'risk' }, 'state').data;
  const above = useCount('risks', { kind: 'risk', aboveThreshold: 'yes' }, 'state').data;
  const plans = useCount('treatment-plans', {}, 'state').data;
  const treatments = useCount('treatments', {}, 'state').data;
  const objectives = useCount('objectives', {}, 'status').data;
  const tests = useCount('control-tests', {}, 'outcome').data;
  const versions = useSomeRecords('soa-versions', { state: ['approved', 'in_review', 'draft'], sort: '-versionNumber' }, 20).data;
  const inForce = versions?.items.find((version) => version['state'] === 'approved');
  const draft = versions?.items.find((version) => version['state'] !== 'approved');
  const shown = inForce ?? draft;
  const byDecision = useCount('soa-entries', { soa: shown?.id }, 'decision', shown !== undefined).data;
  const byStatus = useCount('soa-entries', { soa: shown?.id, decision: 'included' }, 'status', shown !== undefined).data;
  if (
    scopes === undefined ||
    decisions === undefined ||
    roles === undefined ||
    criteria === undefined ||
    risks === undefined ||
    above === undefined ||
    plans === undefined ||
    treatments === undefined ||
    objectives === undefined ||
    tests === undefined ||
    versions === undefined
  )
    return undefined;
  if (shown !== undefined && (byDecision === undefined || byStatus === undefined)) return undefined;
  return {
    scopes,
    decisions,
    roles,
    criteria,
    risks,
    above,
    plans,
    treatments,
    objectives,
    tests,
    soa: shown,
    soaInForce: inForce !== undefined,
    byDecision,
    byStatus,
  };
};
export type Figures = NonNullable<ReturnType<typeof useFigures>>;

/** Nothing has been entered that a management system is about. */
export const isEmpty = ({ decisions, risks, scopes, treatments }: Figures): boolean =>
  decisions.count + risks.count + scopes.count + treatments.count === 0;

/** The facts from which core names the next steps. */
export const situationOf = (figures: Figures, work: MyWork): SituationFacts => ({
  systems: figures.decisions.count,
  scope: foundation(figures.scopes),
  criteria: foundation(figures.criteria),
  risks: figures.risks.count - countOf(figures.risks, 'closed'),
  unratedRisks: countOf(figures.risks, 'identified'),
  plan: foundation(figures.plans),
  soa: figures.soaInForce ? 'in_force' : ((figures.soa?.['state'] as Foundation | undefined) ?? 'none'),
  undecidedControls: countOf(figures.byDecision, 'undecided'),
  awaitingMe: work.awaiting.length,
  lateMine: work.late,
});

/** What was not judged, in words: what an audit always asks for first, then what most checks wait for. */
export const unjudgedKinds = (view: ConformityView): readonly { readonly missing: string; readonly count: number }[] =>
  [
    ...Map.groupBy(
      view.notJudged.filter(({ group }) => group === 'standard'),
      ({ missing }) => missing,
    ),
  ]
    .map(([missing, rules]) => ({ missing, count: rules.length, late: rules.some(({ pdca }) => pdca === 'Check') ? 0 : 1 }))
    .toSorted((a, b) => a.late - b.late || b.count - a.count);
