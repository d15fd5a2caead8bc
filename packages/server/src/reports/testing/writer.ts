import type { Register } from '@aimwell/contract/platform/register';
import type { Role } from '@aimwell/core/roles/permissions';
import { createContext, type Organisation } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/pool.ts';
import { createRegisterActions } from '../../platform/register/actions.ts';
import type { Row } from '../../platform/register/columns.ts';
import { findRows } from '../../platform/register/read.ts';
import type { TestDatabase } from '../../platform/testing/template.ts';
import { riskAssessmentsBehaviour, risksBehaviour } from '../../risks/actions.ts';
import { riskCriteriaBehaviour } from '../../risks/criteria.ts';
import { followRisks } from '../../risks/follow.ts';
import { scopeBehaviours } from '../../scope/actions.ts';
import { soaBehaviours } from '../../soa/actions.ts';
import { createTreatmentBehaviours } from '../../treatment/behaviours.ts';

const behaviours = [
  riskCriteriaBehaviour,
  risksBehaviour,
  riskAssessmentsBehaviour,
  ...createTreatmentBehaviours(followRisks),
  ...scopeBehaviours,
  ...soaBehaviours,
];
const actions = createRegisterActions(new Map(behaviours.map((behaviour) => [behaviour.register.name, behaviour])));

export type Who = 'manager' | 'owner' | 'director';
const rolesOf: Record<Who, readonly Role[]> = {
  manager: ['administrator', 'aims_manager'],
  owner: ['system_owner'],
  director: ['top_management'],
};
type Values = Readonly<Record<string, unknown>>;

/** Writes as the rooms do, on a day of its own. */
export const createWriter = (database: TestDatabase['database'], organisation: Organisation) => {
  const ids: Record<Who, string | null> = { manager: null, owner: null, director: null };
  let day = '2026-03-02';
  const contextOf = (who: Who) =>
    createContext({ actor: { kind: 'person', personId: ids[who], roles: rolesOf[who] }, organisation, now: new Date(`${day}T10:00:00Z`) });
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.inOrganisation(organisation.id, work);
  const create = async (register: Register, values: Values, who: Who = 'manager'): Promise<Row> => {
    const [row] = await within((tx) => actions.create(tx, contextOf(who), register, [values]));
    if (row === undefined) throw new Error('expected a record');
    return row;
  };
  const run = async (register: Register, id: string, name: string, input: Values = {}, who: Who = 'manager'): Promise<void> => {
    const declared = register.commands.find((command) => command.name === name);
    if (declared === undefined) throw new Error(`no command ${name}`);
    await within((tx) =>
      actions.command(tx, contextOf(who), register, declared, id, null, declared.input.parse(input) as Record<string, unknown>),
    );
  };
  return {
    ids,
    contextOf,
    within,
    create,
    run,
    patch: (register: Register, id: string, set: Values) =>
      within((tx) => actions.change(tx, contextOf('manager'), register, [{ id, version: null, set }])),
    find: (register: Register, where: Values) => within((tx) => findRows(tx, register, where)),
    setDay: (next: string) => {
      day = next;
    },
  };
};
export type Writer = ReturnType<typeof createWriter>;
