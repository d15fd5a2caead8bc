import { addDays, addMonths } from '../../shared/dates.ts';
import { type Rule, subjectRule } from '../rule.ts';
import { dayOf, isOneOf, textOf } from '../values.ts';
import { finding, findingIf, met, notJudged, outside } from '../verdict.ts';

const whenEmpty = 'AI objectives';
const months: Readonly<Record<string, number>> = { monthly: 1, quarterly: 3, half_yearly: 6, yearly: 12 };

/** Clause 6.2: objectives that can be told to be reached, planned, and looked at. Dropped ones are history. */
export const objectiveRules: readonly Rule[] = [
  subjectRule({
    id: 'R056',
    subject: 'objectives',
    fields: ['status', 'metric', 'target', 'notMeasurableReason'],
    whenEmpty,
    check: ({ subject }) => {
      if (subject.status === 'dropped') return outside();
      if (textOf(subject.notMeasurableReason) !== null) return met();
      const gaps = [textOf(subject.metric) === null ? 'metric' : null, textOf(subject.target) === null ? 'target' : null].filter(
        (gap) => gap !== null,
      );
      return findingIf(gaps.length > 0 && `no ${gaps.join(' and no ')}`);
    },
  }),
  subjectRule({
    id: 'R057',
    subject: 'objectives',
    fields: ['status', 'owner', 'resources', 'dueDate'],
    whenEmpty,
    check: ({ subject }) => {
      if (subject.status === 'dropped') return outside();
      const gaps = [
        [subject.owner, 'owner'],
        [subject.resources, 'resources'],
        [subject.dueDate, 'due date'],
      ]
        .filter(([value]) => textOf(value ?? null) === null)
        .map(([, name]) => name);
      return findingIf(gaps.length > 0 && `no ${gaps.join(', no ')}`);
    },
  }),
  subjectRule({
    id: 'R058',
    subject: 'objectives',
    fields: ['status', 'metric', 'measuredOn', 'frequency', 'createdAt'],
    whenEmpty: 'AI objectives that are measured',
    check: ({ subject, settings, today }) => {
      if (isOneOf(subject.status, ['dropped', 'reached', 'missed']) || textOf(subject.metric) === null) return outside();
      const measured = dayOf(subject.measuredOn);
      const from = measured ?? dayOf(subject.createdAt);
      if (from === null) return notJudged('the day of the last measurement');
      const own = textOf(subject.frequency);
      const due =
        own === 'weekly'
          ? addDays(from, 7)
          : addMonths(from, (own === null ? null : months[own]) ?? settings.intervals.objectiveMeasurementMonths);
      const seen = measured === null ? 'never measured' : `last measured on ${measured}`;
      if (due < today) return finding(seen, own === null ? { restsOn: 'objectiveMeasurementMonths' } : {});
      return measured === null ? outside(addDays(due, 1)) : met(addDays(due, 1));
    },
  }),
];
