import type { Register } from '@aimwell/contract/platform/register';
import { risks } from '@aimwell/contract/risks/risks';
import { people } from '@aimwell/contract/roles/people';
import { authorities } from '@aimwell/contract/roles/roles';
import { soaEntries, soaVersions } from '@aimwell/contract/soa/soa';
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
import { writeRecords } from '../platform/register/write.ts';
import { createTestDatabase } from '../platform/testing/template.ts';

export type Who = 'manager' | 'owner' | 'director';
const rolesOf: Record<Who, readonly Role[]> = { manager: ['aims_manager'], owner: ['system_owner'], director: ['top_management'] };

/** A database with one organisation and its people, for the rooms whose behaviours are given. */
export const createRooms = async (behaviours: readonly Behaviour[], today = '2026-03-02') => {
  const test = await createTestDatabase();
  const organisation: Organisation = { id: newId(), slug: 'acme', name: 'Acme', timeZone: 'UTC', demo: false, settings: {} };
  const actions = createRegisterActions(new Map(behaviours.map((behaviour) => [behaviour.register.name, behaviour])));
  const ids: Record<Who, string | null> = { manager: null, owner: null, director: null };
  const contextOf = (who: Who | 'system') =>
    createContext({
      actor:
        who === 'system'
          ? { kind: 'system', personId: null, roles: ['administrator'] }
          : { kind: 'person', personId: ids[who], roles: rolesOf[who] },
      organisation,
      now: new Date(`${today}T10:00:00Z`),
    });
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => test.database.inOrganisation(organisation.id, work);
  const create = async (register: Register, values: Readonly<Record<string, unknown>>, who: Who | 'system' = 'manager'): Promise<Row> => {
    const [row] = await within((tx) => actions.create(tx, contextOf(who), register, [values]));
    if (row === undefined) throw new Error('expected a record');
    return row;
  };
  const patch = (register: Register, id: string, set: Readonly<Record<string, unknown>>, who: Who = 'manager') =>
    within((tx) => actions.change(tx, contextOf(who), register, [{ id, version: null, set }]));
  const archive = (register: Register, id: string, who: Who = 'manager') =>
    within((tx) => actions.archive(tx, contextOf(who), register, id, null, 'not needed'));
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
  /** What stands against a deed, as `CODE field`; nothing when it went through. */
  const against = async (deed: Promise<unknown>): Promise<string[]> => {
    try {
      await deed;
      return [];
    } catch (error) {
      const { details } = error as { details?: { problems?: readonly { code: string; field?: string }[] } };
      if (details?.problems === undefined) throw error;
      return details.problems.map(({ code, field }) => (field === undefined ? code : `${code} ${field}`));
    }
  };
  /** A record as another room would have left it: that room's own rules are not asked. */
  const plant = async (register: Register, values: Readonly<Record<string, unknown>>): Promise<Row> => {
    const [row] = await within((tx) =>
      writeRecords(tx, contextOf('system'), register, [{ before: null, set: values }], { command: 'create' }),
    );
    if (row === undefined) throw new Error('expected a record');
    return row;
  };
  const replant = (register: Register, before: Row, set: Readonly<Record<string, unknown>>) =>
    within((tx) => writeRecords(tx, contextOf('system'), register, [{ before, set }], { command: 'patch' }));

  await within((tx) => tx.query(sql`insert into organizations (id, slug, name) values (${organisation.id}::uuid, 'acme', 'Acme')`));
  for (const who of ['manager', 'owner', 'director'] as const) ids[who] = (await plant(people, { name: `The ${who}`, function: who })).id;

  return {
    today,
    ids,
    within,
    contextOf,
    create,
    patch,
    archive,
    load,
    run,
    against,
    plant,
    replant,
    find: (register: Register, where: Readonly<Record<string, unknown>>) => within((tx) => findRows(tx, register, where)),
    drop: test.drop,
  };
};

export type Rooms = Awaited<ReturnType<typeof createRooms>>;

/** What a Statement of Applicability needs around it: an approved treatment plan and an authority for the director. */
export const furnish = async (rooms: Rooms): Promise<{ readonly plan: Row }> => {
  await rooms.plant(authorities, {
    title: 'Designated management',
    holder: rooms.ids.director,
    riskLevelLimit: 25,
    approvesSoa: true,
    fromDate: '2026-01-01',
  });
  return { plan: await rooms.plant(treatmentPlans, { name: 'Treatment plan 1', versionNumber: 1, state: 'approved' }) };
};

export const entriesOf = (rooms: Rooms, version: string): Promise<Row[]> => rooms.find(soaEntries, { soa: version });

/** Includes every control of a version but those named, by own choice. */
export const decideAll = async (rooms: Rooms, version: string, except: readonly string[] = []): Promise<void> => {
  for (const entry of await entriesOf(rooms, version)) {
    if (!except.includes(String(entry['control'])))
      await rooms.patch(soaEntries, entry.id, { decision: 'included', reasons: ['own_choice'] });
  }
};

export const setEntry = async (
  rooms: Rooms,
  version: string,
  control: string,
  set: Readonly<Record<string, unknown>>,
  who: Who = 'manager',
): Promise<Row> => {
  const [entry] = await rooms.find(soaEntries, { soa: version, control });
  if (entry === undefined) throw new Error(`no entry for ${control}`);
  await rooms.patch(soaEntries, entry.id, set, who);
  return rooms.load(soaEntries, entry.id);
};

/** A version from start to approval. */
export const approveVersion = async (rooms: Rooms): Promise<Row> => {
  const version = await rooms.create(soaVersions, {});
  await decideAll(rooms, version.id);
  await rooms.run(soaVersions, version.id, 'submit');
  return rooms.run(soaVersions, version.id, 'approve', {}, 'director');
};

/** A treatment of a risk that names these controls. */
export const plantTreatment = async (
  rooms: Rooms,
  controls: readonly string[],
  values: Readonly<Record<string, unknown>> = {},
): Promise<Row> => {
  const risk = await rooms.plant(risks, { statement: 'Wrong answers reach customers' });
  return rooms.plant(treatments, { title: 'Check answers before they are sent', risk: risk.id, option: 'modify', controls, ...values });
};
