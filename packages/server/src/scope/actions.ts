import type { Values } from '@aimwell/contract/platform/register';
import { scopeStatements } from '@aimwell/contract/scope/scope';
import { decideScope } from '@aimwell/core/scope/statement';
import { refusal } from '@aimwell/core/shared/refusal';
import { evolveVersion, type VersionCommand } from '@aimwell/core/shared/versions';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import {
  authorsOf,
  earlierInForce,
  holdNumbers,
  nextVersionNumber,
  signatureValues,
  signingPerson,
  submissionValues,
  supersede,
  versionCommand,
  versionStateOf,
} from '../platform/register/approval.ts';
import type { Behaviour, CommandInput, Intended, Outcome } from '../platform/register/behaviour.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';

type Statement = Row & Values<typeof scopeStatements>;

const decide = async (tx: Tx, context: Context, record: Row, command: VersionCommand) => {
  const state = versionStateOf(record, await authorsOf(tx, scopeStatements, record.id));
  const decision = decideScope(state, command, context.actor.roles);
  return 'refused' in decision ? decision : { stage: decision.events.reduce(evolveVersion, state).stage };
};

const submit = async (tx: Tx, context: Context, { record }: CommandInput): Promise<Outcome> => {
  const next = await decide(tx, context, record, versionCommand('submit', context));
  return 'refused' in next ? next : { set: { ...submissionValues(context), state: next.stage } };
};

const sendBack = async (tx: Tx, context: Context, { record, input }: CommandInput<{ readonly reason: string }>): Promise<Outcome> => {
  const next = await decide(tx, context, record, { kind: 'sendBack', by: context.actor.personId ?? '', reason: input.reason });
  return 'refused' in next ? next : { set: { state: next.stage }, reason: input.reason };
};

/** Top management puts the statement into force; the one before it is superseded. */
const approve = async (
  tx: Tx,
  context: Context,
  { record, input }: CommandInput<{ readonly happenedOn?: string; readonly lateReason?: string; readonly statement?: string }>,
): Promise<Outcome> => {
  signingPerson(context);
  const next = await decide(tx, context, record, versionCommand('approve', context, input.happenedOn));
  if ('refused' in next) return next;
  await supersede(tx, context, scopeStatements, await earlierInForce(tx, scopeStatements, record.id));
  const { name, versionNumber, statement, aiRoles, exclusions, issues, partyRequirements, requirements } = record as Statement;
  const content = {
    name,
    versionNumber,
    statement,
    aiRoles,
    exclusions,
    issues: issues.toSorted(),
    partyRequirements: partyRequirements.toSorted(),
    requirements: requirements.toSorted(),
  };
  return {
    set: {
      ...(await signatureValues(
        tx,
        context,
        input,
        `I approve "${name ?? ''}", version ${versionNumber ?? 0}, as the scope of the AI management system.`,
        content,
      )),
      state: next.stage,
    },
  };
};

/** One version is worked on at a time; what was submitted or approved stays as it was. */
const judgeAll = async (tx: Tx, intended: readonly Intended[]) => {
  const fresh = intended.filter(({ before }) => before === null).length;
  if (fresh > 0) await holdNumbers(tx, scopeStatements);
  const [working] = fresh > 0 ? await findRows(tx, scopeStatements, { state: ['draft', 'in_review'] }) : [];
  const number = fresh > 0 ? await nextVersionNumber(tx, scopeStatements) : 0;
  return intended.map(({ before }) => {
    const state = before?.['state'];
    if (before !== null)
      return state === 'draft'
        ? { set: {} }
        : {
            refused: [
              refusal(
                'NOT_A_DRAFT',
                `expected a draft, got a version in stage ${String(state)}`,
                state === 'in_review' ? 'Have it sent back, then change it.' : 'Start a new version.',
                'state',
              ),
            ],
          };
    if (working !== undefined || fresh > 1)
      return {
        refused: [
          refusal(
            'VERSION_AT_WORK',
            working === undefined
              ? `expected one new version, got ${fresh}`
              : `expected no other version at work, got ${String(working['name'])} in stage ${String(working['state'])}`,
            'Go on with that one; have it approved, or archive the draft.',
            'state',
          ),
        ],
      };
    return { set: { versionNumber: number, name: `Scope statement ${number}` } };
  });
};

export const scopeStatementsBehaviour: Behaviour = {
  register: scopeStatements,
  prepare: (tx, _context, intended) => judgeAll(tx, intended),
  commands: { submit, sendBack, approve },
};

export const scopeBehaviours: readonly Behaviour[] = [scopeStatementsBehaviour];
