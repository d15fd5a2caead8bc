import { isBlank } from '../shared/refusal.ts';
import { isOpenTreatment } from '../treatment/treatment.ts';
import type { TreatmentStatus } from '../treatment/treatment.ts';
import { hasLink } from './entry.ts';
import type { SoaEntry } from './entry.ts';

/** What the other registers know, each with the records that show it (codes for people, e.g. "SYS-4"). */
export interface Surroundings {
  readonly treatments: readonly { readonly code: string; readonly controls: readonly string[]; readonly status: TreatmentStatus }[];
  /** Systems in scope in which we have the role of developer. */
  readonly developed: readonly string[];
  /** Suppliers of AI systems, models, data or services. */
  readonly suppliers: readonly string[];
  /** Systems in scope that are trained or fine-tuned by us. */
  readonly trained: readonly string[];
  /** Systems in scope that we use. */
  readonly used: readonly string[];
}

export interface Contradiction {
  readonly control: string;
  readonly kind: 'open_treatment' | 'confirmed_link' | 'inventory';
  readonly message: string;
  readonly remedy: string;
  /** Codes of the records that contradict; empty where the entry contradicts itself. */
  readonly records: readonly string[];
  /** Keeps the version from being submitted. An explained contradiction with the inventory stays visible and no longer blocks. */
  readonly blocks: boolean;
}

/** Which part of the inventory speaks for which controls. */
const INVENTORY: readonly { readonly controls: RegExp; readonly of: Exclude<keyof Surroundings, 'treatments'>; readonly what: string }[] = [
  { controls: /^A\.6\./, of: 'developed', what: 'systems are developed' },
  { controls: /^A\.7\./, of: 'trained', what: 'systems are trained or fine-tuned' },
  { controls: /^A\.9\./, of: 'used', what: 'systems are used' },
  { controls: /^A\.10\.3$/, of: 'suppliers', what: 'suppliers are recorded' },
];

/** Every contradiction of an exclusion. Only exclusions contradict: an inclusion that nothing calls for is the organisation's own choice. */
export const contradictionsOf = (entry: SoaEntry, surroundings: Surroundings): readonly Contradiction[] =>
  entry.decision === 'excluded'
    ? [...againstTreatments(entry, surroundings), ...againstLinks(entry), ...againstInventory(entry, surroundings)]
    : [];

function againstTreatments(entry: SoaEntry, { treatments }: Surroundings): readonly Contradiction[] {
  const naming = treatments.filter((treatment) => isOpenTreatment(treatment.status) && treatment.controls.includes(entry.control));
  if (naming.length === 0) return [];
  const records = naming.map((treatment) => treatment.code);
  return [
    {
      control: entry.control,
      kind: 'open_treatment',
      message: `${entry.control} is excluded, but the open treatment ${records.join(', ')} needs it`,
      remedy: 'Include the control, or take it out of the treatment or cancel that.',
      records,
      blocks: true,
    },
  ];
}

function againstLinks(entry: SoaEntry): readonly Contradiction[] {
  if (!entry.linksConfirmed || !hasLink(entry)) return [];
  return [
    {
      control: entry.control,
      kind: 'confirmed_link',
      message: `${entry.control} is excluded, but a person confirmed that something calls for it`,
      remedy: 'Include the control, or remove the link with the person who confirmed it.',
      records: [...entry.risks, ...entry.objectives],
      blocks: true,
    },
  ];
}

function againstInventory(entry: SoaEntry, surroundings: Surroundings): readonly Contradiction[] {
  return INVENTORY.filter(({ controls, of }) => controls.test(entry.control) && surroundings[of].length > 0).map(({ of, what }) => ({
    control: entry.control,
    kind: 'inventory',
    message: `${entry.control} is excluded, but ${what}: ${someOf(surroundings[of])}`,
    remedy: 'Include the control, or explain in writing why it does not apply although the inventory speaks for it.',
    records: surroundings[of],
    blocks: isBlank(entry.contradictionNote),
  }));
}

/** At most three examples: an inventory of two thousand systems makes no sentence. */
const someOf = (records: readonly string[]): string =>
  records.length > 3 ? `${records.slice(0, 3).join(', ')} and ${records.length - 3} more` : records.join(', ');
