import type { ConformitySettings } from './settings.ts';
import type { Seen, Value } from './values.ts';
import type { Verdict } from './verdict.ts';

/**
 * How records of another register belong to a subject: `by` names their field that refers to the subject, `of` the
 * subject's field that refers to them, `field`/`equals` two fields with a common value (a control's number, say).
 * Lists match when they share an entry.
 */
export type Link = { readonly by: string } | { readonly of: string } | { readonly field: string; readonly equals: string };
export type RelatedRead = Link & { readonly register: string; readonly fields: readonly string[] };

/** A closed language, so that memory and SQL can say the same: equal, one of, list contains one of, has a value. All must hold. */
export type Condition = Readonly<
  Record<
    string,
    string | boolean | { readonly oneOf: readonly string[] } | { readonly has: readonly string[] } | { readonly present: true }
  >
>;

/** What a rule wants to know about the organisation: all records of a small register, or a count over a large one. */
export type FactRead =
  | { readonly rows: string; readonly fields: readonly string[] }
  | { readonly count: string; readonly where?: Condition };

/** What the catalog knows: valid numbers and the law in force. */
export interface Known {
  readonly controls: readonly string[];
  readonly requirements: readonly string[];
  readonly law: { readonly version: string; readonly title: string; readonly date: string };
}

export interface Circumstances {
  /** Calendar day in the organisation's time zone, ISO 8601. */
  readonly today: string;
  readonly settings: ConformitySettings;
  readonly known: Known;
}

export type FactValue = readonly Seen[] | number;

interface Common {
  readonly id: string;
  readonly facts: Readonly<Record<string, FactRead>>;
  /** Says what is missing when the population is empty. */
  readonly whenEmpty: string;
}

/** Judges one record at a time. Several rules may share an id, one for each kind of subject; their results are one. */
export interface SubjectRule extends Common {
  readonly kind: 'subject';
  readonly subject: string;
  readonly fields: readonly string[];
  readonly related: Readonly<Record<string, RelatedRead>>;
  readonly check: (input: SubjectInput) => Verdict;
}

export interface SubjectInput extends Circumstances {
  readonly subject: Seen;
  readonly related: Readonly<Record<string, readonly Seen[]>>;
  readonly facts: Readonly<Record<string, FactValue>>;
}

/** A verdict on the organisation as a whole, with the records it is about and its own population where that is not one. */
export interface Overall {
  readonly verdict: Verdict;
  readonly population?: number;
  readonly affected?: number;
  readonly records?: readonly { readonly register: string; readonly record: Seen; readonly seen: string }[];
}

/** Judges the organisation by facts. */
export interface OrganisationRule extends Common {
  readonly kind: 'organisation';
  readonly checkAll: (input: Circumstances & { readonly facts: Readonly<Record<string, FactValue>> }) => Verdict | Overall;
}

export type Rule = SubjectRule | OrganisationRule;

type Names<T> = T extends readonly (infer N extends string)[] ? N : never;
type Facts = Readonly<Record<string, FactRead>>;
type Related = Readonly<Record<string, RelatedRead>>;
type FactValues<A extends Facts> = { readonly [K in keyof A]: A[K] extends { fields: infer F } ? readonly Seen<Names<F>>[] : number };
type RelatedValues<R extends Related> = { readonly [K in keyof R]: readonly Seen<Names<R[K]['fields']>>[] };

/** Declares a rule about single records; `check` sees exactly the fields that are declared. */
export const subjectRule = <
  const F extends readonly string[],
  const R extends Related = Record<never, never>,
  const A extends Facts = Record<never, never>,
>(declared: {
  readonly id: string;
  readonly subject: string;
  readonly fields: F;
  readonly related?: R;
  readonly facts?: A;
  readonly whenEmpty: string;
  readonly check: (
    input: Circumstances & { readonly subject: Seen<Names<F>>; readonly related: RelatedValues<R>; readonly facts: FactValues<A> },
  ) => Verdict;
}): SubjectRule => ({ related: {}, facts: {}, ...declared, kind: 'subject' }) as unknown as SubjectRule;

/** Declares a rule about the organisation. */
export const organisationRule = <const A extends Facts>(declared: {
  readonly id: string;
  readonly facts: A;
  readonly whenEmpty?: string;
  readonly checkAll: (input: Circumstances & { readonly facts: FactValues<A> }) => Verdict | Overall;
}): OrganisationRule => ({ whenEmpty: 'records to judge', ...declared, kind: 'organisation' }) as unknown as OrganisationRule;

/** Every register a rule reads: a write to one of them makes its last answer stale. */
export const registersOf = (rule: Rule): readonly string[] => [
  ...new Set([
    ...(rule.kind === 'subject' ? [rule.subject, ...Object.values(rule.related).map((read) => read.register)] : []),
    ...Object.values(rule.facts).map(registerOfFact),
  ]),
];

export const registerOfFact = (read: FactRead): string => ('rows' in read ? read.rows : read.count);

/** The two sides of a link: the field of theirs that must share a value with the field of mine. */
export const linkSides = (link: Link): { readonly theirs: string; readonly mine: string } =>
  'by' in link
    ? { theirs: link.by, mine: 'id' }
    : 'of' in link
      ? { theirs: 'id', mine: link.of }
      : { theirs: link.field, mine: link.equals };

/** A condition's answer for one record; the server says the same in SQL. */
export const holds = (condition: Condition, record: Readonly<Record<string, Value | undefined>>): boolean =>
  Object.entries(condition).every(([field, wanted]) => {
    const value = record[field] ?? null;
    if (typeof wanted !== 'object') return value === wanted;
    if ('oneOf' in wanted) return typeof value === 'string' && wanted.oneOf.includes(value);
    if ('has' in wanted) return Array.isArray(value) && wanted.has.some((entry) => (value as readonly string[]).includes(entry));
    return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
