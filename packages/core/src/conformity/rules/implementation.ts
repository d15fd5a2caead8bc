import { addDays, addMonths } from '../../shared/dates.ts';
import { type Rule, subjectRule } from '../rule.ts';
import { dayOf, isOneOf, latestOf, type Seen } from '../values.ts';
import { finding, met, outside } from '../verdict.ts';
import { speaks, versionsRead } from './populations.ts';

const facts = { versions: versionsRead };
const whenEmpty = 'controls whose status is implemented';
const evidenceRead = ['collectedOn', 'validFrom', 'validUntil', 'nextDue'] as const;

/** Clause 8.1: controls called implemented are shown at work, tested, and on time. */
export const implementationRules: readonly Rule[] = [
  subjectRule({
    id: 'R044',
    subject: 'soa-entries',
    fields: ['soa', 'decision', 'status', 'control', 'ownControl'],
    facts,
    whenEmpty,
    related: {
      evidence: { register: 'evidence', field: 'controls', equals: 'control', fields: evidenceRead },
      ownEvidence: { register: 'evidence', field: 'ownControls', equals: 'ownControl', fields: evidenceRead },
    },
    check: ({ subject, related, facts: { versions }, settings, today }) => {
      if (!isImplemented(subject) || !speaks(subject, versions)) return outside();
      const evidence = [...related.evidence, ...related.ownEvidence];
      if (evidence.length === 0) return finding('implemented, no evidence');
      const begun = evidence.filter((item) => (dayOf(item.validFrom) ?? today) <= today);
      const valid = begun.filter((item) => (dayOf(item.validUntil) ?? today) >= today);
      if (valid.length === 0) return finding('implemented, no evidence is valid today');
      const ends = valid.map((item) => {
        // What the organisation said of this piece outweighs its interval for all of them.
        const own = dayOf(item.validUntil) ?? dayOf(item.nextDue);
        return { own: own !== null, end: own ?? addMonths(dayOf(item.collectedOn) ?? today, settings.intervals.evidenceFreshMonths) };
      });
      const last = latestOf(ends.map(({ end }) => end)) ?? today;
      if (last >= today) return met(addDays(last, 1));
      const said = ends.find(({ end, own }) => end === last && own);
      return said === undefined
        ? finding(`implemented, newest evidence went stale on ${last}`, { restsOn: 'evidenceFreshMonths' })
        : finding(`implemented, newest evidence was to be collected anew by ${last}`);
    },
  }),
  subjectRule({
    id: 'R045',
    subject: 'soa-entries',
    fields: ['soa', 'decision', 'status', 'targetDate'],
    facts,
    whenEmpty: 'controls still to be implemented with a target date',
    check: ({ subject, facts: { versions }, today }) => {
      const target = dayOf(subject.targetDate);
      if (subject.decision !== 'included' || isImplemented(subject) || target === null || !speaks(subject, versions)) return outside();
      return target < today ? finding(`target date was ${target}`) : met(addDays(target, 1));
    },
  }),
  subjectRule({
    id: 'R046',
    subject: 'soa-entries',
    fields: ['soa', 'decision', 'status', 'control', 'ownControl'],
    facts,
    whenEmpty,
    related: {
      tests: { register: 'control-tests', field: 'control', equals: 'control', fields: ['testedOn', 'nextDue'] },
      ownTests: { register: 'control-tests', field: 'ownControl', equals: 'ownControl', fields: ['testedOn', 'nextDue'] },
    },
    check: ({ subject, related, facts: { versions }, settings, today }) => {
      if (!isImplemented(subject) || !speaks(subject, versions)) return outside();
      const last = [...related.tests, ...related.ownTests]
        .filter((test) => dayOf(test.testedOn) !== null)
        .toSorted((a, b) => (dayOf(b.testedOn) ?? '').localeCompare(dayOf(a.testedOn) ?? ''))[0];
      if (last === undefined) return finding('implemented, never tested');
      const own = dayOf(last.nextDue);
      if (own !== null) return own < today ? finding(`test was due on ${own}`) : met(addDays(own, 1));
      const due = addMonths(dayOf(last.testedOn) ?? today, settings.intervals.controlTestMonths);
      return due < today ? finding(`last tested on ${dayOf(last.testedOn)}`, { restsOn: 'controlTestMonths' }) : met(addDays(due, 1));
    },
  }),
];

const isImplemented = (entry: Seen<'decision' | 'status'>): boolean =>
  entry.decision === 'included' && isOneOf(entry.status, ['implemented', 'effective']);
