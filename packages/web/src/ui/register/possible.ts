import type { Command, Register } from '@aimwell/contract/platform/register';
import { SYSTEM_MOVES, systemStages } from '@aimwell/core/systems/states';
import type { RecordView } from '../record.ts';

type From = Readonly<Record<string, readonly string[]>>;

const versions: From = { setScales: ['draft'], suggest: ['draft'], submit: ['draft'], sendBack: ['in_review'], approve: ['in_review'] };

const inUse: readonly string[] = systemStages.filter((stage) => stage !== 'retired' && stage !== 'not_an_ai_system');

/** From which states a command starts, in the order in which a record is likely to go on. The server decides; this only keeps what it would refuse out of sight. */
const byRegister: Readonly<Record<string, From>> = {
  systems: {
    register: SYSTEM_MOVES.register, startDevelopment: SYSTEM_MOVES.startDevelopment, startPilot: SYSTEM_MOVES.startPilot, release: SYSTEM_MOVES.release, resume: SYSTEM_MOVES.resume,
    classify: inUse, confirmClass: inUse, suspend: inUse, retire: SYSTEM_MOVES.retire, declareNotAi: SYSTEM_MOVES.declareNotAi,
  },
  treatments: { start: ['planned'], finish: ['in_progress'], check: ['done'], cancel: ['planned', 'in_progress', 'not_effective'] },
  'role-assignments': { accept: ['proposed'], decline: ['proposed'], end: ['accepted'] },
  risks: {
    assess: ['identified', 'evaluated', 'accepted_within_criteria', 'treatment_selected', 'plan_approved', 'in_treatment', 'treated_pending_check', 'residual_accepted', 'reopened'],
    accept: ['evaluated', 'treatment_selected', 'plan_approved', 'in_treatment', 'treated_pending_check', 'reopened'], approveAcceptance: ['evaluated', 'treatment_selected', 'plan_approved', 'in_treatment', 'treated_pending_check', 'residual_accepted', 'reopened'],
    close: ['evaluated', 'accepted_within_criteria', 'residual_accepted', 'treated_pending_check'], reopen: ['accepted_within_criteria', 'residual_accepted', 'closed'],
  },
};

/** The commands that a record's state allows, likeliest first. */
export const possibleNow = (register: Register, record: RecordView): readonly Command[] => {
  const state = register.state === undefined ? undefined : String(record[register.state]);
  const field = register.state === undefined ? undefined : register.fields[register.state];
  const from = byRegister[register.name] ?? (field?.kind === 'choice' && field.choices.includes('superseded') ? versions : {});
  const order = [nextOf(register, record, state), ...Object.keys(from)];
  const rank = (command: Command): number => { const at = order.indexOf(command.name); return at === -1 ? order.length : at; };
  return register.commands.filter((command) => { const states = from[command.name]; return states === undefined || state === undefined || states.includes(state); }).toSorted((one, other) => rank(one) - rank(other));
};

const nextStage: Readonly<Record<string, string>> = { candidate: 'register', registered: 'startDevelopment', in_development: 'startPilot', pilot: 'release', suspended: 'resume' };

/** The command that most likely comes next, where the state alone does not say it: a system is classified before it goes on. */
const nextOf = (register: Register, record: RecordView, state: string | undefined): string | undefined => {
  if (register.name !== 'systems' || state === undefined) return undefined;
  if (state !== 'candidate' && record['lawClass'] === 'not-classified') return record['lawProposal'] === null || record['lawProposal'] === undefined ? 'classify' : 'confirmClass';
  return nextStage[state];
};
