import { addDays } from '../../shared/dates.ts';
import { type Rule, subjectRule } from '../rule.ts';
import { dayOf, isOneOf, listOf, numberOf, type Seen } from '../values.ts';
import { finding, findingIf, met, notJudged, outside } from '../verdict.ts';
import { isEmptyList, isMeant, isOpenRisk } from './populations.ts';

/** Clauses 6.1.3 and 8.3: what is done about risks, by whose authority, and whether it works. */
export const treatmentRules: readonly Rule[] = [
  subjectRule({
    id: 'R027',
    subject: 'risks',
    fields: ['state', 'kind', 'aboveThreshold', 'band', 'residualLevel', 'inherentLevel'],
    whenEmpty: 'risks above the acceptance threshold',
    related: { treatments: { register: 'treatments', by: 'risk', fields: ['state', 'option'] } },
    check: ({ subject, related }) => {
      if (!isOpenRisk(subject) || subject.aboveThreshold !== 'yes') return outside();
      return findingIf(
        !related.treatments.some(isMeant) &&
          `level ${numberOf(subject.residualLevel) ?? numberOf(subject.inherentLevel) ?? 'unknown'} is above the threshold, no treatment`,
      );
    },
  }),
  subjectRule({
    id: 'R028',
    subject: 'treatments',
    fields: ['risk', 'option', 'state'],
    whenEmpty: 'risks retained above the threshold',
    related: {
      risk: {
        register: 'risks',
        of: 'risk',
        fields: ['aboveThreshold', 'acceptedBy', 'acceptedLevel', 'acceptanceApprovedBy', 'acceptanceApprovedOn'],
      },
    },
    facts: { authorities: { rows: 'authorities', fields: ['holder', 'riskLevelLimit', 'fromDate', 'untilDate'] } },
    check: ({ subject, related, facts }) => {
      const risk = related.risk[0];
      if (!isMeant(subject) || subject.option !== 'retain' || risk?.aboveThreshold !== 'yes') return outside();
      if (risk.acceptedBy === null) return finding('retained above the threshold, not accepted by the risk owner');
      if (risk.acceptanceApprovedBy === null) return finding('retained above the threshold, not approved by designated management');
      const day = dayOf(risk.acceptanceApprovedOn) ?? '';
      const level = numberOf(risk.acceptedLevel) ?? 0;
      const may = facts.authorities.some((authority) => authority.holder === risk.acceptanceApprovedBy && reaches(authority, level, day));
      return findingIf(!may && `approved on ${day} without authority for level ${level}`);
    },
  }),
  subjectRule({
    id: 'R030',
    subject: 'treatments',
    fields: ['option', 'state', 'controls', 'ownControls'],
    whenEmpty: 'treatments that modify a risk',
    check: ({ subject }) => {
      if (!isMeant(subject) || subject.option !== 'modify') return outside();
      return findingIf(isEmptyList(subject.controls) && isEmptyList(subject.ownControls) && 'modifies the risk by no control');
    },
  }),
  subjectRule({
    id: 'R031',
    subject: 'treatments',
    fields: ['state', 'dueDate'],
    whenEmpty: 'treatments that are not done yet',
    check: ({ subject, today }) => {
      if (!isOneOf(subject.state, ['planned', 'in_progress'])) return outside();
      const due = dayOf(subject.dueDate);
      if (due === null) return notJudged('a due date of every open treatment');
      return due < today ? finding(`due on ${due}, not done`) : met(addDays(due, 1));
    },
  }),
  subjectRule({
    id: 'R032',
    subject: 'treatments',
    fields: ['state', 'option', 'doneOn', 'checkedOn', 'risk'],
    whenEmpty: 'treatments that are done',
    related: { risk: { register: 'risks', of: 'risk', fields: ['inherentLevel', 'residualLevel'] } },
    check: ({ subject, related, settings, today }) => {
      if (subject.state === 'done') {
        const done = dayOf(subject.doneOn);
        if (done === null) return notJudged('the day on which the treatment was done');
        const due = addDays(done, settings.intervals.treatmentCheckDays);
        return due < today ? finding(`done on ${done}, effect not checked`, { restsOn: 'treatmentCheckDays' }) : outside(addDays(due, 1));
      }
      if (subject.state !== 'effective') return outside();
      if (dayOf(subject.checkedOn) === null) return finding('called effective without a check');
      const [before, after] = [numberOf(related.risk[0]?.inherentLevel), numberOf(related.risk[0]?.residualLevel)];
      if (subject.option !== 'modify' || before === null) return met();
      return findingIf((after === null || after >= before) && 'called effective, but the rating of the risk did not change');
    },
  }),
  subjectRule({
    id: 'R033',
    subject: 'treatments',
    fields: ['state', 'controls', 'checkedOn'],
    whenEmpty: 'treatments whose controls have been tested',
    related: { tests: { register: 'control-tests', field: 'control', equals: 'controls', fields: ['control', 'outcome', 'testedOn'] } },
    check: ({ subject, related }) => {
      if (!isMeant(subject) || subject.state === 'not_effective' || related.tests.length === 0) return outside();
      const failed = listOf(subject.controls).filter((control) => {
        const last = related.tests
          .filter((test) => test.control === control)
          .toSorted((a, b) => (dayOf(b.testedOn) ?? '').localeCompare(dayOf(a.testedOn) ?? ''))[0];
        return last?.outcome === 'not_effective' && (dayOf(subject.checkedOn) ?? '') < (dayOf(last.testedOn) ?? '');
      });
      return findingIf(failed.length > 0 && `relies on ${failed.join(', ')}, which failed its last test`);
    },
  }),
];

const reaches = (authority: Seen<'riskLevelLimit' | 'fromDate' | 'untilDate'>, level: number, day: string): boolean =>
  (numberOf(authority.riskLevelLimit) ?? 0) >= level &&
  (dayOf(authority.fromDate) ?? '') <= day &&
  day <= (dayOf(authority.untilDate) ?? day);
