import { type InvitationState, invitationState, judgeAcceptance } from '@aimwell/core/identity/invitation';
import type { Role } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import { createContext } from '../context.ts';
import { notFound, ProblemError, refused } from '../errors.ts';
import { type Account, accountByEmail, createAccount } from './accounts.ts';
import { addMember, organisationBySlug, systemActor, tell } from './founding.ts';
import type { Caller, Parts } from './parts.ts';
import { hashSecret } from './secrets.ts';
import { type Cookies, signIn, whoIs } from './sessions.ts';

interface Found {
  readonly organization_id: string;
  readonly organization_name: string;
  readonly invitation_id: string;
  readonly email: string;
  readonly name: string;
  readonly function: string | null;
  readonly person_id: string | null;
  readonly roles: Role[];
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  readonly expires_at: Date;
  readonly accepted_at: Date | null;
  readonly revoked_at: Date | null;
}

const lookUp = async ({ database }: Parts, token: string): Promise<Found> => {
  const [row] = await database.callAcross<Found>(sql`select * from invitation_lookup(${hashSecret(token)})`);
  if (row === undefined)
    throw new ProblemError('NOT_FOUND', {
      detail: 'There is no such invitation.',
      remedy: 'Copy the whole link, or ask for a new invitation.',
    });
  return row;
};

const stateOf = (found: Found, now: Date): InvitationState =>
  invitationState(
    {
      acceptedAt: found.accepted_at?.getTime() ?? null,
      revokedAt: found.revoked_at?.getTime() ?? null,
      expiresAt: found.expires_at.getTime(),
    },
    now.getTime(),
  );

/** What an invitation is for. One that is used up says nothing more than that. */
export const seeInvitation = async (parts: Parts, caller: Caller, token: string) => {
  const found = await lookUp(parts, token);
  const who = await whoIs(parts, caller);
  const problems = judgeAcceptance({ email: found.email, state: stateOf(found, parts.now()) }, null);
  if (problems.length > 0) throw refused(problems);
  return {
    organisation: found.organization_name,
    email: found.email,
    name: found.name,
    roles: found.roles,
    validFrom: found.valid_from,
    validUntil: found.valid_until,
    expiresAt: found.expires_at.toISOString(),
    hasAccount: (await accountByEmail(parts.pool, found.email)) !== null,
    isYou: who?.email === found.email,
  };
};

/**
 * Accepts an invitation: as who is signed in, with the password of the account there is, or by making the account.
 * The invitation is used up in the transaction that makes the membership.
 * @throws NOT_FOUND, REFUSED (not open any more, somebody else, unfit password), NOT_SIGNED_IN (wrong password)
 */
export const acceptInvitation = async (
  parts: Parts,
  caller: Caller,
  token: string,
  given: { name?: string | undefined; password?: string | undefined },
): Promise<Cookies & { readonly accountId: string }> => {
  const found = await lookUp(parts, token);
  const who = await whoIs(parts, caller);
  const problems = judgeAcceptance({ email: found.email, state: stateOf(found, parts.now()) }, who?.email ?? null);
  if (problems.length > 0) throw refused(problems);
  if (who !== null) {
    await join(parts, found, { id: who.accountId, name: who.name, email: who.email });
    return { cookies: [], accountId: who.accountId };
  }
  const { password } = given;
  if (password === undefined)
    throw refused([
      {
        code: 'PASSWORD_MISSING',
        field: 'password',
        message: 'expected a password, got none',
        remedy: 'Choose a password, or sign in with the account you have.',
      },
    ]);
  const there = await accountByEmail(parts.pool, found.email);
  const account = there ?? (await createAccount(parts, { name: given.name ?? found.name, email: found.email, password }));
  const signedIn = await signIn(parts, caller, { email: found.email, password });
  await join(parts, found, account);
  return signedIn;
};

const join = async ({ database, now }: Parts, found: Found, account: Account): Promise<void> => {
  const organisation = await organisationBySlug({ database }, found.organization_id);
  if (organisation === null) throw notFound('organisation');
  const context = createContext({ actor: systemActor, organisation, now: now() });
  try {
    await database.inOrganisation(organisation.id, async (tx) => {
      const used = await tx.query(sql`
        update invitations set accepted_at = ${context.now.toISOString()}::timestamptz where organization_id = ${organisation.id}::uuid and id = ${found.invitation_id}::uuid
          and accepted_at is null and revoked_at is null and expires_at > ${context.now.toISOString()}::timestamptz returning id`);
      if (used.length === 0)
        throw refused([
          {
            code: 'INVITATION_NOT_OPEN',
            message: 'expected an open invitation, got one that was used or revoked just now',
            remedy: 'Ask an administrator of the organisation for a new invitation.',
          },
        ]);
      const member = await addMember(tx, context, {
        account,
        roles: found.roles,
        function: found.function ?? undefined,
        personId: found.person_id,
        validFrom: found.valid_from,
        validUntil: found.valid_until,
      });
      await tell(
        tx,
        { ...context, actor: { kind: 'person', personId: member.personId, accountId: account.id, roles: found.roles } },
        'invitations',
        found.invitation_id,
        'accept',
        { membership: member.membershipId },
      );
    });
  } catch (error) {
    // The person named in the invitation got access by another way meanwhile.
    if ((error as { constraint?: string }).constraint === 'memberships_organization_id_person_id_key')
      throw refused([
        {
          code: 'MEMBER_ALREADY',
          message: 'expected a person without access, got a member',
          remedy: 'Ask an administrator of the organisation for a new invitation.',
        },
      ]);
    throw error;
  }
};
