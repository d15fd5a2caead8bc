import { judgeGrant } from '@aimwell/core/identity/granting';
import type { Role } from '@aimwell/core/roles/permissions';
import { createContext } from '../context.ts';
import { refused } from '../errors.ts';
import { type Account, accountByEmail, createAccount } from './accounts.ts';
import { addMember, organisationBySlug, systemActor } from './founding.ts';
import type { Parts } from './parts.ts';

export interface NewPerson {
  /** Slug or id of the organisation. */
  readonly organisation: string;
  readonly email: string;
  readonly name: string;
  /** For an account that does not exist yet; an account that exists keeps its own. */
  readonly password?: string | undefined;
  readonly roles: readonly Role[];
  readonly function?: string | undefined;
  readonly validFrom?: string | undefined;
  readonly validUntil?: string | undefined;
}

/**
 * Account and access in one go, for the operator of the installation (commands, demonstration). Finds the account by
 * its address or makes it. The operator grants every role; days and auditors are judged as always.
 * @throws REFUSED: no such organisation, no password for a new account, unfit grant, access already there
 */
export const createAccountAndMembership = async (
  parts: Parts,
  person: NewPerson,
): Promise<{ account: Account; created: boolean; membershipId: string; personId: string }> => {
  const organisation = await organisationBySlug(parts, person.organisation);
  if (organisation === null)
    throw refused([
      {
        code: 'NO_ORGANISATION',
        message: `expected an organisation, got ${person.organisation}`,
        remedy: 'Name one that exists, or create it first.',
      },
    ]);
  const context = createContext({ actor: systemActor, organisation, now: parts.now() });
  const grant = { roles: person.roles, validFrom: person.validFrom ?? null, validUntil: person.validUntil ?? null };
  const problems = judgeGrant(grant, context.today);
  if (problems.length > 0) throw refused(problems);
  const there = await accountByEmail(parts.pool, person.email);
  if (there === null && person.password === undefined)
    throw refused([
      {
        code: 'PASSWORD_MISSING',
        field: 'password',
        message: 'expected a password for a new account, got none',
        remedy: 'Give a password of 12 characters or more.',
      },
    ]);
  const account = there ?? (await createAccount(parts, { name: person.name, email: person.email, password: person.password ?? '' }));
  const member = await parts.database.inOrganisation(organisation.id, (tx) =>
    addMember(tx, context, { account, function: person.function, ...grant }),
  );
  return { account, created: there === null, ...member };
};
