import { type Rule, subjectRule } from '../rule.ts';
import { isOneOf, listOf, type Seen, someOf, textOf } from '../values.ts';
import { findingIf, outside } from '../verdict.ts';
import { controlName, isMeant, liveStates, speakingVersion, speaks, versionsRead } from './populations.ts';

const treatmentFields = ['state', 'controls', 'ownControls', 'risk', 'createdAt'] as const;
const naming = {
  byControl: { register: 'treatments', field: 'controls', equals: 'control', fields: treatmentFields },
  byOwnControl: { register: 'treatments', field: 'ownControls', equals: 'ownControl', fields: treatmentFields },
} as const;
const live = { state: { oneOf: liveStates }, scopeDecision: 'in' } as const;

/** Clause 6.1.3: the Statement of Applicability held against treatments, risks and the inventory. */
export const soaFactRules: readonly Rule[] = [
  subjectRule({
    id: 'R039',
    subject: 'soa-entries',
    fields: ['soa', 'decision', 'control', 'ownControl'],
    related: naming,
    facts: { versions: versionsRead },
    whenEmpty: 'controls that the Statement of Applicability excludes',
    check: ({ subject, related, facts }) => {
      if (subject.decision !== 'excluded' || !speaks(subject, facts.versions)) return outside();
      const open = [...related.byControl, ...related.byOwnControl].filter(isMeant);
      return findingIf(
        open.length > 0 && `${controlName(subject)} is excluded, but named by ${someOf(open.map((treatment) => treatment.identifier))}`,
      );
    },
  }),
  subjectRule({
    id: 'R041',
    subject: 'soa-entries',
    fields: ['soa', 'decision', 'control', 'contradictionNote'],
    whenEmpty: 'excluded controls about development, data, use or suppliers',
    facts: {
      versions: versionsRead,
      developed: { count: 'systems', where: { ...live, rolesStandard: { has: ['developer'] } } },
      trained: { count: 'systems', where: { ...live, trainsOnData: true } },
      used: { count: 'systems', where: { ...live, rolesStandard: { has: ['user', 'customer'] } } },
      supplied: { count: 'systems', where: { ...live, provider: { present: true } } },
    },
    check: ({ subject, facts }) => {
      const area = inventoryOf(textOf(subject.control) ?? '', facts);
      if (subject.decision !== 'excluded' || area === null || !speaks(subject, facts.versions)) return outside();
      return findingIf(
        area.systems > 0 &&
          textOf(subject.contradictionNote) === null &&
          `${controlName(subject)} is excluded, but ${area.systems} systems ${area.words}`,
      );
    },
  }),
  subjectRule({
    id: 'R042',
    subject: 'soa-entries',
    fields: ['soa', 'decision', 'reasons', 'risks', 'control', 'ownControl'],
    facts: { versions: versionsRead },
    whenEmpty: 'an approved Statement of Applicability with included controls',
    related: { ...naming, linked: { register: 'risks', of: 'risks', fields: ['state'] } },
    check: ({ subject, related, facts }) => {
      const version = speakingVersion(facts.versions);
      if (version?.state !== 'approved' || subject.soa !== version.id || subject.decision !== 'included') return outside();
      const since = textOf(version.approvedAt) ?? textOf(version.approvedOn) ?? '';
      const newer = [...related.byControl, ...related.byOwnControl].filter((treatment) => isNewBasis(treatment, subject, since));
      if (newer.length > 0)
        return findingIf(`${controlName(subject)}: ${someOf(newer.map((treatment) => treatment.identifier))} came after the approval`);
      const forRiskAlone =
        listOf(subject.reasons).length === 1 && listOf(subject.reasons)[0] === 'risk' && listOf(subject.risks).length > 0;
      const gone = forRiskAlone && related.linked.every((risk) => isOneOf(risk.state, ['closed']));
      return findingIf(gone && `${controlName(subject)}: every risk it was included for is closed`);
    },
  }),
];

/** A treatment, recorded after the approval, for a risk that the entry does not know. */
const isNewBasis = (treatment: Seen<'state' | 'risk' | 'createdAt'>, entry: Seen<'risks'>, since: string): boolean =>
  isMeant(treatment) && !listOf(entry.risks).includes(String(treatment.risk)) && isAfter(textOf(treatment.createdAt) ?? '', since);

// A day and a moment are compared by day: what came on the day of approval may have been there when it was given.
const isAfter = (moment: string, since: string): boolean =>
  since.length > 10 && moment.length > 10 ? moment > since : moment.slice(0, 10) > since.slice(0, 10);

interface Inventory {
  readonly developed: number;
  readonly trained: number;
  readonly used: number;
  readonly supplied: number;
}

/** What in the inventory speaks against excluding a control; null where nothing could. */
const inventoryOf = (control: string, facts: Inventory): { readonly systems: number; readonly words: string } | null => {
  if (control.startsWith('A.6.')) return { systems: facts.developed, words: 'are developed here' };
  if (control.startsWith('A.7.')) return { systems: facts.trained, words: 'are trained or tuned on data' };
  if (control.startsWith('A.9.')) return { systems: facts.used, words: 'are used here' };
  return control === 'A.10.3' ? { systems: facts.supplied, words: 'come from a supplier' } : null;
};
