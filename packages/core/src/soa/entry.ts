import { isBlank } from '../shared/refusal.ts';

export const decisions = ['undecided', 'included', 'excluded'] as const;
export type SoaDecision = (typeof decisions)[number];

/** Why a control is included. */
export const reasonTypes = ['risk', 'law', 'contract', 'objective', 'own_choice'] as const;
export type ReasonType = (typeof reasonTypes)[number];

export const implementationStates = ['not_started', 'planned', 'in_progress', 'implemented', 'effective', 'not_applicable'] as const;
export type ImplementationStatus = (typeof implementationStates)[number];

/** One control in one version of the Statement of Applicability. */
export interface SoaEntry {
  /** "A.6.2.4", or the id of one of the organisation's own controls. */
  readonly control: string;
  readonly decision: SoaDecision;
  /** For an inclusion; an exclusion is reasoned by its justification alone. */
  readonly reasons: readonly ReasonType[];
  readonly justification: string | null;
  /** Ids of the linked risks and objectives; laws and contracts as cited. */
  readonly risks: readonly string[];
  readonly objectives: readonly string[];
  readonly laws: string | null;
  readonly contracts: string | null;
  /** A person confirmed these links; a suggestion alone never binds. */
  readonly linksConfirmed: boolean;
  /** Why the control is excluded although the inventory speaks for it. */
  readonly contradictionNote: string | null;
  readonly status: ImplementationStatus;
  readonly owner: string | null;
  readonly targetDate: string | null;
}

/** A fresh entry: nothing is decided for anyone. */
export const undecided = (control: string): SoaEntry => ({
  control,
  decision: 'undecided',
  reasons: [],
  justification: null,
  risks: [],
  objectives: [],
  laws: null,
  contracts: null,
  linksConfirmed: false,
  contradictionNote: null,
  status: 'not_started',
  owner: null,
  targetDate: null,
});

/** An inclusion names at least one type of reason; an exclusion is justified in words. An undecided entry has none to give. */
export const hasReason = (entry: SoaEntry): boolean =>
  entry.decision === 'included' ? entry.reasons.length > 0 : entry.decision === 'excluded' && !isBlank(entry.justification);

/** The types of reason for which the entry names something. Own choice is named by its justification. */
export const linkedReasons = (entry: SoaEntry): readonly ReasonType[] => [
  ...(entry.risks.length > 0 ? (['risk'] as const) : []),
  ...(isBlank(entry.laws) ? [] : (['law'] as const)),
  ...(isBlank(entry.contracts) ? [] : (['contract'] as const)),
  ...(entry.objectives.length > 0 ? (['objective'] as const) : []),
  ...(isBlank(entry.justification) ? [] : (['own_choice'] as const)),
];

/** A link to a record or to a law or contract, as against words about it. */
export const hasLink = (entry: SoaEntry): boolean => linkedReasons(entry).some((reason) => reason !== 'own_choice');

export type Gap = 'REASON_NOT_LINKED' | 'OWNER_MISSING' | 'TARGET_MISSING' | 'STATUS_OF_EXCLUDED';

/** What an auditor would ask about next. Gaps are shown while drafting and never keep an entry from being submitted. */
export function gapsOf(entry: SoaEntry): readonly Gap[] {
  if (entry.decision === 'undecided') return [];
  if (entry.decision === 'excluded') return ['not_started', 'not_applicable'].includes(entry.status) ? [] : ['STATUS_OF_EXCLUDED'];
  const linked = linkedReasons(entry);
  const pending = entry.status === 'planned' || entry.status === 'in_progress';
  return [
    ...(entry.reasons.some((reason) => !linked.includes(reason)) ? (['REASON_NOT_LINKED'] as const) : []),
    ...(entry.owner === null ? (['OWNER_MISSING'] as const) : []),
    ...(pending && entry.targetDate === null ? (['TARGET_MISSING'] as const) : []),
  ];
}
