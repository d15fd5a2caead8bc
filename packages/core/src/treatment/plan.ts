import { againstApprover } from '../shared/authority.ts';
import type { Authority } from '../shared/authority.ts';
import { refusal } from '../shared/refusal.ts';
import type { Decision, Refusal } from '../shared/refusal.ts';
import { decideVersion } from '../shared/versions.ts';
import type { VersionCommand, VersionEvent, VersionState } from '../shared/versions.ts';
import type { TreatmentOption } from './treatment.ts';

/** One treatment as it stands in a plan version: copied on submission, so that the approval names exactly what was approved. */
export interface PlanLine {
  readonly riskId: string;
  readonly treatmentId: string;
  /** For people, e.g. "RSK-12". */
  readonly riskCode: string;
  readonly riskLevel: number;
  readonly option: TreatmentOption;
  readonly controls: readonly string[];
  /** Level after treatment; null where the option expects none. */
  readonly expectedLevel: number | null;
  /** What the treatment lacks (`validateTreatment`). */
  readonly problems: readonly Refusal[];
}

export interface PlanFacts {
  readonly lines: readonly PlanLine[];
  /** Every risk now above the acceptance threshold. */
  readonly aboveThreshold: readonly { readonly riskId: string; readonly riskCode: string }[];
  readonly authorities: readonly Authority[];
}

/**
 * Judges a command on a treatment plan version: draft → in review → approved → superseded. Submission lists every risk above the
 * threshold that has no line and every line that is not complete; approval takes a recorded authority that reaches the highest
 * level left, by someone who is not the author. Evolve with `evolveVersion`.
 */
export function decidePlan(state: VersionState, command: VersionCommand, facts: PlanFacts): Decision<VersionEvent> {
  if (command.kind === 'submit') return decideVersion(state, command, againstContent(facts));
  if (command.kind !== 'approve') return decideVersion(state, command, []);
  const against = againstApprover({
    subject: 'plan',
    approver: command.by,
    authors: state.authors,
    on: command.on,
    authorities: facts.authorities,
    level: highestLevelLeft(facts.lines),
  });
  // Judged again: a risk may have risen above the threshold while the plan was in review.
  return decideVersion(state, command, [...againstContent(facts), ...against]);
}

/** The highest level that would remain if every line works as expected: what an approver puts his name to; 0 for an empty plan. */
export const highestLevelLeft = (lines: readonly PlanLine[]): number => Math.max(0, ...lines.map(levelLeft));

function levelLeft(line: PlanLine): number {
  if (line.option === 'avoid' || line.option === 'pursue' || line.option === 'not_pursue') return 0;
  return line.expectedLevel ?? line.riskLevel;
}

/** Everything that keeps the content of a plan from being submitted. */
function againstContent({ lines, aboveThreshold }: PlanFacts): readonly Refusal[] {
  const covered = new Set(lines.map((line) => line.riskId));
  const untreated = aboveThreshold
    .filter((risk) => !covered.has(risk.riskId))
    .map((risk) =>
      refusal(
        'RISK_WITHOUT_TREATMENT',
        `expected a treatment for ${risk.riskCode}, which is above the threshold, got none`,
        'Choose how to treat it: modify, retain with acceptance, avoid or share.',
        risk.riskId,
      ),
    );
  const incomplete = lines.flatMap((line) =>
    line.problems.map((problem) =>
      refusal(problem.code, `${line.riskCode}: ${problem.message}`, problem.remedy, `${line.treatmentId}.${problem.field ?? ''}`),
    ),
  );
  const empty = lines.length === 0 && untreated.length === 0;
  return [
    ...(empty ? [refusal('PLAN_EMPTY', 'expected at least one treatment, got none', 'Treat a risk first.', 'lines')] : []),
    ...untreated,
    ...incomplete,
  ];
}
