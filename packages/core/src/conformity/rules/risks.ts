import { addDays } from '../../shared/dates.ts';
import { organisationRule, type Rule, subjectRule } from '../rule.ts';
import { dayOf, latestOf, listOf, numberOf, type Seen, textOf } from '../values.ts';
import { finding, findingIf, met, notJudged, outside } from '../verdict.ts';
import { isEmptyList, isLiveInScope, isOpenRisk } from './populations.ts';

const noAssessments = 'risks that have been assessed';
const views = [
  ['organisation', 'organisationRating', 'organisationWhy'],
  ['individuals', 'individualsRating', 'individualsWhy'],
  ['societies', 'societiesRating', 'societiesWhy'],
] as const;

/** Clauses 6.1.1, 6.1.2 and 8.2: criteria, assessments and their age, acceptance. */
export const riskRules: readonly Rule[] = [
  organisationRule({
    id: 'R019',
    facts: { criteria: { rows: 'risk-criteria', fields: ['state', 'threshold'] } },
    checkAll: ({ facts }) => {
      if (facts.criteria.some((version) => version.state === 'approved' && numberOf(version.threshold) !== null)) return met();
      return finding(facts.criteria.length === 0 ? 'no risk criteria exist' : 'no version of the risk criteria is approved');
    },
  }),
  subjectRule({
    id: 'R020',
    subject: 'risks',
    fields: ['state', 'kind', 'assessedOn', 'criteria'],
    whenEmpty: noAssessments,
    facts: { criteria: { rows: 'risk-criteria', fields: ['approvedOn'] } },
    check: ({ subject, facts }) => {
      const day = dayOf(subject.assessedOn);
      if (day === null || !isOpenRisk(subject)) return outside();
      const inForce = criteriaOn(day, facts.criteria);
      if (inForce.length === 0) return finding(`assessed on ${day}, when no criteria were approved`);
      return findingIf(!inForce.includes(String(subject.criteria)) && `assessed on ${day} under criteria not in force then`);
    },
  }),
  subjectRule({
    id: 'R021',
    subject: 'systems',
    fields: ['state', 'scopeDecision'],
    whenEmpty: 'AI systems decided to be in scope',
    related: { risks: { register: 'risks', by: 'system', fields: ['assessedOn', 'kind'] } },
    check: ({ subject, related }) => {
      if (!isLiveInScope(subject)) return outside();
      const own = related.risks.filter((risk) => risk.kind !== 'opportunity');
      if (own.some((risk) => dayOf(risk.assessedOn) !== null)) return met();
      return finding(own.length === 0 ? 'no risk recorded' : 'risks recorded, none assessed');
    },
  }),
  subjectRule({
    id: 'R022',
    subject: 'risks',
    fields: ['state', 'kind', 'assessedOn', 'reviewDue'],
    whenEmpty: noAssessments,
    check: ({ subject, today }) => {
      if (!isOpenRisk(subject) || dayOf(subject.assessedOn) === null) return outside();
      const due = dayOf(subject.reviewDue);
      if (due === null) return notJudged('the day on which the next assessment is due');
      return due < today ? finding(`review was due on ${due}`) : met(addDays(due, 1));
    },
  }),
  subjectRule({
    id: 'R024',
    subject: 'risks',
    fields: ['state', 'kind', 'assessedOn', 'assessment'],
    whenEmpty: noAssessments,
    related: {
      assessment: {
        register: 'risk-assessments',
        of: 'assessment',
        fields: ['notApplicable', ...views.flatMap(([, rating, why]) => [rating, why] as const)],
      },
    },
    check: ({ subject, related }) => {
      if (!isOpenRisk(subject) || dayOf(subject.assessedOn) === null) return outside();
      const last = related.assessment[0];
      if (last === undefined) return notJudged('the assessment behind the rating');
      const gaps = views.filter(
        ([view, rating, why]) =>
          numberOf(last[rating]) === null && !(listOf(last.notApplicable).includes(view) && textOf(last[why]) !== null),
      );
      return findingIf(gaps.length > 0 && `nothing on ${gaps.map(([view]) => view).join(', ')}`);
    },
  }),
  subjectRule({
    id: 'R025',
    subject: 'risks',
    fields: ['state', 'kind', 'objectives'],
    whenEmpty: 'open risks',
    check: ({ subject }) => (isOpenRisk(subject) ? findingIf(isEmptyList(subject.objectives) && 'tied to no objective') : outside()),
  }),
  subjectRule({
    id: 'R029',
    subject: 'risks',
    fields: [
      'state',
      'kind',
      'acceptedOn',
      'acceptedUntil',
      'acceptedLevel',
      'acceptedAssessment',
      'assessment',
      'inherentLevel',
      'residualLevel',
    ],
    whenEmpty: 'accepted risks',
    check: ({ subject, today }) => {
      const accepted = dayOf(subject.acceptedOn);
      if (!isOpenRisk(subject) || accepted === null) return outside();
      const until = dayOf(subject.acceptedUntil);
      if (until !== null && until < today) return finding(`acceptance ended on ${until}`);
      const level = numberOf(subject.residualLevel) ?? numberOf(subject.inherentLevel);
      const older =
        subject.acceptedAssessment === null ? level !== numberOf(subject.acceptedLevel) : subject.acceptedAssessment !== subject.assessment;
      if (older) return finding(`accepted on ${accepted} for an older rating`);
      return met(until === null ? undefined : addDays(until, 1));
    },
  }),
  organisationRule({
    id: 'R034',
    facts: { all: { count: 'risks' }, opportunities: { count: 'risks', where: { kind: 'opportunity' } } },
    checkAll: ({ facts }) => {
      if (facts.all === 0) return notJudged('risks and opportunities');
      return facts.opportunities > 0 ? met() : finding(`${facts.all} risks and no opportunity recorded`);
    },
  }),
];

/** The version in force on a day is the last approved by then; on the day of a change, the one before was in force too. */
const criteriaOn = (day: string, versions: readonly Seen<'approvedOn'>[]): readonly string[] => {
  const approved = versions
    .map((version) => ({ id: version.id, since: dayOf(version.approvedOn) ?? '' }))
    .filter(({ since }) => since !== '' && since <= day);
  const newest = latestOf(approved.map(({ since }) => since));
  const before = newest === day ? latestOf(approved.map(({ since }) => since).filter((since) => since < day)) : null;
  return approved.filter(({ since }) => since === newest || since === before).map(({ id }) => id);
};
