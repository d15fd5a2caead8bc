import { evidence } from '@aimwell/contract/evidence/evidence';
import type { Register } from '@aimwell/contract/platform/register';
import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { risks } from '@aimwell/contract/risks/risks';
import { people } from '@aimwell/contract/roles/people';
import { authorities } from '@aimwell/contract/roles/roles';
import { treatmentPlans, treatments } from '@aimwell/contract/treatment/treatments';
import type { Role } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import { createContext, type Organisation } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { newId } from '../platform/ids.ts';
import { createRegisterActions } from '../platform/register/actions.ts';
import type { Behaviour } from '../platform/register/behaviour.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows, loadRow } from '../platform/register/read.ts';
import { createTestDatabase } from '../platform/testing/template.ts';
import { riskAssessmentsBehaviour, risksBehaviour } from './actions.ts';
import { riskCriteriaBehaviour } from './criteria.ts';
import { type FollowRisks, followRisks } from './follow.ts';

/** The people of the tests, by what they do. */
export type Who = 'manager' | 'owner' | 'director' | 'nobody';
const rolesOf: Record<Who, readonly Role[]> = {
  manager: ['risk_manager'],
  owner: ['system_owner'],
  director: ['top_management'],
  nobody: ['administrator'],
};

/** Ratings of all three views, as an assessor enters them. */
export const rated = (likelihood: number, consequence: number) => ({
  likelihood,
  organisation: { rating: consequence },
  individuals: { rating: 1 },
  societies: { notApplicable: 'Used inside one team only' },
});

/** A database with one organisation, its people, an authority up to `limit`, and the two rooms of risk. Today is 2 March 2026 until `setDay`. */
export const createRiskRooms = async (createTreatmentBehaviours: (follow: FollowRisks) => readonly Behaviour[], limit = 25) => {
  const behaviours = [risksBehaviour, riskCriteriaBehaviour, riskAssessmentsBehaviour, ...createTreatmentBehaviours(followRisks)];
  const actions = createRegisterActions(new Map(behaviours.map((behaviour) => [behaviour.register.name, behaviour])));
  const test = await createTestDatabase();
  const organisation: Organisation = { id: newId(), slug: 'acme', name: 'Acme', timeZone: 'UTC', demo: false, settings: {} };
  let day = '2026-03-02';
  const ids: Record<Who, string | null> = { manager: null, owner: null, director: null, nobody: null };
  const contextOf = (who: Who) =>
    createContext({
      actor: { kind: 'person', personId: ids[who], roles: rolesOf[who] },
      organisation,
      now: new Date(`${day}T10:00:00Z`),
    });
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => test.database.inOrganisation(organisation.id, work);
  const create = async (register: Register, values: Readonly<Record<string, unknown>>, who: Who = 'manager'): Promise<Row> => {
    const [row] = await within((tx) => actions.create(tx, contextOf(who), register, [values]));
    if (row === undefined) throw new Error('expected a record');
    return row;
  };
  const patch = (register: Register, id: string, set: Readonly<Record<string, unknown>>, who: Who = 'manager') =>
    within((tx) => actions.change(tx, contextOf(who), register, [{ id, version: null, set }]));
  const archive = (register: Register, id: string) =>
    within((tx) => actions.archive(tx, contextOf('manager'), register, id, null, 'not needed'));
  const load = (register: Register, id: string): Promise<Row> => within((tx) => loadRow(tx, register, id));
  /** Runs a command and answers with the record as it stands afterwards. Input passes the contract, as it does over HTTP. */
  const run = async (
    register: Register,
    id: string,
    name: string,
    input: Readonly<Record<string, unknown>> = {},
    who: Who = 'manager',
  ): Promise<Row> => {
    const declared = register.commands.find((command) => command.name === name);
    if (declared === undefined) throw new Error(`no command ${name}`);
    await within((tx) =>
      actions.command(tx, contextOf(who), register, declared, id, null, declared.input.parse(input) as Record<string, unknown>),
    );
    return load(register, id);
  };
  /** The codes that stand against a deed; none when it went through. */
  const against = async (deed: Promise<unknown>): Promise<string[]> => {
    try {
      await deed;
      return [];
    } catch (error) {
      const { details } = error as { details?: { problems?: readonly { code: string }[] } };
      if (details?.problems === undefined) throw error;
      return details.problems.map(({ code }) => code);
    }
  };

  await within((tx) => tx.query(sql`insert into organizations (id, slug, name) values (${organisation.id}::uuid, 'acme', 'Acme')`));
  for (const who of ['manager', 'owner', 'director'] as const)
    ids[who] = (await create(people, { name: `The ${who}`, function: who }, 'nobody')).id;
  await create(
    authorities,
    {
      title: 'Designated management',
      holder: ids.director,
      riskLevelLimit: limit,
      approvesPlans: true,
      approvesCriteria: true,
      fromDate: '2026-01-01',
    },
    'nobody',
  );

  /** Puts criteria in force: the usual ones, with other values, and other scales where `scales` names them. */
  const approveCriteria = async (
    values: Readonly<Record<string, unknown>> = {},
    scales: Readonly<Record<string, unknown>> | null = null,
  ): Promise<Row> => {
    const version = await create(riskCriteria, values);
    if (scales !== null) await run(riskCriteria, version.id, 'setScales', { ...(version['scales'] as object), ...scales });
    await run(riskCriteria, version.id, 'submit');
    return run(riskCriteria, version.id, 'approve', {}, 'director');
  };
  const ratedRisk = async (likelihood: number, consequence: number, values: Readonly<Record<string, unknown>> = {}): Promise<Row> => {
    const risk = await create(risks, { statement: 'Wrong answers reach customers', owner: ids.owner, ...values });
    return run(risks, risk.id, 'assess', rated(likelihood, consequence));
  };
  /** A complete treatment that lowers the likelihood to 1. */
  const treat = (risk: string, values: Readonly<Record<string, unknown>> = {}): Promise<Row> =>
    create(treatments, {
      title: 'Check answers before they are sent',
      risk,
      option: 'modify',
      modifies: 'likelihood',
      controls: ['A.6.2.6'],
      owner: ids.owner,
      resources: 'Two days a month',
      dueDate: '2026-06-30',
      expectedLikelihood: 1,
      expectedConsequence: 4,
      effectivenessMeasure: 'Fewer than 1 wrong answer in 100',
      ...values,
    });
  const approvePlan = async (): Promise<Row> => {
    const plan = await create(treatmentPlans, {});
    await run(treatmentPlans, plan.id, 'submit');
    return run(treatmentPlans, plan.id, 'approve', {}, 'director');
  };
  const prove = (treatment: string) => create(evidence, { title: 'Log of checks', collectedOn: day, treatments: [treatment] });

  return {
    ids,
    within,
    contextOf,
    create,
    patch,
    archive,
    load,
    run,
    against,
    approveCriteria,
    ratedRisk,
    treat,
    approvePlan,
    prove,
    find: (register: Register, where: Readonly<Record<string, unknown>>) => within((tx) => findRows(tx, register, where)),
    setDay: (next: string) => {
      day = next;
    },
    drop: test.drop,
  };
};

export type RiskRooms = Awaited<ReturnType<typeof createRiskRooms>>;
