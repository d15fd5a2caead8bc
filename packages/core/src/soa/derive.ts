import { isBlank } from '../shared/refusal.ts';
import { needsItsControls } from '../treatment/treatment.ts';
import type { TreatmentStatus } from '../treatment/treatment.ts';
import type { ReasonType, SoaEntry } from './entry.ts';

/** What may speak for a control. `code` and `title` are for people, ids are what entries link to. */
export interface Basis {
  readonly treatments: readonly {
    readonly riskId: string;
    readonly riskCode: string;
    readonly controls: readonly string[];
    readonly status: TreatmentStatus;
  }[];
  /** Duties from confirmed classifications, with the controls that the mapping of the catalog names for them. */
  readonly lawDuties: readonly { readonly article: string; readonly controls: readonly string[] }[];
  readonly contracts: readonly { readonly title: string; readonly controls: readonly string[] }[];
  readonly objectives: readonly { readonly id: string; readonly code: string; readonly controls: readonly string[] }[];
}

/** A proposed "why" for one control. It never holds a decision. */
export interface Suggestion {
  readonly control: string;
  readonly reasons: readonly ReasonType[];
  readonly risks: readonly string[];
  readonly objectives: readonly string[];
  readonly laws: string | null;
  readonly contracts: string | null;
  /** A sentence that names the records, ready to be edited. */
  readonly justification: string;
}

/** What the records say for one control; null when nothing speaks for it, which is no reason to exclude it. */
export function suggest(control: string, basis: Basis): Suggestion | null {
  const names = <T extends { readonly controls: readonly string[] }>(items: readonly T[]): readonly T[] =>
    items.filter((item) => item.controls.includes(control));
  const treatments = names(basis.treatments).filter((treatment) => needsItsControls(treatment.status));
  const laws = unique(names(basis.lawDuties).map((duty) => duty.article));
  const contracts = unique(names(basis.contracts).map((contract) => contract.title));
  const objectives = names(basis.objectives);
  const parts: readonly (readonly [ReasonType, string, readonly string[]])[] = [
    ['risk', 'treats', unique(treatments.map((treatment) => treatment.riskCode))],
    ['law', 'answers', laws],
    ['contract', 'is owed under', contracts],
    ['objective', 'serves', unique(objectives.map((objective) => objective.code))],
  ];
  const speaking = parts.filter(([, , records]) => records.length > 0);
  if (speaking.length === 0) return null;
  return {
    control,
    reasons: speaking.map(([reason]) => reason),
    risks: unique(treatments.map((treatment) => treatment.riskId)),
    objectives: unique(objectives.map((objective) => objective.id)),
    laws: laws.length > 0 ? laws.join('; ') : null,
    contracts: contracts.length > 0 ? contracts.join('; ') : null,
    justification: `It ${speaking.map(([, verb, records]) => `${verb} ${records.join(', ')}`).join('; ')}.`,
  };
}

/**
 * Fills the "why" of an entry from the records and leaves the decision to a person. What a person wrote stays; an entry whose links
 * were confirmed is not touched, else a suggestion could quietly loosen what somebody signed for.
 */
export function applySuggestion(entry: SoaEntry, suggestion: Suggestion): SoaEntry {
  if (entry.linksConfirmed || entry.control !== suggestion.control) return entry;
  return {
    ...entry,
    reasons: unique([...entry.reasons, ...suggestion.reasons]),
    risks: unique([...entry.risks, ...suggestion.risks]),
    objectives: unique([...entry.objectives, ...suggestion.objectives]),
    laws: isBlank(entry.laws) ? suggestion.laws : entry.laws,
    contracts: isBlank(entry.contracts) ? suggestion.contracts : entry.contracts,
    justification: isBlank(entry.justification) ? suggestion.justification : entry.justification,
  };
}

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
