import { identifierOf, type Values } from '@aimwell/contract/platform/register';
import { risks } from '@aimwell/contract/risks/risks';
import { treatmentPlanLines, treatmentPlans } from '@aimwell/contract/treatment/treatments';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { evolveVersion, type VersionCommand } from '@aimwell/core/shared/versions';
import { decidePlan } from '@aimwell/core/treatment/plan';
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
import type { Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';
import { readRisksToTreat } from '../risks/reads.ts';
import { readAuthorities } from '../roles/reads.ts';
import type { Follow } from './actions.ts';
import { contentOf, type DraftLine, draftLines, type StoredLine, stillSays } from './lines.ts';

type Plan = Row & Values<typeof treatmentPlans>;

const readLines = async (tx: Tx, plan: string): Promise<StoredLine[]> => (await findRows(tx, treatmentPlanLines, { plan })) as StoredLine[];

const decide = async (tx: Tx, context: Context, plan: Plan, command: VersionCommand, lines: readonly DraftLine[]) => {
  const state = versionStateOf(plan, await authorsOf(tx, treatmentPlans, plan.id));
  const aboveThreshold = (await readRisksToTreat(tx, context.today)).map((risk) => ({
    riskId: risk.id,
    riskCode: identifierOf(risks, risk.number),
  }));
  const decision = decidePlan(state, command, {
    lines: lines.map(({ line }) => line),
    aboveThreshold,
    authorities: await readAuthorities(tx),
  });
  return 'refused' in decision ? decision : { stage: decision.events.reduce(evolveVersion, state).stage };
};

/** Freezes every open treatment as a line; the lines of an earlier submission are archived, never rewritten. */
const submit = async (tx: Tx, context: Context, { record }: CommandInput): Promise<Outcome> => {
  const plan = record as Plan;
  const lines = await draftLines(tx, context);
  const next = await decide(tx, context, plan, versionCommand('submit', context), lines);
  if ('refused' in next) return next;
  const at = context.now.toISOString();
  const earlier = await readLines(tx, plan.id);
  await writeRecords(
    tx,
    context,
    treatmentPlanLines,
    earlier.map((before) => ({ before, set: { archivedAt: at, archivedReason: 'The plan was submitted again' } })),
    { command: 'archive' },
  );
  await writeRecords(
    tx,
    context,
    treatmentPlanLines,
    lines.map(({ content }) => ({ before: null, set: { ...content, plan: plan.id, frozenAt: at } })),
    { command: 'submit' },
  );
  return { set: { ...submissionValues(context), state: next.stage, lineCount: lines.length } };
};

const sendBack = async (tx: Tx, context: Context, { record, input }: CommandInput<{ readonly reason: string }>): Promise<Outcome> => {
  const next = await decide(tx, context, record as Plan, { kind: 'sendBack', by: context.actor.personId ?? '', reason: input.reason }, []);
  return 'refused' in next ? next : { set: { state: next.stage }, reason: input.reason };
};

/** Designated management puts the plan into force; the one before it is superseded. */
const approve = async (
  tx: Tx,
  context: Context,
  { record, input }: CommandInput<{ readonly happenedOn?: string; readonly lateReason?: string; readonly statement?: string }>,
): Promise<Outcome> => {
  signingPerson(context);
  const plan = record as Plan;
  const stored = await readLines(tx, plan.id);
  const now = new Map((await draftLines(tx, context)).map((line) => [line.line.treatmentId, line]));
  const held = stored.flatMap((line) => now.get(line.treatment ?? '') ?? []);
  const next = await decide(tx, context, plan, versionCommand('approve', context, input.happenedOn), held);
  const refused = [
    ...(plan.state === 'in_review' ? stored.flatMap((line) => againstFrozen(line, now.get(line.treatment ?? ''))) : []),
    ...('refused' in next ? next.refused : []),
  ];
  if (refused.length > 0 || 'refused' in next) return { refused };
  await supersede(tx, context, treatmentPlans, await earlierInForce(tx, treatmentPlans, plan.id));
  const content = { name: plan.name, versionNumber: plan.versionNumber, note: plan.note, lines: stored.map(contentOf) };
  const statement = `I approve "${plan.name ?? ''}", version ${plan.versionNumber ?? 0}, with ${stored.length} treatments.`;
  return { set: { ...(await signatureValues(tx, context, input, statement, content)), state: next.stage } };
};

/** Nobody signs for something that has changed since it was submitted. */
const againstFrozen = (line: StoredLine, now: DraftLine | undefined): readonly Refusal[] => {
  if (now !== undefined && stillSays(line, now)) return [];
  const message =
    now === undefined
      ? `expected "${line.title ?? ''}" as an open treatment, got none any more`
      : `expected "${line.title ?? ''}" as it was submitted, got a changed treatment or risk`;
  return [refusal('CHANGED_IN_REVIEW', message, 'Send the plan back and submit it again.', 'lines')];
};

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
  ...(before !== null && after['name'] === null ? [refusal('FIELD_NEEDED', 'expected a name, got nothing', 'Enter one.', 'name')] : []),
];

export const createTreatmentPlansBehaviour = (follow: Follow): Behaviour => ({
  register: treatmentPlans,
  prepare: async (tx, _context, intended) => {
    const first = intended.some(({ before }) => before === null) ? await nextVersionNumber(tx, treatmentPlans) : 0;
    return intended.map((one, index) => {
      const refused = againstChange(one);
      if (refused.length > 0) return { refused };
      return {
        set: one.before === null ? { versionNumber: first + index, name: one.after['name'] ?? `Treatment plan ${first + index}` } : {},
      };
    });
  },
  after: async (tx, context, written, deed) => {
    if (deed !== 'approve') return;
    const lines = (await findRows(tx, treatmentPlanLines, { plan: written.map(({ after }) => after.id) })) as StoredLine[];
    await follow(
      tx,
      context,
      lines.flatMap((line) => line.risk ?? []),
      { why: 'The treatment plan was approved', approved: new Set(lines.flatMap((line) => line.treatment ?? [])) },
    );
  },
  commands: { submit, sendBack, approve },
});
