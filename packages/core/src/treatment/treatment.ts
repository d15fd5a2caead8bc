import { isBlank, refusal } from '../shared/refusal.ts';
import type { Refusal } from '../shared/refusal.ts';

/** For a risk: modify, retain, avoid or share. For an opportunity: pursue or not. */
export const treatmentOptions = ['modify', 'retain', 'avoid', 'share', 'pursue', 'not_pursue'] as const;
export type TreatmentOption = (typeof treatmentOptions)[number];

export const treatmentStates = ['planned', 'in_progress', 'done', 'effective', 'not_effective', 'cancelled'] as const;
export type TreatmentStatus = (typeof treatmentStates)[number];

export interface Treatment {
  readonly option: TreatmentOption;
  readonly modifies: 'likelihood' | 'consequence' | 'both' | null;
  /** Annex A ids, e.g. "A.6.2.4". */
  readonly controls: readonly string[];
  /** Ids of the organisation's own controls. */
  readonly ownControls: readonly string[];
  readonly owner: string | null;
  readonly resources: string | null;
  readonly dueDate: string | null;
  readonly expectedLikelihood: number | null;
  readonly expectedConsequence: number | null;
  readonly effectivenessMeasure: string | null;
  /** Why: asked for when a risk is retained or shared, or an opportunity is left. */
  readonly description: string | null;
}

/** What is treated, as it was last rated. */
export interface TreatedRisk {
  readonly recordKind: 'risk' | 'opportunity';
  readonly likelihood: number;
  readonly consequence: number;
  readonly aboveThreshold: boolean;
  /** Both signatures of an acceptance that is valid today (`acceptanceStatus` = 'valid'). */
  readonly accepted: boolean;
}

/** A treatment that is neither cancelled nor checked as effective is open: what it names is still needed. */
export const isOpenTreatment = (status: TreatmentStatus): boolean => status !== 'cancelled' && status !== 'effective';

/** A control stays needed by a treatment that works; only a cancelled one lets go of it. */
export const needsItsControls = (status: TreatmentStatus): boolean => status !== 'cancelled';

/** Everything a treatment lacks before it can go into a plan. Drafts may lack all of it. Source: ISO/IEC 42001, 6.1.3. */
export function validateTreatment(treatment: Treatment, risk: TreatedRisk): readonly Refusal[] {
  const forOpportunity = treatment.option === 'pursue' || treatment.option === 'not_pursue';
  if (forOpportunity !== (risk.recordKind === 'opportunity')) return [wrongOption(treatment.option, risk.recordKind)];
  switch (treatment.option) {
    case 'modify':
      return [...againstModify(treatment, risk), ...againstAction(treatment)];
    case 'share':
      return [...againstAction(treatment), ...needs(treatment.description, 'description', 'with whom the risk is shared and how')];
    case 'avoid':
    case 'pursue':
      return againstAction(treatment);
    case 'retain':
      return againstRetain(treatment, risk);
    case 'not_pursue':
      return needs(treatment.description, 'description', 'why the opportunity is left');
  }
}

function againstModify(treatment: Treatment, risk: TreatedRisk): readonly Refusal[] {
  return [
    ...(treatment.controls.length + treatment.ownControls.length === 0
      ? [
          refusal(
            'CONTROL_NEEDED',
            'expected at least one control, got none',
            'Choose controls of Annex A or your own: something has to change the risk.',
            'controls',
          ),
        ]
      : []),
    ...(treatment.modifies === null
      ? [refusal('MODIFIES_NEEDED', 'expected likelihood, consequence or both, got nothing', 'Say what the treatment changes.', 'modifies')]
      : []),
    ...needs(treatment.effectivenessMeasure, 'effectivenessMeasure', 'how you will tell that it works'),
    ...againstExpectation(treatment, risk),
  ];
}

/** The expected residual must follow from what the treatment says it modifies. */
function againstExpectation(treatment: Treatment, risk: TreatedRisk): readonly Refusal[] {
  const { modifies, expectedLikelihood, expectedConsequence } = treatment;
  if (expectedLikelihood === null || expectedConsequence === null) {
    const field = expectedLikelihood === null ? 'expectedLikelihood' : 'expectedConsequence';
    return [
      refusal(
        'EXPECTED_RESIDUAL_NEEDED',
        'expected the residual likelihood and consequence, got nothing',
        'Say what the risk should be afterwards.',
        field,
      ),
    ];
  }
  const contradiction = (part: 'likelihood' | 'consequence', before: number, after: number, field: string): readonly Refusal[] => {
    const claimed = modifies === part || modifies === 'both';
    if (claimed && after >= before) {
      return [
        refusal(
          'NO_CHANGE_EXPECTED',
          `expected a ${part} below ${before}, got ${after}`,
          `Expect a lower ${part}, or say that something else is modified.`,
          field,
        ),
      ];
    }
    if (modifies !== null && !claimed && after < before) {
      return [
        refusal(
          'CHANGE_NOT_EXPLAINED',
          `expected the ${part} to stay at ${before}, got ${after}`,
          `Say that the treatment modifies the ${part} too.`,
          field,
        ),
      ];
    }
    return [];
  };
  return [
    ...contradiction('likelihood', risk.likelihood, expectedLikelihood, 'expectedLikelihood'),
    ...contradiction('consequence', risk.consequence, expectedConsequence, 'expectedConsequence'),
  ];
}

const againstAction = (treatment: Treatment): readonly Refusal[] => [
  ...needs(treatment.owner, 'owner', 'the person who carries it out'),
  ...needs(treatment.dueDate, 'dueDate', 'the day it is due'),
  ...needs(treatment.resources, 'resources', 'the resources it takes'),
];

function againstRetain(treatment: Treatment, risk: TreatedRisk): readonly Refusal[] {
  const why = needs(treatment.description, 'description', 'why the risk is retained');
  if (!risk.aboveThreshold || risk.accepted) return why;
  const remedy = 'Let the risk owner accept it and designated management approve that, or choose another option.';
  return [...why, refusal('ACCEPTANCE_NEEDED', 'expected a valid acceptance for a risk above the threshold, got none', remedy, 'option')];
}

const needs = (value: string | null, field: string, what: string): readonly Refusal[] =>
  isBlank(value) ? [refusal('FIELD_NEEDED', `expected ${what}, got nothing`, `Enter ${what}.`, field)] : [];

const wrongOption = (option: TreatmentOption, kind: 'risk' | 'opportunity'): Refusal =>
  refusal(
    'WRONG_OPTION',
    `expected an option for ${kind === 'risk' ? 'a risk' : 'an opportunity'}, got ${option}`,
    kind === 'risk' ? 'Choose modify, retain, avoid or share.' : 'Choose pursue or not_pursue.',
    'option',
  );
