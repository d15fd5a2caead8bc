/**
 * The organisation's own measures for what the standard leaves open. Each has a default, so that rules can answer from
 * the first day; but a default interval is ours, not the standard's: a finding that rests on it alone stays an
 * observation until the organisation has set the interval itself (`adopted`).
 */
export const intervalDefaults = {
  /** Months between two reviews of the context (4.1). */
  contextReviewMonths: 12,
  /** Days a holder has to accept a role (5.3). */
  roleAcceptanceDays: 30,
  /** Days after a treatment is done until its effect should have been checked (8.3). */
  treatmentCheckDays: 90,
  /** Months for which evidence without an end of validity counts as current (8.1). */
  evidenceFreshMonths: 12,
  /** Months between two tests of a control that names no next date itself (8.1, 9.1). */
  controlTestMonths: 12,
  /** Months between two measurements of an objective that names no frequency itself (6.2, 9.1). */
  objectiveMeasurementMonths: 3,
  /** Months within which top management should have acted visibly (5.1). */
  leadershipMonths: 12,
} as const;

export const thresholdDefaults = {
  /** Share of affected records (0..1) from which a minor finding that can become major does. */
  systemicShare: 0.5,
  /** Affected records from which it does; both must hold. */
  systemicRecords: 3,
  /** Characters below which a reason for exclusion says nothing. */
  exclusionReasonCharacters: 20,
  /** Share of evidence (0..1) from the last four weeks above which it looks prepared. */
  recentEvidenceShare: 0.6,
  /** Pieces of evidence below which nothing is said about their age. */
  recentEvidenceMinimum: 10,
} as const;

export type IntervalName = keyof typeof intervalDefaults;
export type ThresholdName = keyof typeof thresholdDefaults;

export interface ConformitySettings {
  readonly intervals: Readonly<Record<IntervalName, number>>;
  readonly thresholds: Readonly<Record<ThresholdName, number>>;
  /** Years for which records are kept, by register, as the organisation adopted them. */
  readonly retention: Readonly<Record<string, number>>;
  /** Intervals that the organisation has set itself, be it to the value of the default. */
  readonly adopted: readonly IntervalName[];
}

/** What an organisation may have written down; unknown names are ignored, absent ones follow the defaults. */
export interface OwnSettings {
  readonly intervals?: Readonly<Record<string, number>> | undefined;
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
  readonly retention?: Readonly<Record<string, number>> | undefined;
}

/** The settings in force: the organisation's own where it has them, else the defaults. */
export const settingsFrom = (own: OwnSettings = {}): ConformitySettings => ({
  intervals: overlay(intervalDefaults, own.intervals),
  thresholds: overlay(thresholdDefaults, own.thresholds),
  retention: own.retention ?? {},
  adopted: (Object.keys(intervalDefaults) as IntervalName[]).filter((name) => own.intervals?.[name] !== undefined),
});

const overlay = <K extends string>(defaults: Readonly<Record<K, number>>, own: Readonly<Record<string, number>> = {}): Record<K, number> =>
  Object.fromEntries(Object.entries<number>(defaults).map(([name, value]) => [name, own[name] ?? value])) as Record<K, number>;
