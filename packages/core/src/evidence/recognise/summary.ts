import type { Refusal } from '../../shared/refusal.ts';

export const formats = ['sarif', 'dsse', 'in-toto', 'junit', 'cyclonedx', 'spdx'] as const;
export type Format = (typeof formats)[number];

/** What a file says by its own format: kept with the evidence as it was said then, and shown as a small table. */
export interface Summary {
  readonly format: Format;
  /** The version of the format that the file names. */
  readonly formatVersion: string | null;
  /** The tool, builder or suite that made it, with its version where it says one. */
  readonly madeBy: string | null;
  /** Numbers by name: `error`, `tests`, `components`… The names are words of the catalog. */
  readonly counts: Readonly<Record<string, number>>;
  /** Single facts by name: `predicateType`, `buildType`… */
  readonly details: Readonly<Record<string, string>>;
  /** What an attestation is about; at most `mostSubjects` of them. */
  readonly subjects: readonly Subject[];
}

export interface Subject {
  readonly name: string;
  /** Hex; null where the attestation names it by another digest. */
  readonly sha256: string | null;
}

/** The order in which counts are told: what went wrong first. Stored JSON does not keep the order of its members. */
export const countOrder: readonly string[] = [
  'error',
  'failed',
  'errors',
  'warning',
  'warned',
  'note',
  'none',
  'suppressed',
  'passed',
  'skipped',
  'tests',
  'suites',
  'vulnerabilities',
  'components',
  'packages',
  'services',
  'files',
  'rules',
  'runs',
  'statements',
  'subjects',
  'signatures',
];

/** The counts of a summary in the order in which they are told. */
export const countsInOrder = (counts: Summary['counts']): readonly (readonly [name: string, n: number])[] => {
  const place = (name: string) => (countOrder.includes(name) ? countOrder.indexOf(name) : countOrder.length);
  return Object.entries(counts).toSorted(([a], [b]) => place(a) - place(b));
};

export const mostSubjects = 200;

/** A known format that is broken is refused with all that was expected; what is no known format is simply a file. */
export type Recognition =
  | { readonly kind: 'summary'; readonly summary: Summary }
  | { readonly kind: 'broken'; readonly problems: readonly Refusal[] }
  | { readonly kind: 'file' };

export const summaryOf = (summary: Partial<Summary> & { readonly format: Format }): Recognition => ({
  kind: 'summary',
  summary: { formatVersion: null, madeBy: null, counts: {}, details: {}, subjects: [], ...summary },
});

export const broken = (problems: readonly Refusal[]): Recognition => ({ kind: 'broken', problems: problems.slice(0, 20) });
