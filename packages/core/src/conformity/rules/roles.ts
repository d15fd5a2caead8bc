import { addDays, addMonths } from '../../shared/dates.ts';
import { organisationRule, type Rule, subjectRule } from '../rule.ts';
import { dayOf, latestOf, type Seen, textOf } from '../values.ts';
import { finding, findingIf, met, notJudged, outside } from '../verdict.ts';
import { isHeld } from './populations.ts';

const required = [
  ['aims_conformity', 'conformity of the AIMS'],
  ['aims_reporting', 'reporting to top management'],
] as const;
const held = ['responsibility', 'holder', 'object', 'state', 'fromDate', 'untilDate'] as const;
const signed = ['scope-statements', 'risk-criteria', 'treatment-plans', 'soa-versions'] as const;

/** Clause 5.3: who answers for what, and that nobody checks himself. */
export const roleRules: readonly Rule[] = [
  organisationRule({
    id: 'R015',
    facts: { assignments: { rows: 'role-assignments', fields: held }, people: { rows: 'people', fields: ['active'] } },
    checkAll: ({ facts, today }) => {
      const there = new Set(facts.people.filter((person) => person.active !== false).map((person) => person.id));
      const inHands = facts.assignments.filter((assignment) => isHeld(assignment, today) && there.has(String(assignment.holder)));
      const open = required.filter(([responsibility]) => !inHands.some((assignment) => assignment.responsibility === responsibility));
      if (open.length > 0)
        return {
          verdict: finding(`nobody answers for ${open.map(([, words]) => words).join(' and ')}`),
          population: required.length,
          affected: open.length,
        };
      const ends = inHands
        .map((assignment) => dayOf(assignment.untilDate))
        .filter((day) => day !== null)
        .toSorted();
      return met(ends[0] === undefined ? undefined : addDays(ends[0], 1));
    },
  }),
  subjectRule({
    id: 'R017',
    subject: 'role-assignments',
    fields: held,
    whenEmpty: 'responsibilities assigned to people',
    related: { same: { register: 'role-assignments', field: 'holder', equals: 'holder', fields: held } },
    check: ({ subject, related, today }) => {
      if (!isHeld(subject, today)) return outside();
      const clash = related.same.find((other) => isHeld(other, today) && isIncompatible(subject, other));
      return findingIf(clash !== undefined && `the same person also holds ${clash.title}`);
    },
  }),
  ...signed.map((register) =>
    subjectRule({
      id: 'R017',
      subject: register,
      fields: ['state', 'submittedBy', 'approvedBy'],
      whenEmpty: 'responsibilities assigned to people',
      check: ({ subject }) => {
        if (subject.state !== 'approved' || subject.approvedBy === null || subject.submittedBy === null) return outside();
        return findingIf(subject.submittedBy === subject.approvedBy && 'submitted and approved by the same person');
      },
    }),
  ),
  subjectRule({
    id: 'R018',
    subject: 'role-assignments',
    fields: [...held, 'assignedOn', 'createdAt'],
    whenEmpty: 'responsibilities assigned to people',
    check: ({ subject, settings, today }) => {
      if (!isHeld(subject, today)) return outside();
      if (subject.state === 'accepted') return met();
      const assigned = dayOf(subject.assignedOn) ?? dayOf(subject.createdAt);
      if (assigned === null) return notJudged('the day on which the role was assigned');
      const due = addDays(assigned, settings.intervals.roleAcceptanceDays);
      return due < today ? finding(`not accepted since ${assigned}`, { restsOn: 'roleAcceptanceDays' }) : outside(addDays(due, 1));
    },
  }),
  organisationRule({
    id: 'R136',
    facts: { statements: { rows: 'scope-statements', fields: ['approvedOn'] } },
    checkAll: ({ facts, settings, today }) => {
      // Only top management approves the scope; its other acts (reviews, policy) have no records here yet.
      const last = latestOf(facts.statements.map((statement) => dayOf(statement.approvedOn)));
      if (last === null) return notJudged('an approval by top management, management reviews');
      const due = addMonths(last, settings.intervals.leadershipMonths);
      return due < today ? finding(`last approval by top management on ${last}`, { restsOn: 'leadershipMonths' }) : met(addDays(due, 1));
    },
  }),
];

/** Internal audit goes with nothing else that it would have to audit: the same object, or an object left open on either side. */
const isIncompatible = (one: Seen<'responsibility' | 'object'>, other: Seen<'responsibility' | 'object'>): boolean => {
  const audits = [one, other].filter((assignment) => assignment.responsibility === 'internal_audit').length;
  const [mine, theirs] = [textOf(one.object), textOf(other.object)];
  return audits === 1 && (mine === null || theirs === null || mine === theirs);
};
