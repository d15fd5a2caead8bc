import { isOneOf, listOf, type Seen, textOf } from '../values.ts';

/**
 * A system counts until it is retired or found not to be one: candidates too, since they may be in use already while
 * nobody has decided about them.
 */
export const isLive = (system: Seen<'state'>): boolean => !isOneOf(system.state, ['retired', 'not_an_ai_system']);
export const isLiveInScope = (system: Seen<'state' | 'scopeDecision'>): boolean => isLive(system) && system.scopeDecision === 'in';
export const liveStates = ['candidate', 'registered', 'in_development', 'pilot', 'production', 'suspended'] as const;

/** A risk in the narrow sense that is not closed; opportunities have rules of their own. */
export const isOpenRisk = (risk: Seen<'state' | 'kind'>): boolean => risk.kind !== 'opportunity' && risk.state !== 'closed';
/** A treatment that somebody means: not cancelled. One that works still needs its controls. */
export const isMeant = (treatment: Seen<'state'>): boolean => treatment.state !== 'cancelled';

/** The assignment binds today: neither declined nor ended, and within its days. */
export const isHeld = (assignment: Seen<'state' | 'fromDate' | 'untilDate'>, today: string): boolean =>
  isOneOf(assignment.state, ['proposed', 'accepted']) &&
  (textOf(assignment.fromDate) ?? today) <= today &&
  (textOf(assignment.untilDate) ?? today) >= today;

/** The version of a Statement of Applicability that speaks today: the approved one, else the newest draft or one in review. */
export const speakingVersion = <S extends Seen<'state' | 'versionNumber'>>(versions: readonly S[]): S | null => {
  const newest = (states: readonly string[]): S | null =>
    versions
      .filter((version) => isOneOf(version.state, states))
      .toSorted((a, b) => Number(b.versionNumber ?? 0) - Number(a.versionNumber ?? 0))[0] ?? null;
  return newest(['approved']) ?? newest(['draft', 'in_review']);
};

/** The entry belongs to that version. */
export const speaks = (entry: Seen<'soa'>, versions: readonly Seen<'state' | 'versionNumber'>[]): boolean => {
  const version = speakingVersion(versions);
  return version !== null && entry.soa === version.id;
};
export const versionsRead = {
  rows: 'soa-versions',
  fields: ['state', 'versionNumber', 'approvedOn', 'approvedAt', 'ownControlsStatement'],
} as const;

/** "A.5.2" or the title of an own control. */
export const controlName = (entry: Seen<'control'>): string => textOf(entry.control) ?? entry.title;
export const isEmptyList = (value: Parameters<typeof listOf>[0]): boolean => listOf(value).length === 0;
