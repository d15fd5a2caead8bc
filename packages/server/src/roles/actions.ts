import type { Values } from '@aimwell/contract/platform/register';
import { authorities, committees, roleAssignments } from '@aimwell/contract/roles/roles';
import { type AssignmentCommand, type AssignmentState, decideAssignment, evolveAssignment } from '@aimwell/core/roles/assignments';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import type { Context } from '../platform/context.ts';
import { personBehind, signingPerson } from '../platform/register/approval.ts';
import type { Behaviour, CommandInput, Intended, Outcome } from '../platform/register/behaviour.ts';
import type { Row } from '../platform/register/columns.ts';

type Assignment = Row & Values<typeof roleAssignments>;
interface Answer {
  readonly happenedOn?: string;
  readonly reason?: string;
}

const answer =
  (kind: AssignmentCommand['kind']) =>
  async (_tx: unknown, context: Context, { record, input }: CommandInput<Answer>): Promise<Outcome> => {
    const assignment = record as Assignment;
    const state: AssignmentState = { stage: assignment.state ?? 'proposed', holder: assignment.holder };
    // Only a person answers for himself; ending is open to tokens and the system too.
    const by = kind === 'end' ? (context.actor.personId ?? '') : signingPerson(context);
    const command = { kind, by, on: input.happenedOn ?? context.today, reason: input.reason ?? '' };
    const decision = decideAssignment(state, command);
    if ('refused' in decision) return decision;
    const stage = decision.events.reduce(evolveAssignment, state).stage;
    return {
      reason: input.reason,
      set: {
        state: stage,
        ...(stage === 'accepted' ? { acceptedOn: command.on } : { stateReason: command.reason }),
        // An end may have been set already and lie in the past; it is not moved.
        ...(stage === 'ended' && (assignment.untilDate === null || assignment.untilDate > command.on) ? { untilDate: command.on } : {}),
      },
    };
  };

const period = (after: Intended['after']): readonly Refusal[] => {
  const [from, until] = [after['fromDate'] as string | null, after['untilDate'] as string | null];
  return from === null || until === null || from <= until
    ? []
    : [refusal('ENDS_BEFORE_START', `expected an end on or after ${from}, got ${until}`, 'Correct one of the two days.', 'untilDate')];
};

/** What a holder said yes to. A change of it is a new question. */
const ACCEPTED = ['holder', 'responsibility', 'object', 'duties'] as const;

const judgeAssignment = ({ deed, before, after }: Intended) => {
  const refused = [
    ...period(after),
    ...(deed !== 'archive' && (before?.['state'] === 'declined' || before?.['state'] === 'ended')
      ? [
          refusal(
            'ASSIGNMENT_OVER',
            `expected an assignment that is proposed or accepted, got one that is ${String(before['state'])}`,
            'Create a new assignment.',
            'state',
          ),
        ]
      : []),
  ];
  if (refused.length > 0) return { refused };
  const asksAgain = before?.['state'] === 'accepted' && ACCEPTED.some((name) => (before[name] ?? null) !== (after[name] ?? null));
  return { set: asksAgain ? { state: 'proposed', acceptedOn: null } : {} };
};

export const roleAssignmentsBehaviour: Behaviour = {
  register: roleAssignments,
  prepare: async (_tx, _context, intended) => intended.map(judgeAssignment),
  commands: { accept: answer('accept'), decline: answer('decline'), end: answer('end') },
};

/** Nobody hands himself an authority. Top management has its own by its function, so it may write it down itself. */
const judgeAuthority = ({ actor }: Context, self: string | null, { after }: Intended) => {
  // A token that stands for nobody has no function of its own; whoever made it is behind it.
  const byFunction = actor.personId !== null && actor.roles.includes('top_management');
  const own = self !== null && self === after['holder'] && !byFunction;
  const refused = [
    ...period(after),
    ...(own
      ? [
          refusal(
            'OWN_AUTHORITY',
            'expected an authority for somebody else, got one for yourself',
            'Let top management or another administrator record it.',
            'holder',
          ),
        ]
      : []),
    ...(after['grantedBy'] !== null && after['grantedBy'] === after['holder']
      ? [
          refusal(
            'GRANTED_BY_HOLDER',
            'expected another person as the grantor, got the holder',
            'Name who granted it; leave it empty where it comes with the function.',
            'grantedBy',
          ),
        ]
      : []),
  ];
  return refused.length > 0 ? { refused } : { set: {} };
};

export const authoritiesBehaviour: Behaviour = {
  register: authorities,
  prepare: async (tx, context, intended) => {
    const self = await personBehind(tx, context.actor);
    return intended.map((one) => (one.deed === 'archive' ? { set: {} } : judgeAuthority(context, self, one)));
  },
};

const judgeCommittee = ({ after }: Intended) => {
  const [quorum, members] = [after['quorum'] as number | null, after['members'] as readonly string[]];
  // Members may be named later; until then no quorum can be wrong.
  if (quorum === null || members.length === 0 || quorum <= members.length) return { set: {} };
  return {
    refused: [
      refusal(
        'QUORUM_TOO_HIGH',
        `expected a quorum of at most ${members.length}, the number of members, got ${quorum}`,
        'Lower the quorum, or name more members.',
        'quorum',
      ),
    ],
  };
};

export const committeesBehaviour: Behaviour = {
  register: committees,
  prepare: async (_tx, _context, intended) => intended.map(judgeCommittee),
};

export const rolesBehaviours: readonly Behaviour[] = [roleAssignmentsBehaviour, authoritiesBehaviour, committeesBehaviour];
