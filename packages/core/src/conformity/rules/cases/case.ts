import type { Dataset } from '../../memory.ts';
import type { Circumstances } from '../../rule.ts';
import { settingsFrom } from '../../settings.ts';

/** One rule by example: records it must flag, and records it must not. Every rule that judges has at least one. */
export interface RuleCase {
  readonly rule: string;
  readonly name: string;
  readonly flags: Dataset;
  /** Part of what is seen, where the words tell cases apart. */
  readonly seen?: string;
  readonly spares: Dataset;
  /** What it says instead of a finding; met unless only half of the rule's records exist. */
  readonly spared?: 'met' | 'notJudged';
}

/** The day, settings and catalog that the cases are written for. */
export const caseCircumstances: Circumstances = {
  today: '2026-11-21',
  settings: settingsFrom(),
  known: {
    controls: ['A.2.2', 'A.6.2.2', 'A.10.3'],
    requirements: ['4.1-1', '4.3-1'],
    law: { version: 'law@2', title: 'The law', date: '2026-07-27' },
  },
};
