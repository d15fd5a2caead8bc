import { type Rule, subjectRule } from '../rule.ts';
import { textOf } from '../values.ts';
import { finding, findingIf, notJudged, outside } from '../verdict.ts';
import { isEmptyList, isLive, isLiveInScope } from './populations.ts';

const noSystems = 'AI systems in scope';

/** What the AI system register itself shows. Where only half of a rule's records exist, it finds the gap but never says met. */
export const systemRules: readonly Rule[] = [
  subjectRule({
    id: 'R006',
    subject: 'systems',
    fields: ['state', 'scopeDecision', 'rolesStandard'],
    whenEmpty: 'AI systems in the register',
    check: ({ subject }) => {
      if (!isLive(subject) || subject.scopeDecision === 'out') return outside();
      return findingIf(isEmptyList(subject.rolesStandard) && "the organisation's role is not decided");
    },
  }),
  subjectRule({
    id: 'R082',
    subject: 'systems',
    fields: ['state', 'scopeDecision', 'significantDecisions', 'oversight'],
    whenEmpty: 'AI systems in scope that decide significantly about persons',
    check: ({ subject }) => {
      if (!isLiveInScope(subject) || subject.significantDecisions !== true) return outside();
      return textOf(subject.oversight) === null
        ? finding('significant decisions about persons and nothing said about oversight')
        : notJudged('oversight plans with named and trained overseers');
    },
  }),
  subjectRule({
    id: 'R120',
    subject: 'systems',
    fields: ['state', 'scopeDecision', 'trainsOnData', 'data'],
    whenEmpty: `${noSystems} that train on data`,
    check: ({ subject }) => {
      if (!isLiveInScope(subject) || subject.trainsOnData !== true) return outside();
      return textOf(subject.data) === null ? finding('trains on data and names none') : notJudged('data sets with their links to systems');
    },
  }),
  subjectRule({
    id: 'R125',
    subject: 'systems',
    fields: ['state', 'scopeDecision', 'objectives'],
    whenEmpty: `${noSystems} in development`,
    check: ({ subject }) => {
      if (subject.scopeDecision !== 'in' || subject.state !== 'in_development') return outside();
      return isEmptyList(subject.objectives)
        ? finding('in development with no objective linked')
        : notJudged('traces from objectives to requirements and tests');
    },
  }),
];
