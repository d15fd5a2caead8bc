import { addMonths, compareDates } from '../shared/dates.ts';
import { isBlank, refusal } from '../shared/refusal.ts';
import type { Refusal } from '../shared/refusal.ts';
import { bandOf, levelOf, reviewMonthsOf } from './criteria.ts';
import type { Band, RiskCriteria } from './criteria.ts';

/** Who would bear the consequence. The standard asks for all three to be looked at. */
export const VIEWS = ['organisation', 'individuals', 'societies'] as const;
export type ViewName = (typeof VIEWS)[number];

/** One view as entered: a rating, or the reason why it does not apply. */
export interface View {
  readonly rating?: number | undefined;
  readonly notApplicable?: string | undefined;
  readonly why?: string | undefined;
}

export interface AssessmentInput extends Readonly<Record<ViewName, View>> {
  readonly kind: 'inherent' | 'residual';
  readonly likelihood: number;
  readonly likelihoodWhy?: string | undefined;
  /** The day the assessment happened. */
  readonly on: string;
  readonly assessor: string;
}

/** A version of the criteria with the days on which it was in force: from its approval until the next one's. */
export interface CriteriaInForce {
  readonly criteria: RiskCriteria;
  readonly approvedOn: string | null;
  readonly supersededOn: string | null;
}

export interface AssessSettings {
  /** Months to the next review, highest band first; a band's own figure goes before. */
  readonly reviewMonths: readonly number[];
}

export type Duty = 'decide_treatment' | 'confirm_acceptance' | 'decide_pursuit' | 'second_reader' | 'assess_impact' | 'review';

/** Something that has to follow from a rating. */
export interface MustFollow {
  readonly duty: Duty;
  readonly text: string;
  /** Last day for it, where there is one. */
  readonly due: string | null;
}

export interface AssessmentResult {
  readonly assessment: AssessmentInput;
  /** The rating of each view; null = not applicable. */
  readonly consequences: Readonly<Record<ViewName, number | null>>;
  /** The highest of the three. */
  readonly consequence: number;
  readonly level: number;
  readonly band: string;
  readonly aboveThreshold: boolean;
  readonly reviewDue: string;
  readonly mustFollow: readonly MustFollow[];
}

/**
 * Rates a risk or an opportunity: three views, the worst of them counts, the level comes from the matrix of the criteria in force
 * on the day of the assessment. Refuses with every reason at once. Source: ISO/IEC 42001, 6.1.1, 6.1.2 and 8.2.
 */
export function assess(
  input: AssessmentInput,
  inForce: CriteriaInForce,
  facts: { readonly recordKind: 'risk' | 'opportunity'; readonly settings: AssessSettings },
): AssessmentResult | { readonly refused: readonly Refusal[] } {
  const { criteria } = inForce;
  const refused = [
    ...criteriaProblems(inForce, input.on),
    ...likelihoodProblems(input, criteria),
    ...VIEWS.flatMap((name) => viewProblems(name, input[name], criteria)),
  ];
  const consequences = {
    organisation: ratingOf(input.organisation),
    individuals: ratingOf(input.individuals),
    societies: ratingOf(input.societies),
  };
  const consequence = Math.max(...VIEWS.map((name) => consequences[name] ?? 0));
  if (refused.length === 0 && consequence === 0) refused.push(noView());
  if (refused.length > 0) return { refused };
  const level = levelOf(criteria, input.likelihood, consequence);
  const band = level === null ? null : bandOf(criteria, level);
  if (level === null || band === null) throw new Error('expected approved criteria to give every cell a level and a band');
  const aboveThreshold = level > criteria.threshold;
  const reviewDue = addMonths(input.on, reviewMonthsOf(criteria, band, facts.settings.reviewMonths));
  const mustFollow = duties({
    recordKind: facts.recordKind,
    criteria,
    band,
    aboveThreshold,
    consequences,
    reviewDue,
  });
  return { assessment: input, consequences, consequence, level, band: band.name, aboveThreshold, reviewDue, mustFollow };
}

