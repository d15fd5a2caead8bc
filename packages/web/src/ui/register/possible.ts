import type { Command, Register } from '@aimwell/contract/platform/register';
import { RISK_MOVES } from '@aimwell/core/risks/states';
import { SYSTEM_MOVES, systemStages } from '@aimwell/core/systems/states';
import type { RecordView } from '../record.ts';

type From = Readonly<Record<string, readonly string[]>>;

const versions: From = {
  setScales: ['draft'],
  suggest: ['draft'],
  submit: ['draft'],
  sendBack: ['in_review'],
  approve: ['in_review'],
};

const inUse: readonly string[] = systemStages.filter((stage) => stage !== 'retired' && stage !== 'not_an_ai_system');

/** Where a rating counts, or what is left after treatment, there is something to accept. */
const acceptable = [
  'evaluated',
  'accepted_within_criteria',
  'treatment_selected',
  'plan_approved',
  'treated_pending_check',
  'residual_accepted',
];

/** From which states a command starts. The server decides; this only keeps what it would refuse out of sight. */
const byRegister: Readonly<Record<string, From>> = {
  systems: { ...SYSTEM_MOVES, suspend: inUse.filter((stage) => stage !== 'suspended'), classify: inUse, confirmClass: inUse },
  treatments: { start: ['planned'], finish: ['in_progress'], check: ['done'], cancel: ['planned', 'in_progress', 'not_effective'] },
  'role-assignments': { accept: ['proposed'], decline: ['proposed'], end: ['accepted'] },
  risks: {
    assess: RISK_MOVES.assess,
    readSecond: RISK_MOVES.readSecond,
    accept: acceptable,
    approveAcceptance: acceptable,
    close: RISK_MOVES.close,
    reopen: RISK_MOVES.reopen,
  },
};

/** What a record waits for next: a command of its own, or a record of another register that names it in `field`. */
export type Next =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'add'; readonly register: string; readonly field: string };

/** The natural next step of a record's state, if it has one, and every other command that its state allows. */
export interface Possible {
  readonly next: Next | undefined;
  readonly others: readonly Command[];
}

export const possibleNow = (register: Register, record: RecordView): Possible => {
  const state = stateOf(register, record);
  const from = movesOf(register);
  const allowed = register.commands.filter((command) => {
    const states = from[command.name];
    return (states === undefined || state === undefined || states.includes(state)) && applies(register, record, command.name);
  });
  const said = nextOf(register, record, state);
  if (said !== undefined && typeof said !== 'string') return { next: { kind: 'add', ...said }, others: allowed };
  const command = allowed.find(({ name }) => name === said);
  return {
    next: command === undefined ? undefined : { kind: 'command', command },
    others: allowed.filter((one) => one !== command),
  };
};

const stateOf = (register: Register, record: RecordView): string | undefined =>
  register.state === undefined ? undefined : String(record[register.state]);

const isVersioned = (register: Register): boolean => {
  const field = register.state === undefined ? undefined : register.fields[register.state];
  return field?.kind === 'choice' && field.choices.includes('superseded');
};

const movesOf = (register: Register): From => byRegister[register.name] ?? (isVersioned(register) ? versions : {});

/** The states of a record in which a command can be given; null where that does not hang on its state. */
export const statesFor = (register: Register, command: string): readonly string[] | null =>
  register.state === undefined ? null : (movesOf(register)[command] ?? null);

const has = (record: RecordView, field: string): boolean => record[field] !== null && record[field] !== undefined;

/** What the state alone does not say. */
const applies = (register: Register, record: RecordView, command: string): boolean => {
  switch (`${register.name}.${command}`) {
    case 'systems.confirmClass':
      return has(record, 'lawProposal');
    case 'systems.explainSuspension':
      return !has(record, 'stateReason');
    case 'risks.approveAcceptance':
      return awaitsApproval(record);
    default:
      return true;
  }
};

type Said = string | { readonly register: string; readonly field: string } | undefined;

/** The command that comes next. A state that waits for nothing, or for something done elsewhere, has none. */
const nextOf = (register: Register, record: RecordView, state: string | undefined): Said => {
  if (state === undefined) return undefined;
  switch (register.name) {
    case 'systems':
      return nextOfSystem(record, state);
    case 'risks':
      return nextOfRisk(record, state);
    case 'treatments':
      return { planned: 'start', in_progress: 'finish', done: 'check' }[state];
    case 'role-assignments':
      return state === 'proposed' ? 'accept' : undefined;
    default:
      return isVersioned(register) ? { draft: 'submit', in_review: 'approve' }[state] : undefined;
  }
};

/** A system is classified before it goes on; what is made here is developed first, what is bought is tried. */
const nextOfSystem = (record: RecordView, state: string): Said => {
  if (state === 'candidate') return 'register';
  if (state === 'suspended') return has(record, 'stateReason') ? 'resume' : 'explainSuspension';
  if (!inUse.includes(state)) return undefined;
  if (record['lawClass'] === 'not-classified') return has(record, 'lawProposal') ? 'confirmClass' : 'classify';
  if (state === 'registered') return record['origin'] === 'built' || record['origin'] === 'mixed' ? 'startDevelopment' : 'startPilot';
  return { in_development: 'startPilot', pilot: 'release' }[state];
};

/** What lies within the threshold is accepted, what lies above it is treated; after treatment it is rated again, then accepted. */
const nextOfRisk = (record: RecordView, state: string): Said => {
  switch (state) {
    case 'identified':
    case 'reopened':
      return 'assess';
    case 'analysed':
      return 'readSecond';
    case 'evaluated':
      if (record['kind'] === 'opportunity') return record['pursuit'] === 'pursue' ? treatment : undefined;
      if (awaitsApproval(record)) return 'approveAcceptance';
      return record['aboveThreshold'] === 'yes' ? treatment : 'accept';
    case 'treated_pending_check':
      return has(record, 'residualLevel') ? signature(record) : 'assess';
    default:
      return undefined;
  }
};

const treatment = { register: 'treatments', field: 'risk' } as const;

const idOf = (value: unknown): string | undefined => (value as { readonly id: string } | null | undefined)?.id;
const isAccepted = (record: RecordView): boolean =>
  has(record, 'acceptedBy') && idOf(record['acceptedAssessment']) === idOf(record['assessment']);
const awaitsApproval = (record: RecordView): boolean => isAccepted(record) && !has(record, 'acceptanceApprovedBy');

/** Two people sign what is left of a risk: its owner, then management. */
const signature = (record: RecordView): Said => (!isAccepted(record) ? 'accept' : awaitsApproval(record) ? 'approveAcceptance' : undefined);

/** Why this person cannot give a command although the role may: the key of the sentence below `ui.blocked`. */
export const blockedFor = (register: Register, record: RecordView, command: string, person: string | null): string | undefined => {
  const is = (field: string): boolean => person !== null && idOf(record[field]) === person;
  switch (`${register.name}.${command}`) {
    case 'risks.accept':
      return !has(record, 'owner') ? 'noOwner' : is('owner') ? undefined : 'ownerAccepts';
    case 'risks.approveAcceptance':
      return is('acceptedBy') ? 'otherApproves' : undefined;
    case 'role-assignments.accept':
    case 'role-assignments.decline':
      return is('holder') ? undefined : 'holderAnswers';
    default:
      return command === 'approve' && isVersioned(register) && is('submittedBy') ? 'otherSigns' : undefined;
  }
};
