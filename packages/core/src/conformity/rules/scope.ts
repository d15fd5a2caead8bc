import { organisationRule, type Rule, subjectRule } from '../rule.ts';
import { textOf } from '../values.ts';
import { finding, findingIf, met, outside } from '../verdict.ts';
import { isLive } from './populations.ts';

/** Clause 4.3: what the management system covers, and every system's place in it. */
export const scopeRules: readonly Rule[] = [
  organisationRule({
    id: 'R001',
    facts: { statements: { rows: 'scope-statements', fields: ['state'] } },
    checkAll: ({ facts }) => {
      if (facts.statements.some((statement) => statement.state === 'approved')) return met();
      return finding(facts.statements.length === 0 ? 'no scope statement exists' : 'no version of the scope statement is approved');
    },
  }),
  subjectRule({
    id: 'R002',
    subject: 'systems',
    fields: ['state', 'scopeDecision'],
    whenEmpty: 'AI systems in the register',
    check: ({ subject }) => {
      if (!isLive(subject)) return outside();
      return findingIf((subject.scopeDecision === null || subject.scopeDecision === 'undecided') && 'neither in nor out of scope');
    },
  }),
  subjectRule({
    id: 'R003',
    subject: 'systems',
    fields: ['state', 'scopeDecision', 'scopeReason'],
    whenEmpty: 'AI systems decided to be out of scope',
    check: ({ subject }) => {
      if (!isLive(subject) || subject.scopeDecision !== 'out') return outside();
      return findingIf(textOf(subject.scopeReason) === null && 'out of scope without a reason');
    },
  }),
];
