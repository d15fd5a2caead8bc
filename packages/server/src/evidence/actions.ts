import { evidence } from '@aimwell/contract/evidence/evidence';
import { addMonths } from '@aimwell/core/shared/dates';
import { isBlank, refusal } from '@aimwell/core/shared/refusal';
import type { Context } from '../platform/context.ts';
import { lateProblems } from '../platform/register/actions.ts';
import type { Behaviour, Intended } from '../platform/register/behaviour.ts';

/** Evidence is collected on a day that was, written down soon or with a reason, and holds from a day to a later one. */
const againstEvidence = (context: Context, { deed, before, after }: Intended) => {
  if (deed === 'archive') return [];
  const [collectedOn, lateReason] = [after['collectedOn'] as string, after['lateReason'] as string | null];
  const [from, until] = [after['validFrom'] as string | null, after['validUntil'] as string | null];
  return [
    ...(before?.['collectedOn'] === collectedOn
      ? []
      : lateProblems(
          context,
          { happenedOn: collectedOn, ...(isBlank(lateReason) ? {} : { lateReason: lateReason ?? '' }) },
          'collectedOn',
        )),
    ...(from !== null && until !== null && until < from
      ? [refusal('ENDS_BEFORE_START', `expected an end on or after ${from}, got ${until}`, 'Correct one of the two days.', 'validUntil')]
      : []),
  ];
};

/** How a new piece came here. What a token or a command of the operator brings came without a person at the keyboard. */
const cameBy = (context: Context, { deed, before }: Intended) => {
  if (before !== null) return {};
  if (deed === 'import' || context.source === 'import') return { source: 'import' };
  return { source: context.actor.kind === 'person' || context.source === 'demo' ? 'person' : 'api' };
};

/** The next day follows from the interval and the day of collection, unless a person says another. */
const dueAfter = ({ before, after }: Intended) => {
  const months = after['intervalMonths'] as number | null;
  const changed = (name: string) => (before?.[name] ?? null) !== (after[name] ?? null);
  if (months === null || changed('nextDue') || !(changed('intervalMonths') || changed('collectedOn'))) return {};
  return { nextDue: addMonths(after['collectedOn'] as string, months) };
};

export const evidenceBehaviour: Behaviour = {
  register: evidence,
  prepare: async (_tx, context, intended) =>
    intended.map((one) => {
      const problems = againstEvidence(context, one);
      return problems.length > 0 ? { refused: problems } : { set: { ...cameBy(context, one), ...dueAfter(one) } };
    }),
};
