import { type Rule, subjectRule } from '../rule.ts';
import { isOneOf, type Seen, textOf } from '../values.ts';
import { finding, met, outside, type Verdict } from '../verdict.ts';
import { isLive, speaks, versionsRead } from './populations.ts';

const id = 'R016';
const whenEmpty = 'systems, risks, objectives or controls that need an owner';
const owner = { register: 'people', of: 'owner', fields: ['active'] } as const;

/** Clause 5.3, A.3.2: everything that needs tending has someone who is still there to tend it. */
export const ownershipRules: readonly Rule[] = [
  subjectRule({
    id,
    whenEmpty,
    subject: 'systems',
    fields: ['owner', 'state', 'scopeDecision'],
    related: { owner },
    check: ({ subject, related }) => (!isLive(subject) || subject.scopeDecision === 'out' ? outside() : judge(subject, related.owner)),
  }),
  subjectRule({
    id,
    whenEmpty,
    subject: 'risks',
    fields: ['owner', 'state'],
    related: { owner },
    check: ({ subject, related }) => (subject.state === 'closed' ? outside() : judge(subject, related.owner)),
  }),
  subjectRule({
    id,
    whenEmpty,
    subject: 'objectives',
    fields: ['owner', 'status'],
    related: { owner },
    check: ({ subject, related }) => (isOneOf(subject.status, ['reached', 'dropped']) ? outside() : judge(subject, related.owner)),
  }),
  subjectRule({
    id,
    whenEmpty,
    subject: 'soa-entries',
    fields: ['owner', 'soa', 'decision'],
    related: { owner },
    facts: { versions: versionsRead },
    check: ({ subject, related, facts }) =>
      subject.decision !== 'included' || !speaks(subject, facts.versions) ? outside() : judge(subject, related.owner),
  }),
];

const judge = (subject: Seen<'owner'>, people: readonly Seen<'active'>[]): Verdict => {
  if (textOf(subject.owner) === null) return finding('no owner');
  // An archived person is not among the neighbours any more.
  return people.some((person) => person.active !== false) ? met() : finding('the owner has left');
};
