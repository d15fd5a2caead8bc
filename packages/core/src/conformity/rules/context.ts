import { addDays, addMonths } from '../../shared/dates.ts';
import { organisationRule, type Rule, subjectRule } from '../rule.ts';
import { dayOf, latestOf, textOf } from '../values.ts';
import { finding, findingIf, met, notJudged, outside } from '../verdict.ts';
import { liveStates } from './populations.ts';

/** Clauses 4.1 and 4.2. What the product suggested and nobody made the organisation's own does not count. */
export const contextRules: readonly Rule[] = [
  organisationRule({
    id: 'R004',
    facts: { issues: { rows: 'context-issues', fields: ['reviewedOn', 'suggested'] } },
    checkAll: ({ facts, settings, today }) => {
      const own = facts.issues.filter((issue) => issue.suggested !== true);
      if (own.length === 0) return finding('no issue of its own is recorded');
      const reviewed = latestOf(own.map((issue) => dayOf(issue.reviewedOn)));
      if (reviewed === null) return finding('no issue has a date of review');
      const due = addMonths(reviewed, settings.intervals.contextReviewMonths);
      return due < today ? finding(`last reviewed on ${reviewed}`, { restsOn: 'contextReviewMonths' }) : met(addDays(due, 1));
    },
  }),
  organisationRule({
    id: 'R005',
    facts: { issues: { rows: 'context-issues', fields: ['topic', 'relevance', 'suggested'] } },
    checkAll: ({ facts }) => {
      const climate = facts.issues.filter((issue) => issue.topic === 'climate' && issue.suggested !== true);
      if (climate.some((issue) => issue.relevance === 'relevant' || issue.relevance === 'not_relevant')) return met();
      return finding(climate.length === 0 ? 'no issue of its own speaks of climate' : 'the climate question is still undecided');
    },
  }),
  organisationRule({
    id: 'R007',
    facts: {
      affecting: { count: 'systems', where: { state: { oneOf: liveStates }, affectsPersons: true } },
      parties: { rows: 'interested-parties', fields: ['kind', 'suggested'] },
    },
    checkAll: ({ facts }) => {
      if (facts.parties.some((party) => party.kind === 'affected_persons' && party.suggested !== true)) return met();
      if (facts.affecting === 0) return notJudged('whether AI systems affect people (no system says so)');
      return finding(`${facts.affecting} systems affect people, and they are not among the interested parties`);
    },
  }),
  subjectRule({
    id: 'R008',
    subject: 'party-requirements',
    fields: ['decision', 'decisionReason', 'suggested'],
    whenEmpty: 'requirements of interested parties',
    check: ({ subject }) => {
      if (subject.suggested === true) return outside();
      if (subject.decision === 'addressed') return met();
      if (subject.decision === 'not_addressed')
        return findingIf(textOf(subject.decisionReason) === null && 'not addressed, without a reason');
      return finding('undecided');
    },
  }),
];
