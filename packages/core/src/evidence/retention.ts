import { addMonths } from '../shared/dates.ts';
import { type Refusal, refusal } from '../shared/refusal.ts';
import { type AdoptedRetention, retentionYears } from './retention-rules.ts';

/**
 * A version that top management or a designated person approved, or a run of a process, that rests on what is asked about. A run is in
 * force while it is in progress.
 */
export interface ApprovedVersion {
  readonly register: string;
  readonly identifier: string;
  /** Calendar day, of a run the day of its end; null while it is in force. */
  readonly supersededOn: string | null;
}

export interface RetentionFacts {
  /** The register of the record that is asked about. */
  readonly register: string;
  /** Calendar day; null while the record is in use. */
  readonly archivedOn: string | null;
  readonly restedOnBy: readonly ApprovedVersion[];
  readonly adopted: AdoptedRetention;
}

/** One reason to keep something. `until` is the last day (inclusive); null while nothing has begun to run out. */
export interface Hold {
  readonly why: 'in_force' | 'superseded' | 'rule' | 'in_use';
  readonly until: string | null;
  /** The approved version, for holds that rest on one. */
  readonly version: string | null;
}

/** The last day of so many years from an event. */
export const endOfRetention = (from: string, years: number): string => addMonths(from, years * 12);

/**
 * Every reason to keep a record's content. What an approved version rests on is kept while the version is in force and
 * for its years afterwards, adopted or not: an approval that can no longer be shown proves nothing. Beyond that a period
 * binds only once the organisation has adopted it.
 */
export function holdsOn({ register, archivedOn, restedOnBy, adopted }: RetentionFacts): readonly Hold[] {
  const own = retentionYears(register, adopted);
  return [
    ...(archivedOn === null ? [{ why: 'in_use', until: null, version: null } as const] : []),
    ...restedOnBy.map((version): Hold => {
      if (version.supersededOn === null) return { why: 'in_force', until: null, version: version.identifier };
      const years = Math.max(own.years, retentionYears(version.register, adopted).years);
      return { why: 'superseded', until: endOfRetention(version.supersededOn, years), version: version.identifier };
    }),
    ...(archivedOn !== null && own.adopted ? [{ why: 'rule', until: endOfRetention(archivedOn, own.years), version: null } as const] : []),
  ];
}

export interface Retention {
  /** Holds that still bind on the day asked about. */
  readonly holds: readonly Hold[];
  /** The last day of all holds that have one; null when none binds or one of them has no end yet. */
  readonly until: string | null;
}

/** What still keeps a record's content on a day. With no hold left it may be deleted. */
export function retentionOf(facts: RetentionFacts, today: string): Retention {
  const holds = holdsOn(facts).filter(({ until }) => until === null || until >= today);
  const ends = holds.map(({ until }) => until);
  return { holds, until: ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null) };
}

/** Every reason against deleting the content of evidence on this day, with the day from which it is possible where there is one. */
export const againstPurge = (facts: RetentionFacts, today: string): readonly Refusal[] =>
  retentionOf(facts, today).holds.map(({ why, until, version }) => {
    switch (why) {
      case 'in_use':
        return refusal(
          'IN_USE',
          'expected archived evidence, got evidence in use',
          'Archive it first, with the reason why it no longer serves.',
        );
      case 'in_force':
        return refusal(
          'APPROVED_VERSION_RESTS_ON_IT',
          `expected evidence that nothing in force or in progress rests on, got one that ${version} rests on`,
          'Keep the file; its retention begins when a newer version takes the place of this one, or the run has ended.',
        );
      case 'superseded':
        return refusal(
          'RETENTION_RUNS',
          `expected a day after ${until}, until which evidence of ${version} is kept, got ${today}`,
          `Keep the file until ${until}.`,
        );
      case 'rule':
        return refusal(
          'RETENTION_RUNS',
          `expected a day after ${until}, until which the retention rule for evidence runs, got ${today}`,
          `Keep the file until ${until}, or change the rule with its reason.`,
        );
    }
  });
