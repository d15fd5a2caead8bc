import { risks } from '@aimwell/contract/risks/risks';
import { decideRisk, evolveRisk, type RiskCommand, type RiskFacts, type RiskState } from '@aimwell/core/risks/states';
import { isOpenTreatment, type TreatmentStatus } from '@aimwell/core/treatment/treatment';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { loadRows } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';
import { countEvidence, problemsOf, readTreatmentsOf, type Treatment } from '../treatment/reads.ts';
import { isAccepted, type Risk } from './reads.ts';

/** What made the risks move. */
export interface Cause {
  /** For the history, e.g. "The treatment plan was approved". */
  readonly why: string;
  /** Treatments in a plan that was approved just now; only such an approval moves a risk to plan_approved. */
  readonly approved?: ReadonlySet<string>;
}

export type FollowRisks = (tx: Tx, context: Context, riskIds: readonly string[], cause: Cause) => Promise<void>;

/** Moves each risk as far as its treatments, plan, evidence and signatures now carry it; core judges every step. */
export const followRisks: FollowRisks = async (tx, context, riskIds, cause) => {
  const ids = [...new Set(riskIds)];
  if (ids.length === 0) return;
  const rows = (await loadRows(tx, risks, ids, { lock: true })) as Risk[];
  const treatments = await readTreatmentsOf(tx, ids);
  const evidence = await countEvidence(tx, ids, context.today);
  const changes = rows.flatMap((risk) => {
    const known = lookAt(risk, treatments.get(risk.id) ?? [], evidence.get(risk.id) ?? 0, context.today, cause);
    const next = walk(riskStateOf(risk), known);
    return next.stage === risk.state ? [] : [{ before: risk, set: { state: next.stage, stateReason: next.reason } }];
  });
  await writeRecords(tx, context, risks, changes, { command: 'follow', reason: cause.why });
};

interface Known {
  readonly facts: RiskFacts;
  readonly started: boolean;
  readonly verdict: string | null;
}

/** A stored risk as core reads it. The assessor matters only to the second reader. */
export const riskStateOf = (risk: Risk, assessor: string | null = null): RiskState => ({
  stage: risk.state ?? 'identified',
  assessor,
  aboveThreshold: risk.aboveThreshold === null ? null : risk.aboveThreshold === 'yes',
});

/** Facts for commands that do not look at treatments. */
export const bareFacts = (risk: Risk): RiskFacts => ({
  owner: risk.owner,
  recordKind: risk.kind ?? 'risk',
  treatmentProblems: null,
  retainedOnly: false,
  unfinishedTreatments: 0,
  inApprovedPlan: false,
  evidence: 0,
  effective: null,
  accepted: false,
});

const lookAt = (risk: Risk, meant: readonly Treatment[], evidence: number, today: string, cause: Cause): Known => {
  const open = meant.filter((treatment) => isOpenTreatment(statusOf(treatment)));
  const retainedOnly = meant.length > 0 && meant.every((treatment) => treatment.option === 'retain');
  const carriedOut = meant.filter((treatment) => treatment.option !== 'retain');
  const failed = carriedOut.find((treatment) => treatment.state === 'not_effective');
  const facts: RiskFacts = {
    ...bareFacts(risk),
    treatmentProblems: open.length === 0 ? null : open.flatMap((treatment) => problemsOf(treatment, risk, today)),
    retainedOnly,
    unfinishedTreatments: unfinishedOf(meant).length,
    inApprovedPlan:
      cause.approved !== undefined && open.length > 0 && open.every((treatment) => cause.approved?.has(treatment.id) === true),
    evidence,
    effective:
      failed !== undefined
        ? false
        : carriedOut.length > 0 && carriedOut.every((treatment) => treatment.state === 'effective')
          ? true
          : null,
    // What was accepted before the treatment is not what is left after it.
    accepted: isAccepted(risk, today) && (retainedOnly || risk.residualLevel !== null),
  };
  return { facts, started: carriedOut.some((treatment) => treatment.state !== 'planned'), verdict: failed?.checkNote ?? null };
};

/** Treatments that still have to be carried out; a retained risk has nothing to carry out. */
export const unfinishedOf = (meant: readonly Treatment[]): readonly Treatment[] =>
  meant.filter(({ option, state }) => option !== 'retain' && (state === null || state === 'planned' || state === 'in_progress'));

const statusOf = (treatment: Treatment): TreatmentStatus => treatment.state ?? 'planned';

const walk = (start: RiskState, known: Known): { readonly stage: RiskState['stage']; readonly reason: string | null } => {
  let state = start;
  let reason: string | null = null;
  for (let command = nextCommand(state, known); command !== null; command = nextCommand(state, known)) {
    const decision = decideRisk(state, command, known.facts);
    // Refused means: not yet. What is missing is told where a person asks for the step.
    if ('refused' in decision) break;
    state = decision.events.reduce(evolveRisk, state);
    reason = decision.events.reduce<string | null>((last, event) => (event.kind === 'stage_changed' ? event.reason : last), null);
  }
  return { stage: state.stage, reason };
};

/** The step that lies ahead at a stage. It ends, since only an approved plan leads on from treatment_selected. */
const nextCommand = ({ stage }: RiskState, { facts, started, verdict }: Known): RiskCommand | null => {
  switch (stage) {
    case 'evaluated':
      return { kind: 'selectTreatment' };
    case 'treatment_selected':
      return facts.inApprovedPlan ? { kind: 'approvePlan' } : null;
    case 'plan_approved':
      return facts.retainedOnly ? { kind: 'acceptResidual' } : started ? { kind: 'startTreatment' } : null;
    case 'in_treatment':
      return { kind: 'finishTreatment' };
    case 'treated_pending_check':
      return facts.effective === false
        ? { kind: 'sendBackToTreatment', reason: verdict ?? 'Checked as not effective' }
        : { kind: 'acceptResidual' };
    case 'residual_accepted':
      return facts.effective === false
        ? { kind: 'reopen', trigger: 'failed_control', reason: verdict ?? 'Checked as not effective' }
        : null;
    default:
      return null;
  }
};