function duties(rated: {
  readonly recordKind: 'risk' | 'opportunity';
  readonly criteria: RiskCriteria;
  readonly band: Band;
  readonly aboveThreshold: boolean;
  readonly consequences: Readonly<Record<ViewName, number | null>>;
  readonly reviewDue: string;
}): readonly MustFollow[] {
  const { criteria, band, consequences } = rated;
  const fromTop = criteria.bands.length - criteria.bands.indexOf(band);
  const review = follow('review', `Review by ${rated.reviewDue}`, rated.reviewDue);
  if (rated.recordKind === 'opportunity') return [follow('decide_pursuit', 'Decide whether to pursue it'), review];
  // The upper two steps of a scale are what people call serious: the people affected then need an assessment of their own.
  const serious = (rating: number | null): boolean => rating !== null && rating >= criteria.consequence.length - 1;
  return [
    ...(fromTop <= (criteria.secondReaderBands ?? 0)
      ? [follow('second_reader', `A second person reads a rating in the band "${band.name}"`)]
      : []),
    rated.aboveThreshold
      ? follow('decide_treatment', `Above the threshold of ${criteria.threshold}: decide on treatment`)
      : follow('confirm_acceptance', `Within the threshold of ${criteria.threshold}: the risk owner confirms the acceptance`),
    ...(serious(consequences.individuals) || serious(consequences.societies)
      ? [follow('assess_impact', 'Serious for individuals or societies: link or start an impact assessment')]
      : []),
    review,
  ];
}

const follow = (duty: Duty, text: string, due: string | null = null): MustFollow => ({ duty, text, due });

/** A rating only counts where its view applies; an empty reason does not take a view away. */
const ratingOf = (view: View): number | null => (isBlank(view.notApplicable) ? (view.rating ?? null) : null);

function criteriaProblems({ approvedOn, supersededOn }: CriteriaInForce, on: string): readonly Refusal[] {
  const remedy = 'Use the criteria that were approved on the day of the assessment, or have criteria approved first.';
  if (approvedOn === null) return [refusal('CRITERIA_NOT_APPROVED', 'expected approved risk criteria, got a draft', remedy, 'criteria')];
  if (compareDates(on, approvedOn) < 0) {
    return [
      refusal('CRITERIA_NOT_YET_APPROVED', `expected criteria approved by ${on}, got some approved on ${approvedOn}`, remedy, 'criteria'),
    ];
  }
  if (supersededOn !== null && compareDates(on, supersededOn) >= 0) {
    return [
      refusal('CRITERIA_SUPERSEDED', `expected criteria in force on ${on}, got some superseded on ${supersededOn}`, remedy, 'criteria'),
    ];
  }
  return [];
}

function likelihoodProblems(input: AssessmentInput, criteria: RiskCriteria): Refusal[] {
  return outsideScale(input.likelihood, criteria.likelihood.length, 'likelihood');
}

function viewProblems(name: ViewName, view: View, criteria: RiskCriteria): readonly Refusal[] {
  const excused = !isBlank(view.notApplicable);
  if (view.rating === undefined) {
    const remedy = 'Rate the view, or say why it does not apply.';
    return excused
      ? []
      : [refusal('VIEW_MISSING', `expected a rating for ${name} or a reason why it does not apply, got neither`, remedy, name)];
  }
  if (excused) return [refusal('VIEW_BOTH', `expected a rating or "not applicable" for ${name}, got both`, 'Keep one of them.', name)];
  return outsideScale(view.rating, criteria.consequence.length, name);
}

const outsideScale = (rating: number, steps: number, field: string): Refusal[] =>
  Number.isInteger(rating) && rating >= 1 && rating <= steps
    ? []
    : [refusal('RATING_OUTSIDE_SCALE', `expected a whole rating from 1 to ${steps}, got ${rating}`, 'Choose a step of the scale.', field)];

const noView = (): Refusal =>
  refusal(
    'NO_VIEW_APPLIES',
    'expected at least one view of the consequence, got none',
    'Rate the organisation, individuals or societies; a risk to none of them is no risk.',
    'organisation',
  );
