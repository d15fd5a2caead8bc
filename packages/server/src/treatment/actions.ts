import { risks } from '@aimwell/contract/risks/risks';
import { treatments } from '@aimwell/contract/treatment/treatments';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { signingPerson } from '../platform/register/approval.ts';
import type { Behaviour, CommandInput, Intended, Outcome } from '../platform/register/behaviour.ts';
import { loadRow, loadRows } from '../platform/register/read.ts';
import type { Risk } from '../risks/reads.ts';
import { countEvidence, type Treatment } from './reads.ts';
import { againstChecker, againstMove } from './states.ts';

interface Dated {
  readonly happenedOn?: string;
}

/** Drafts may lack everything but their risk; what is finished or cancelled stays as it was. */
const againstTreatment = ({ deed, before, after }: Intended, risk: Risk | undefined): readonly Refusal[] => {
  const state = before?.['state'];
  if (deed === 'archive')
    return state === 'planned' || state === 'cancelled'
      ? []
      : [
          refusal(
            'IN_USE',
            `expected a planned or cancelled treatment, got one in stage ${String(state)}`,
            'Cancel it with a reason instead.',
            'state',
          ),
        ];
  if (state === 'done' || state === 'effective' || state === 'cancelled')
    return [
      refusal('FINISHED', `expected a treatment that is not finished, got one in stage ${state}`, 'Create another treatment.', 'state'),
    ];
  return [
    ...(before !== null && before['risk'] !== after['risk']
      ? [refusal('RISK_FIXED', 'expected the risk it was made for, got another', 'Cancel it and create one for the other risk.', 'risk')]
      : []),
    ...(risk?.kind === 'opportunity'
      ? [refusal('WRONG_OPTION', 'expected a risk, got an opportunity', 'Say on the opportunity itself whether it is pursued.', 'risk')]
      : []),
    ...(risk?.state === 'closed'
      ? [refusal('RISK_CLOSED', 'expected an open risk, got a closed one', 'Reopen the risk first.', 'risk')]
      : []),
  ];
};

const prepare: NonNullable<Behaviour['prepare']> = async (tx, _context, intended) => {
  const ids = [...new Set(intended.map(({ after }) => String(after['risk'])))];
  const byId = new Map(((await loadRows(tx, risks, ids)) as Risk[]).map((risk) => [risk.id, risk]));
  return intended.map((one) => {
    const refused = againstTreatment(one, byId.get(String(one.after['risk'])));
    return refused.length > 0 ? { refused } : { set: {} };
  });
};

const start = async (_tx: Tx, context: Context, { record, input }: CommandInput<Dated>): Promise<Outcome> => {
  const on = input.happenedOn ?? context.today;
  const refused = againstMove(record as Treatment, 'start', on);
  // A second round keeps nothing of the first: its days would read as those of this one.
  return refused.length > 0
    ? { refused }
    : { set: { state: 'in_progress', startedOn: on, doneOn: null, doneBy: null, checkedOn: null, checkedBy: null, checkNote: null } };
};

const finish = async (_tx: Tx, context: Context, { record, input }: CommandInput<Dated & { readonly note?: string }>): Promise<Outcome> => {
  const on = input.happenedOn ?? context.today;
  const refused = againstMove(record as Treatment, 'finish', on);
  return refused.length > 0 ? { refused } : { reason: input.note, set: { state: 'done', doneOn: on, doneBy: context.actor.personId } };
};

const check = async (
  tx: Tx,
  context: Context,
  { record, input }: CommandInput<Dated & { readonly effective: boolean; readonly note: string }>,
): Promise<Outcome> => {
  const treatment = record as Treatment;
  const by = signingPerson(context);
  const on = input.happenedOn ?? context.today;
  const risk = (await loadRow(tx, risks, treatment.risk)) as Risk;
  const evidence = (await countEvidence(tx, [risk.id], context.today)).get(risk.id) ?? 0;
  const refused = [
    ...againstMove(treatment, 'check', on),
    ...againstChecker(treatment, { by, riskStage: risk.state ?? 'identified', evidence }),
  ];
  if (refused.length > 0) return { refused };
  return {
    reason: input.note,
    set: { state: input.effective ? 'effective' : 'not_effective', checkedOn: on, checkedBy: by, checkNote: input.note },
  };
};

const cancel = async (
  _tx: Tx,
  context: Context,
  { record, input }: CommandInput<Dated & { readonly reason: string }>,
): Promise<Outcome> => {
  const refused = againstMove(record as Treatment, 'cancel', input.happenedOn ?? context.today);
  return refused.length > 0 ? { refused } : { reason: input.reason, set: { state: 'cancelled', stateReason: input.reason } };
};

/** What the history of the risk tells about each deed on a treatment. */
const causes: Readonly<Record<string, string>> = {
  create: 'A treatment was chosen',
  patch: 'A treatment was changed',
  start: 'A treatment was started',
  finish: 'A treatment was finished',
  check: 'The effect of a treatment was checked',
  cancel: 'A treatment was cancelled',
  archive: 'A treatment was archived',
};

/** Moves risks as their treatments now carry them; the risks room brings it. */
export type Follow = (
  tx: Tx,
  context: Context,
  riskIds: readonly string[],
  cause: { readonly why: string; readonly approved?: ReadonlySet<string> },
) => Promise<void>;

export const createTreatmentsBehaviour = (follow: Follow): Behaviour => ({
  register: treatments,
  prepare,
  after: (tx, context, written, deed) =>
    follow(
      tx,
      context,
      written.map(({ after }) => String(after['risk'])),
      { why: causes[deed] ?? 'A treatment was changed' },
    ),
  commands: { start, finish, check, cancel },
});
