import draft from '@aimwell/catalog/drafts/risk-criteria.json' with { type: 'json' };
import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { type RiskCriteria, validateCriteria } from '@aimwell/core/risks/criteria';
import { decideCriteria } from '@aimwell/core/risks/criteria-versions';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { evolveVersion, type VersionCommand } from '@aimwell/core/shared/versions';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import {
  authorsOf,
  earlierInForce,
  nextVersionNumber,
  signatureValues,
  signingPerson,
  submissionValues,
  supersede,
  versionCommand,
  versionStateOf,
} from '../platform/register/approval.ts';
import type { Behaviour, CommandInput, Intended, Outcome } from '../platform/register/behaviour.ts';
import { readAuthorities } from '../roles/reads.ts';
import { criteriaOf, type CriteriaVersion } from './reads.ts';

type Scales = Omit<RiskCriteria, 'threshold'>;

const defaults = (number: number, given: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  versionNumber: number,
  name: given['name'] ?? `Risk criteria ${number}`,
  threshold: given['threshold'] ?? draft.criteria.threshold,
  method: given['method'] ?? draft.criteria.method,
  scales: draft.criteria.scales,
});

const againstChange = ({ before, after }: Intended): readonly Refusal[] => [
  ...(before !== null && before['state'] !== 'draft'
    ? [
        refusal(
          'NOT_A_DRAFT',
          `expected a draft, got a version in stage ${String(before['state'])}`,
          'Have it sent back, or start a new version.',
          'state',
        ),
      ]
    : []),
  ...(before === null
    ? []
    : (['name', 'threshold'] as const)
        .filter((name) => after[name] === null)
        .map((name) => refusal('FIELD_NEEDED', 'expected a value, got nothing', 'Enter one.', name))),
];

const setScales = async (_tx: Tx, _context: Context, { record, input }: CommandInput<Scales>): Promise<Outcome> => {
  const refused = [
    ...againstChange({ deed: 'patch', before: record, after: record }),
    // The threshold is changed by itself, and has to fit the scales on submission only.
    ...validateCriteria({ ...input, threshold: (record as CriteriaVersion).threshold ?? 0 }).filter(
      (problem) => problem.field !== 'threshold',
    ),
  ];
  return refused.length > 0 ? { refused } : { set: { scales: input } };
};

const decide = async (tx: Tx, record: CriteriaVersion, command: VersionCommand) => {
  const state = versionStateOf(record, await authorsOf(tx, riskCriteria, record.id));
  const decision = decideCriteria(state, command, { criteria: criteriaOf(record), authorities: await readAuthorities(tx) });
  return 'refused' in decision ? decision : { stage: decision.events.reduce(evolveVersion, state).stage };
};

const submit = async (tx: Tx, context: Context, { record }: CommandInput): Promise<Outcome> => {
  const next = await decide(tx, record as CriteriaVersion, versionCommand('submit', context));
  return 'refused' in next ? next : { set: { ...submissionValues(context), state: next.stage } };
};

const sendBack = async (tx: Tx, context: Context, { record, input }: CommandInput<{ readonly reason: string }>): Promise<Outcome> => {
  const next = await decide(tx, record as CriteriaVersion, { kind: 'sendBack', by: context.actor.personId ?? '', reason: input.reason });
  return 'refused' in next ? next : { set: { state: next.stage }, reason: input.reason };
};

/** Designated management puts the criteria into force; the version before them ends on that day. */
const approve = async (
  tx: Tx,
  context: Context,
  { record, input }: CommandInput<{ readonly happenedOn?: string; readonly lateReason?: string; readonly statement?: string }>,
): Promise<Outcome> => {
  signingPerson(context);
  const version = record as CriteriaVersion;
  const command = versionCommand('approve', context, input.happenedOn);
  const next = await decide(tx, version, command);
  const earlier = (await earlierInForce(tx, riskCriteria, version.id)) as CriteriaVersion[];
  const refused = [
    ...('refused' in next ? next.refused : []),
    ...earlier.flatMap((other) => againstOrder(other, 'on' in command ? command.on : context.today)),
  ];
  if (refused.length > 0 || 'refused' in next) return { refused };
  await supersede(tx, context, riskCriteria, earlier);
  const { name, versionNumber, threshold, method, scales } = version;
  const statement = `I approve the risk criteria "${name ?? ''}", version ${versionNumber ?? 0}, with the acceptance threshold ${threshold ?? 0}.`;
  return {
    set: {
      ...(await signatureValues(tx, context, input, statement, { name, versionNumber, threshold, method, scales })),
      state: next.stage,
    },
  };
};

const againstOrder = (earlier: CriteriaVersion, on: string): readonly Refusal[] =>
  earlier.approvedOn !== null && on < earlier.approvedOn
    ? [
        refusal(
          'BEFORE_EARLIER_VERSION',
          `expected ${earlier.approvedOn} or later, the day of the version in force, got ${on}`,
          'Enter the day of this approval.',
          'happenedOn',
        ),
      ]
    : [];

export const riskCriteriaBehaviour: Behaviour = {
  register: riskCriteria,
  prepare: async (tx, _context, intended) => {
    const first = intended.some(({ before }) => before === null) ? await nextVersionNumber(tx, riskCriteria) : 0;
    return intended.map((one, index) => {
      const refused = againstChange(one);
      if (refused.length > 0) return { refused };
      return { set: one.before === null ? defaults(first + index, one.after) : {} };
    });
  },
  commands: { setScales, submit, sendBack, approve },
};
