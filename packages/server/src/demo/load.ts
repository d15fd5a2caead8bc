import { randomBytes } from 'node:crypto';
import { people } from '@aimwell/contract/roles/people';
import { systems } from '@aimwell/contract/systems/systems';
import type { Role } from '@aimwell/core/roles/permissions';
import { createContext, type Organisation } from '../platform/context.ts';
import { refused } from '../platform/errors.ts';
import { createOrganisation, organisationBySlug, systemActor } from '../platform/identity/founding.ts';
import type { Parts } from '../platform/identity/parts.ts';
import { createAccountAndMembership } from '../platform/identity/people.ts';
import type { RegisterActions } from '../platform/register/actions.ts';
import { findRows } from '../platform/register/read.ts';
import { tellApplicability, tellProof } from './applicability.ts';
import { daysAfter } from './calendar.ts';
import { addressOf, auditDays, cast, others, type Who } from './cast.ts';
import { tellContext } from './context.ts';
import { type ProcessDeeds, tellProcesses } from './processes.ts';
import { tellRisks } from './risks.ts';
import { tellRoles, tellScope } from './scope.ts';
import { openStory } from './story.ts';
import { tellSystems } from './systems.ts';

export const demoSlug = 'techserve';
const demoName = 'TechServe Solutions';

/** What the demonstration needs of an open house. */
export interface DemoHouse {
  readonly identity: { readonly parts: Parts };
  readonly actions: RegisterActions;
  readonly processes: ProcessDeeds;
  readonly now: () => Date;
}

export interface DemoOptions {
  /** For the demonstration accounts; a random one when left out. */
  readonly password?: string | undefined;
  readonly progress?: (done: number, total: number, what: string) => void;
}

export interface LoadedDemo {
  /** False when it was there already; nothing was changed then. */
  readonly loaded: boolean;
  readonly organisation: Organisation;
  readonly accounts: readonly { readonly role: Role; readonly email: string; readonly name: string; readonly created: boolean }[];
  /** Null when nothing was loaded: passwords are shown once. */
  readonly password: string | null;
}

const chapters = [
  'Accounts',
  'Context',
  'Scope and roles',
  'AI systems',
  'Risks and treatments',
  'Statement of Applicability',
  'Evidence and tests',
  'Processes',
];

/**
 * Makes the demonstration organisation with months 1 to 4 of its journey, or finds it there. The records come in one
 * transaction, so that a load that broke off can simply be repeated.
 * @throws REFUSED when the short name belongs to an organisation that is no demonstration, or the password is unfit
 */
export const loadDemo = async (house: DemoHouse, options: DemoOptions = {}): Promise<LoadedDemo> => {
  const { parts } = house.identity;
  const organisation =
    (await organisationBySlug(parts, demoSlug)) ?? (await createOrganisation(parts, { name: demoName, slug: demoSlug, demo: true }));
  if (!organisation.demo)
    throw refused([
      {
        code: 'NOT_A_DEMONSTRATION',
        message: `expected the short name ${demoSlug} to be free, but ${organisation.name} uses it`,
        remedy: 'Load the demonstration into another installation.',
      },
    ]);
  const told = await parts.database.inOrganisation(organisation.id, async (tx) => (await findRows(tx, systems, {})).length > 0);
  if (told) return { loaded: false, organisation, accounts: [], password: null };
  const step = (index: number) => options.progress?.(index, chapters.length, chapters[index] ?? '');
  step(0);
  const password = options.password ?? randomBytes(12).toString('base64url');
  const accounts = await openAccounts(parts, organisation, password, house.now());
  await tellAll(house, organisation, step);
  options.progress?.(chapters.length, chapters.length, '');
  return { loaded: true, organisation, accounts, password };
};

/** An account for each role; one that an earlier, broken load left is used as it is. */
const openAccounts = async (parts: Parts, organisation: Organisation, password: string, now: Date): Promise<LoadedDemo['accounts']> => {
  const { today } = createContext({ actor: systemActor, organisation, now });
  const accounts: { role: Role; email: string; name: string; created: boolean }[] = [];
  for (const { role, name, function: held } of Object.values(cast)) {
    const email = addressOf(role);
    const days = role === 'external_auditor' ? { validFrom: today, validUntil: daysAfter(today, auditDays) } : {};
    const created = await createAccountAndMembership(parts, {
      organisation: organisation.id,
      email,
      name,
      password,
      roles: [role],
      function: held,
      ...days,
    }).then(
      (made) => made.created,
      (error: unknown) => {
        if (isMember(error)) return false;
        throw error;
      },
    );
    accounts.push({ role, email, name, created });
  }
  return accounts;
};

const isMember = (error: unknown): boolean =>
  (error as { details?: { problems?: readonly { code: string }[] } }).details?.problems?.some(({ code }) => code === 'MEMBER_ALREADY') ===
  true;

const tellAll = (house: DemoHouse, organisation: Organisation, step: (index: number) => void): Promise<void> =>
  house.identity.parts.database.inOrganisation(organisation.id, async (tx) => {
    const now = house.now();
    const context = createContext({ actor: systemActor, organisation, now, source: 'demo' });
    await house.actions.create(
      tx,
      context,
      people,
      Object.values(others).map(({ name, function: held }) => ({ name, function: held })),
    );
    const directory = await findRows(tx, people, {});
    const idOf = (name: string) => directory.find((person) => person['name'] === name)?.id ?? '';
    const ids = Object.fromEntries(Object.entries({ ...cast, ...others }).map(([who, { name }]) => [who, idOf(name)])) as Record<
      Who,
      string
    >;
    const story = openStory({ tx, actions: house.actions, organisation, now, people: ids });
    step(1);
    const stakes = await tellContext(story);
    step(2);
    await tellScope(story, stakes);
    const objectives = await tellRoles(story);
    step(3);
    const inventory = await tellSystems(story);
    step(4);
    await tellRisks(story, inventory, objectives);
    step(5);
    await tellApplicability(story, objectives);
    step(6);
    await tellProof(story, inventory);
    step(7);
    await tellProcesses(story, { tx, deeds: house.processes, organisation, now });
  });
