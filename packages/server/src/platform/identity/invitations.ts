import type { InvitationView } from '@aimwell/contract/identity/views';
import { invitationDays, invitationState, judgeInvitation } from '@aimwell/core/identity/invitation';
import type { Role } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { invalid, notFound, refused } from '../errors.ts';
import { newId } from '../ids.ts';
import { tell } from './founding.ts';
import { hashSecret, newSecret } from './secrets.ts';

interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly function: string | null;
  readonly roles: Role[];
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly accepted_at: Date | null;
  readonly revoked_at: Date | null;
}

const viewOf = (row: InvitationRow, now: Date): InvitationView => ({
  id: row.id,
  email: row.email,
  name: row.name,
  function: row.function,
  roles: row.roles,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  state: invitationState(
    { acceptedAt: row.accepted_at?.getTime() ?? null, revokedAt: row.revoked_at?.getTime() ?? null, expiresAt: row.expires_at.getTime() },
    now.getTime(),
  ),
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});

const columns = sql`id, email, name, function, roles, valid_from, valid_until, created_at, expires_at, accepted_at, revoked_at`;

/** One invitation as it stands; null where there is none. */
export const readInvitation = async (tx: Tx, id: string, now: Date): Promise<InvitationView | null> => {
  const [row] = await tx.query<InvitationRow>(
    sql`select ${columns} from invitations where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  return row === undefined ? null : viewOf(row, now);
};

export const listInvitations = async (tx: Tx, context: Context): Promise<InvitationView[]> =>
  (
    await tx.query<InvitationRow>(
      sql`select ${columns} from invitations where organization_id = ${tx.organisationId}::uuid order by created_at desc, id desc`,
    )
  ).map((row) => viewOf(row, context.now));

export interface NewInvitation {
  readonly email: string;
  readonly name: string;
  readonly function?: string | undefined;
  readonly personId?: string | undefined;
  readonly roles: readonly Role[];
  readonly validFrom?: string | null | undefined;
  readonly validUntil?: string | null | undefined;
}

/**
 * Makes an invitation; an older open one to the same address ends, so that only one link works. The secret is in the
 * answer and nowhere else.
 * @throws REFUSED (what may not be granted, member already), INVALID (no such person)
 */
export const createInvitation = async (
  tx: Tx,
  context: Context,
  wanted: NewInvitation,
): Promise<{ token: string; view: InvitationView }> => {
  const grant = {
    email: wanted.email,
    roles: [...new Set(wanted.roles)],
    validFrom: wanted.validFrom ?? null,
    validUntil: wanted.validUntil ?? null,
  };
  const members = await tx.query<{ email: string }>(
    sql`select email from memberships where organization_id = ${tx.organisationId}::uuid and email = ${wanted.email}`,
  );
  const problems = judgeInvitation(grant, {
    held: context.actor.roles,
    memberEmails: members.map((member) => member.email),
    today: context.today,
  });
  if (problems.length > 0) throw refused(problems);
  if (wanted.personId !== undefined) await checkPerson(tx, wanted.personId);
  const at = context.now.toISOString();
  await tx.query(
    sql`update invitations set revoked_at = ${at}::timestamptz where organization_id = ${tx.organisationId}::uuid and email = ${wanted.email} and accepted_at is null and revoked_at is null`,
  );
  const token = newSecret('invite');
  const id = newId();
  const [row] = await tx.query<InvitationRow>(sql`
    insert into invitations (organization_id, id, token_hash, email, name, function, person_id, roles, valid_from, valid_until, invited_by, created_at, expires_at)
    values (${tx.organisationId}::uuid, ${id}::uuid, ${hashSecret(token)}, ${wanted.email}, ${wanted.name}, ${wanted.function ?? null}, ${wanted.personId ?? null}::uuid, ${grant.roles}::text[],
      ${grant.validFrom}::date, ${grant.validUntil}::date, ${context.actor.personId}::uuid, ${at}::timestamptz, ${new Date(context.now.getTime() + invitationDays * 86_400_000).toISOString()}::timestamptz)
    returning ${columns}`);
  if (row === undefined) throw new Error('expected the invitation that was just made');
  await tell(tx, context, 'invitations', id, 'create', { ...grant, name: wanted.name, tokenHash: hashSecret(token) });
  return { token, view: viewOf(row, context.now) };
};

const checkPerson = async (tx: Tx, personId: string): Promise<void> => {
  const [row] = await tx.query<{ member: boolean }>(sql`
    select exists (select 1 from memberships m where m.organization_id = p.organization_id and m.person_id = p.id) as member
    from people p where p.organization_id = ${tx.organisationId}::uuid and p.id = ${personId}::uuid and p.archived_at is null`);
  if (row === undefined)
    throw invalid([
      {
        code: 'REFERENCE',
        field: 'personId',
        message: 'expected somebody in the directory of this organisation',
        remedy: 'Choose one that exists here.',
      },
    ]);
  if (row.member)
    throw refused([
      {
        code: 'MEMBER_ALREADY',
        field: 'personId',
        message: 'expected somebody without access, got a member',
        remedy: 'Change the roles of the member instead.',
      },
    ]);
};

export const revokeInvitation = async (tx: Tx, context: Context, id: string): Promise<void> => {
  const [row] = await tx.query<InvitationRow>(
    sql`select ${columns} from invitations where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid for update`,
  );
  if (row === undefined) throw notFound('invitation');
  if (row.accepted_at !== null)
    throw refused([
      {
        code: 'INVITATION_NOT_OPEN',
        message: 'expected an open invitation, got one that is accepted',
        remedy: 'Take the access of the member away instead.',
      },
    ]);
  if (row.revoked_at !== null) return;
  await tx.query(
    sql`update invitations set revoked_at = ${context.now.toISOString()}::timestamptz where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  await tell(tx, context, 'invitations', id, 'revoke', {});
};
