import { againstApprover } from '../shared/authority.ts';
import type { Authority } from '../shared/authority.ts';
import { refusal } from '../shared/refusal.ts';
import type { Decision, Refusal } from '../shared/refusal.ts';
import { decideVersion } from '../shared/versions.ts';
import type { VersionCommand, VersionEvent } from '../shared/versions.ts';
import { againstSubmission, submit } from './submission.ts';
import type { SoaDraft, SubmissionFacts } from './submission.ts';

export interface SoaFacts extends Pick<SubmissionFacts, 'annexA' | 'surroundings' | 'treatmentPlan'> {
  readonly authorities: readonly Authority[];
}

/**
 * Judges a command on a version of the Statement of Applicability: draft → in review → approved → superseded.
 * It is approved by designated management, not by an author, and rests on an approved treatment plan version.
 * Evolve with `evolveVersion`.
 */
export function decideSoa(soa: SoaDraft, command: VersionCommand, facts: SoaFacts): Decision<VersionEvent> {
  if (command.kind === 'submit') return submit(soa, { ...facts, by: command.by, on: command.on });
  if (command.kind !== 'approve') return decideVersion(soa.version, command, []);
  return decideVersion(soa.version, command, [
    ...againstPlan(facts.treatmentPlan),
    ...againstApprover({
      subject: 'soa',
      approver: command.by,
      authors: soa.version.authors,
      on: command.on,
      authorities: facts.authorities,
    }),
    // Judged again: a treatment may have named an excluded control while the version was in review.
    ...againstSubmission(soa.entries, facts),
  ]);
}

function againstPlan(plan: SoaFacts['treatmentPlan']): readonly Refusal[] {
  const remedy =
    'Have the treatment plan approved that it rests on. To name another one, send this version back, name it, and submit the version again.';
  if (plan === null) return [refusal('PLAN_NOT_NAMED', 'expected a treatment plan version, got none', remedy, 'treatmentPlan')];
  // A superseded plan was approved too, but the controls it calls for are no longer those in force.
  if (plan.stage !== 'approved')
    return [
      refusal('PLAN_NOT_APPROVED', `expected an approved treatment plan, got ${plan.code} in stage ${plan.stage}`, remedy, 'treatmentPlan'),
    ];
  return [];
}
