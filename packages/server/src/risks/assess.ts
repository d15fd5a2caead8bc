import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { riskAssessments } from '@aimwell/contract/risks/risks';
import {
  assess,
  type AssessmentInput,
  type AssessmentResult,
  type CriteriaInForce,
  type View,
  type ViewName,
  VIEWS,
} from '@aimwell/core/risks/assess';
import { DEFAULT_REVIEW_MONTHS } from '@aimwell/core/risks/criteria';
import { decideRisk, evolveRisk, type RiskState } from '@aimwell/core/risks/states';
import { type Refusal, refusal, refuse } from '@aimwell/core/shared/refusal';
import { isBlank } from '@aimwell/core/shared/refusal';
import { actorId, type Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { CommandInput, Outcome } from '../platform/register/behaviour.ts';
import { findRows, loadRow } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';
import { bareFacts, riskStateOf } from './follow.ts';
import { criteriaOn, type CriteriaVersion, inForceDays, readApprovedCriteria, type Risk } from './reads.ts';

type Input = Readonly<Record<ViewName, View>> & {
  readonly kind?: 'inherent' | 'residual';
  readonly likelihood: number;
  readonly likelihoodWhy?: string;
  readonly criteria?: string;
  readonly happenedOn?: string;
  readonly lateReason?: string;
};

/**
 * Rates a risk under the criteria in force on the day. The rating is a record of its own that nobody changes; the risk shows the
 * newest one, and its stage follows. All of it is one transaction.
 */
export const assessRisk = async (tx: Tx, context: Context, { record, input }: CommandInput<Input>): Promise<Outcome> => {
  const risk = record as Risk;
  const kind = input.kind ?? 'inherent';
  const on = input.happenedOn ?? context.today;
  const version = await criteriaFor(tx, input.criteria, on);
  if (version === null) return refuse(noCriteria());
  const recordKind = risk.kind ?? 'risk';
  const given: AssessmentInput = { ...input, kind, on, assessor: actorId(context.actor) ?? '' };
  const rated = assess(given, version.inForce, {
    recordKind,
    settings: { reviewMonths: DEFAULT_REVIEW_MONTHS },
  });
  if ('refused' in rated) return { refused: [...rated.refused, ...againstDay(risk, on)] };
  const moved = kind === 'inherent' ? afterRating(risk, rated) : againstResidual(risk);
  const refused = [...againstDay(risk, on), ...('refused' in moved ? moved.refused : [])];
  if (refused.length > 0 || 'refused' in moved) return { refused };
  const [assessment] = await writeRecords(
    tx,
    context,
    riskAssessments,
    [{ before: null, set: assessmentValues(risk, version.row, rated, input.lateReason ?? null, context) }],
    { command: 'assess' },
  );
  return {
    set: {
      ...ratingValues(kind, rated),
      state: moved.stage,
      band: rated.band,
      views: VIEWS.filter((name) => rated.consequences[name] !== null),
      // The threshold is for risks; an opportunity is pursued or left.
      aboveThreshold: recordKind === 'opportunity' ? null : yesNo(rated.aboveThreshold),
      assessedOn: on,
      reviewDue: rated.reviewDue,
      criteria: version.row.id,
      assessment: assessment?.id ?? null,
      secondReadBy: null,
      secondReadOn: null,
    },
  };
};

/** The version a person names, else the one in force on the day, else whatever there is, so that core can say what is wrong with it. */
const criteriaFor = async (
  tx: Tx,
  named: string | undefined,
  on: string,
): Promise<{ readonly row: CriteriaVersion; readonly inForce: CriteriaInForce } | null> => {
  const approved = await readApprovedCriteria(tx);
  const row =
    named !== undefined
      ? ((await loadRow(tx, riskCriteria, named)) as CriteriaVersion)
      : (criteriaOn(approved, on) ?? approved[0] ?? (await findRows(tx, riskCriteria, {})).at(-1));
  return row === undefined ? null : { row: row as CriteriaVersion, inForce: inForceDays(row as CriteriaVersion, approved) };
};

const afterRating = (risk: Risk, rated: AssessmentResult): RiskState | { readonly refused: readonly Refusal[] } => {
  const state = riskStateOf(risk);
  const decision = decideRisk(
    state,
    {
      kind: 'assess',
      by: rated.assessment.assessor,
      aboveThreshold: rated.aboveThreshold,
      needsSecondReader: rated.mustFollow.some(({ duty }) => duty === 'second_reader'),
    },
    bareFacts(risk),
  );
  return 'refused' in decision ? decision : decision.events.reduce(evolveRisk, state);
};

/** What is left is rated when the treatments are carried out, and moves no stage by itself: the signatures do. */
const againstResidual = (risk: Risk): RiskState | { readonly refused: readonly Refusal[] } =>
  risk.state === 'treated_pending_check'
    ? riskStateOf(risk)
    : refuse(
        refusal(
          'WRONG_STAGE',
          `expected stage treated_pending_check, got ${risk.state ?? 'none'}`,
          'Finish its treatments and attach what shows it; then rate what is left.',
          'state',
        ),
      );

const againstDay = (risk: Risk, on: string): readonly Refusal[] =>
  risk.assessedOn === null || risk.assessedOn <= on
    ? []
    : [
        refusal(
          'OLDER_THAN_LAST',
          `expected ${risk.assessedOn} or later, the day of the last rating, got ${on}`,
          'Enter the day on which this rating was made.',
          'happenedOn',
        ),
      ];

const ratingValues = (kind: 'inherent' | 'residual', rated: AssessmentResult): Record<string, unknown> => {
  const {
    assessment: { likelihood },
    consequence,
    level,
  } = rated;
  return kind === 'residual'
    ? { residualLikelihood: likelihood, residualConsequence: consequence, residualLevel: level }
    : // A new rating starts a new round: what an earlier treatment had left no longer stands. The earlier ratings stay on record.
      {
        inherentLikelihood: likelihood,
        inherentConsequence: consequence,
        inherentLevel: level,
        residualLikelihood: null,
        residualConsequence: null,
        residualLevel: null,
      };
};

const assessmentValues = (
  risk: Risk,
  criteria: CriteriaVersion,
  rated: AssessmentResult,
  lateReason: string | null,
  context: Context,
): Record<string, unknown> => {
  const { assessment: input, consequences, consequence, level, band } = rated;
  const whyOf = (name: ViewName) => input[name].notApplicable ?? input[name].why ?? null;
  return {
    summary: `${input.kind === 'inherent' ? 'Before' : 'After'} treatment: level ${level} (${band}), likelihood ${input.likelihood}, consequence ${consequence}`,
    risk: risk.id,
    kind: input.kind,
    criteria: criteria.id,
    likelihood: input.likelihood,
    likelihoodWhy: input.likelihoodWhy ?? null,
    organisationRating: consequences.organisation,
    organisationWhy: whyOf('organisation'),
    individualsRating: consequences.individuals,
    individualsWhy: whyOf('individuals'),
    societiesRating: consequences.societies,
    societiesWhy: whyOf('societies'),
    notApplicable: VIEWS.filter((name) => !isBlank(input[name].notApplicable)),
    consequence,
    level,
    band,
    aboveThreshold: yesNo(rated.aboveThreshold),
    mustFollow: rated.mustFollow.map(({ duty }) => duty),
    assessor: context.actor.personId,
    assessedOn: input.on,
    lateReason,
  };
};

const yesNo = (value: boolean): 'yes' | 'no' => (value ? 'yes' : 'no');

const noCriteria = (): Refusal =>
  refusal(
    'CRITERIA_NOT_APPROVED',
    'expected approved risk criteria, got none',
    'Have risk criteria approved by designated management first.',
    'criteria',
  );
