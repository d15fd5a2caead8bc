import { riskAssessments, risks } from '@aimwell/contract/risks/risks';
import { decideRisk, evolveRisk, type ReopenTrigger, type RiskCommand } from '@aimwell/core/risks/states';
import { isBlank, type Refusal, refusal } from '@aimwell/core/shared/refusal';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { signingPerson } from '../platform/register/approval.ts';
import type { Behaviour, CommandInput, Intended, Outcome } from '../platform/register/behaviour.ts';
import { loadRow } from '../platform/register/read.ts';
import { acceptRisk, approveAcceptance } from './acceptance.ts';
import { assessRisk } from './assess.ts';
import { readTreatmentsOf } from '../treatment/reads.ts';
import { bareFacts, followRisks, riskStateOf, unfinishedOf } from './follow.ts';
import type { Risk } from './reads.ts';

/** Everything against a risk as it would stand: an opportunity is pursued or left with a reason, and a rated record keeps its kind. */
const againstRisk = ({ deed, before, after }: Intended, unfinished: number): readonly Refusal[] => {
  if (deed === 'archive') return againstArchive(String(before?.['state']), unfinished);
  const { kind, pursuit, pursuitReason } = after as Partial<Risk>;
  const rated = before?.['assessedOn'] !== null && before?.['assessedOn'] !== undefined;
  return [
    ...(pursuit !== null && pursuit !== undefined && kind !== 'opportunity'
      ? [
          refusal(
            'NOT_AN_OPPORTUNITY',
            'expected an opportunity, got a risk',
            'Treat a risk by a treatment, or record an opportunity of its own.',
            'pursuit',
          ),
        ]
      : []),
    ...(pursuit !== null && pursuit !== undefined && isBlank(pursuitReason)
      ? [
          refusal(
            'REASON_NEEDED',
            'expected why the opportunity is pursued or left, got nothing',
            'Write down the reason.',
            'pursuitReason',
          ),
        ]
      : []),
    // Else a risk above the threshold could be called an opportunity and be out of sight.
    ...(rated && before?.['kind'] !== kind
      ? [
          refusal(
            'RATED_ALREADY',
            `expected ${String(before?.['kind'])}, as it was rated, got ${String(kind)}`,
            'Close this record and create another one.',
            'kind',
          ),
        ]
      : []),
  ];
};

/** Else a risk above the threshold, or the treatment that makes a control necessary, would be out of sight of every rule. */
const againstArchive = (state: string, unfinished: number): readonly Refusal[] => [
  ...(state === 'identified' || state === 'closed'
    ? []
    : [
        refusal(
          'RISK_OPEN',
          `expected a risk that was never rated, or a closed one, got stage ${state}`,
          'Close it with a reason first.',
          'state',
        ),
      ]),
  ...(unfinished === 0
    ? []
    : [refusal('TREATMENT_UNFINISHED', `expected no unfinished treatment, got ${unfinished}`, 'Finish or cancel it first.', 'treatments')]),
];

const move = async (
  record: Risk,
  command: RiskCommand,
  { assessor = null, unfinished = 0 }: { readonly assessor?: string | null; readonly unfinished?: number } = {},
): Promise<Outcome> => {
  const state = riskStateOf(record, assessor);
  const decision = decideRisk(state, command, { ...bareFacts(record), unfinishedTreatments: unfinished });
  if ('refused' in decision) return decision;
  const reason = decision.events.map((event) => (event.kind === 'stage_changed' ? event.reason : null)).at(-1) ?? null;
  return { reason: reason ?? undefined, set: { state: decision.events.reduce(evolveRisk, state).stage, stateReason: reason } };
};

const readSecond = async (
  tx: Tx,
  context: Context,
  { record, input }: CommandInput<{ readonly happenedOn?: string }>,
): Promise<Outcome> => {
  const risk = record as Risk;
  const by = signingPerson(context);
  const rating = risk.assessment === null ? null : await loadRow(tx, riskAssessments, risk.assessment);
  const assessor = (rating?.['assessor'] as string | null | undefined) ?? null;
  const outcome = await move(risk, { kind: 'readSecond', by }, { assessor });
  return 'refused' in outcome
    ? outcome
    : { ...outcome, set: { ...outcome.set, secondReadBy: by, secondReadOn: input.happenedOn ?? context.today } };
};

const countUnfinished = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> =>
  new Map([...(await readTreatmentsOf(tx, ids))].map(([risk, meant]) => [risk, unfinishedOf(meant).length]));

const close = async (tx: Tx, _context: Context, { record, input }: CommandInput<{ readonly reason: string }>): Promise<Outcome> =>
  move(
    record as Risk,
    { kind: 'close', reason: input.reason },
    { unfinished: (await countUnfinished(tx, [record.id])).get(record.id) ?? 0 },
  );

const reopen = (
  _tx: Tx,
  _context: Context,
  { record, input }: CommandInput<{ readonly reason: string; readonly trigger?: ReopenTrigger }>,
): Promise<Outcome> => move(record as Risk, { kind: 'reopen', trigger: input.trigger ?? 'other', reason: input.reason });

/** Deeds after which a treatment chosen earlier, or a plan waiting for signatures, may carry the risk on. */
const mayCarryOn: Readonly<Record<string, string>> = {
  assess: 'The risk was assessed',
  readSecond: 'A second person read the rating',
  accept: 'The risk owner accepted the risk',
  approveAcceptance: 'The acceptance was approved',
};

export const risksBehaviour: Behaviour = {
  register: risks,
  prepare: async (tx, _context, intended) => {
    const leaving = intended.flatMap(({ deed, before }) => (deed === 'archive' && before !== null ? [before.id] : []));
    const unfinished = leaving.length === 0 ? new Map<string, number>() : await countUnfinished(tx, leaving);
    return intended.map((one) => {
      const refused = againstRisk(one, unfinished.get(one.before?.id ?? '') ?? 0);
      return refused.length > 0 ? { refused } : { set: {} };
    });
  },
  after: async (tx, context, written, deed) => {
    const why = mayCarryOn[deed];
    if (why !== undefined)
      await followRisks(
        tx,
        context,
        written.map(({ after }) => after.id),
        { why },
      );
  },
  commands: { assess: assessRisk, readSecond, accept: acceptRisk, approveAcceptance, close, reopen },
};

/** Ratings come from the command `assess` of a risk and are never changed. */
export const riskAssessmentsBehaviour: Behaviour = { register: riskAssessments };
