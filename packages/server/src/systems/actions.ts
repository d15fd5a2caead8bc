import { flagKinds } from '@aimwell/contract/systems/classification';
import { systems } from '@aimwell/contract/systems/systems';
import type { Values } from '@aimwell/contract/platform/register';
import type { ClassificationAnswers } from '@aimwell/core/systems/answers';
import { classify } from '@aimwell/core/systems/classification';
import { type ClassificationState, decideClassification, evolveClassification } from '@aimwell/core/systems/confirmation';
import { dutiesFrom, type Flag, headline, prohibitedFrom } from '@aimwell/core/systems/flags';
import { flagsOfKinds } from '@aimwell/core/systems/override';
import {
  decideSystem,
  evolveSystem,
  newSystem,
  type SystemCommand,
  type SystemStage,
  type SystemState,
} from '@aimwell/core/systems/states';
import type { Context } from '../platform/context.ts';
import type { Behaviour, Intended, Outcome, Verdict } from '../platform/register/behaviour.ts';
import type { Row } from '../platform/register/columns.ts';
import { lawInForce } from './law.ts';

type System = Row & Values<typeof systems>;
interface Dated {
  readonly happenedOn?: string;
  readonly reason?: string;
}

const move =
  (kind: SystemCommand['kind']) =>
  async (
    _tx: unknown,
    context: Context,
    given: { readonly record: Row; readonly input: Dated & { readonly as?: string } },
  ): Promise<Outcome> => {
    const record = given.record as System;
    const { reason, as: found } = given.input;
    const state: SystemState = { stage: record.state as SystemStage, suspendedFrom: record.suspendedFrom, reason: record.stateReason };
    const on = given.input.happenedOn ?? context.today;
    const command = {
      kind,
      ...(reason === undefined ? {} : { reason }),
      ...(kind === 'register' ? { as: found ?? 'registered' } : {}),
    } as SystemCommand;
    const decision = decideSystem(state, command, { owner: record.owner, prohibitedFrom: record.lawProhibitedFrom, on });
    if ('refused' in decision) return decision;
    const next = decision.events.reduce<SystemState>(evolveSystem, state);
    return {
      reason,
      set: {
        state: next.stage,
        suspendedFrom: next.suspendedFrom,
        stateReason: next.reason,
        ...(next.stage === 'retired' ? { retiredOn: on } : {}),
        ...(next.stage === 'production' && record.liveOn === null ? { liveOn: on } : {}),
        ...(next.stage !== 'candidate' && record.startedOn === null ? { startedOn: on } : {}),
      },
    };
  };

const stored = (record: System): ClassificationState => {
  const proposal = record.lawProposal as { flags: readonly Flag[]; lawVersion: string } | null;
  return { proposal: proposal === null ? null : { flags: proposal.flags, lawVersion: proposal.lawVersion }, confirmed: null };
};

/** Answers the eight questions: the proposal is kept with its steps; nothing is confirmed by it. */
const propose = async (
  _tx: unknown,
  _context: Context,
  { input }: { readonly input: { readonly answers: ClassificationAnswers } },
): Promise<Outcome> => {
  const proposal = classify(input.answers, lawInForce);
  return {
    set: {
      lawAnswers: input.answers,
      lawProposal: { ...proposal, headline: headline(proposal.flags) },
      lawProfiling: input.answers.exemption?.profilesPersons === undefined ? null : input.answers.exemption.profilesPersons === 'yes',
      lawExemptionClaimed: input.answers.exemption?.claimed === 'yes',
    },
  };
};

interface Override {
  readonly flags: readonly (typeof flagKinds)[number][];
  readonly reason: string;
}

/** A named person answers for the classification, as proposed or otherwise with a reason. */
const confirm = async (
  _tx: unknown,
  context: Context,
  { record: row, input }: { readonly record: Row; readonly input: Dated & { readonly override?: Override } },
): Promise<Outcome> => {
  const record = row as System;
  const on = input.happenedOn ?? context.today;
  const by = context.actor.personId ?? '';
  const state = stored(record);
  const decision = decideClassification(
    state,
    input.override === undefined
      ? { kind: 'confirm', by, on }
      : {
          kind: 'override',
          by,
          on,
          flags: flagsOfKinds(input.override.flags, state.proposal?.flags ?? [], lawInForce),
          reason: input.override.reason,
        },
  );
  if ('refused' in decision) return decision;
  const { confirmed } = decision.events.reduce(evolveClassification, state);
  if (confirmed === null) throw new Error('expected a confirmation to leave a confirmed classification');
  return {
    reason: confirmed.overrideReason ?? undefined,
    set: {
      lawClass: headline(confirmed.flags),
      lawFlags: flagKinds.filter((kind) => confirmed.flags.some((flag) => flag.kind === kind)),
      lawVersion: confirmed.lawVersion,
      lawAppliesFrom: dutiesFrom(confirmed.flags),
      lawScreenedOn: on,
      lawConfirmedBy: by,
      lawOverrideReason: confirmed.overrideReason,
      lawProhibitedFrom: prohibitedFrom(confirmed.flags),
    },
  };
};

const found = ['registered', 'in_development', 'pilot', 'production'] as const;

/** Imported systems may run already: they are registered as found. No day is made up for what the sheet does not date. */
const bring = (context: Context, { deed, before, after }: Intended): Verdict => {
  const stage = after['state'];
  if (deed !== 'import' || before !== null || stage === newSystem.stage) return { set: {} };
  const as = found.find((one) => one === stage);
  const command: SystemCommand | null =
    as !== undefined
      ? { kind: 'register', as }
      : stage === 'retired'
        ? { kind: 'retire', reason: 'Retired according to the imported inventory' }
        : stage === 'not_an_ai_system'
          ? { kind: 'declareNotAi', reason: 'Not an AI system according to the imported inventory' }
          : stage === 'suspended'
            ? { kind: 'suspend', reason: 'Suspended according to the imported inventory' }
            : null;
  if (command === null) throw new Error(`no way to bring a system in as ${String(stage)}`);
  const decision = decideSystem(newSystem, command, {
    owner: (after['owner'] as string | null) ?? null,
    prohibitedFrom: null,
    on: context.today,
  });
  if ('refused' in decision) return decision;
  const next = decision.events.reduce<SystemState>(evolveSystem, newSystem);
  return { set: { state: next.stage, suspendedFrom: next.suspendedFrom, stateReason: next.reason } };
};

export const systemsBehaviour: Behaviour = {
  register: systems,
  prepare: async (_tx, context, intended) => intended.map((each) => bring(context, each)),
  commands: {
    register: move('register'),
    startDevelopment: move('startDevelopment'),
    startPilot: move('startPilot'),
    release: move('release'),
    suspend: move('suspend'),
    explainSuspension: move('explainSuspension'),
    resume: move('resume'),
    retire: move('retire'),
    declareNotAi: move('declareNotAi'),
    reconsider: move('reconsider'),
    classify: propose,
    confirmClass: confirm,
  },
};
