import type { MemberView } from '@aimwell/contract/identity/views';
import { judgeMembershipChange, type Membership, type MembershipChange } from '@aimwell/core/identity/membership';
import type { Role } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { notFound, refused } from '../errors.ts';
import { tell } from './founding.ts';

interface MemberRow {
  readonly id: string;
  readonly person_id: string;
  readonly email: string;
  readonly roles: Role[];
  readonly status: 'active' | 'suspended';
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  readonly created_at: Date;
  readonly name: string;
  readonly function: string | null;
}

/** Everyone with access, by name. */
export const listMembers = async (tx: Tx, context: Context): Promise<MemberView[]> =>
  (await memberRows(tx)).map((row) => viewOf(row, context));

const memberRows = (tx: Tx): Promise<MemberRow[]> =>
  tx.query<MemberRow>(sql`
  select m.id, m.person_id, m.email, m.roles, m.status, m.valid_from, m.valid_until, m.created_at, p.name, p.function
  from memberships m join people p on p.organization_id = m.organization_id and p.id = m.person_id
  where m.organization_id = ${tx.organisationId}::uuid order by p.name, m.id`);

const viewOf = (row: MemberRow, context: Context): MemberView => ({
  id: row.id,
  personId: row.person_id,
  name: row.name,
  function: row.function,
  email: row.email,
  roles: row.roles,
  status: row.status,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  you: row.person_id === context.actor.personId && context.actor.kind === 'person',
  createdAt: row.created_at.toISOString(),
});

const membershipOf = (row: MemberRow): Membership => ({
  id: row.id,
  roles: row.roles,
  status: row.status,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
});

export interface MemberChange {
  readonly roles?: readonly Role[] | undefined;
  readonly status?: 'active' | 'suspended' | undefined;
  readonly validFrom?: string | null | undefined;
  readonly validUntil?: string | null | undefined;
}

/**
 * Changes roles, days or status of a member.
 * @throws NOT_FOUND, REFUSED (what may not be granted, last administrator, external auditor without days)
 */
export const changeMember = async (tx: Tx, context: Context, id: string, change: MemberChange): Promise<MemberView> => {
  const { row, rows } = await lockMembers(tx, id);
  const before = membershipOf(row);
  const to: Membership = {
    id,
    roles: change.roles === undefined ? before.roles : [...new Set(change.roles)],
    status: change.status ?? before.status,
    validFrom: change.validFrom === undefined ? before.validFrom : change.validFrom,
    validUntil: change.validUntil === undefined ? before.validUntil : change.validUntil,
  };
  judge({ kind: 'change', to }, rows, context);
  await tx.query(sql`
    update memberships set roles = ${[...to.roles]}::text[], status = ${to.status}, valid_from = ${to.validFrom}::date, valid_until = ${to.validUntil}::date
    where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`);
  await tell(tx, context, 'memberships', id, 'change', { person: row.person_id, from: before, to });
  if (to.status === 'suspended' || (before.roles.includes('administrator') && !to.roles.includes('administrator')))
    await endWhatHeGave(tx, context, row.person_id);
  return viewOf({ ...row, roles: [...to.roles], status: to.status, valid_from: to.validFrom, valid_until: to.validUntil }, context);
};

/**
 * Takes access away; the row in the directory stays, since records name it.
 * @throws NOT_FOUND, REFUSED (last administrator)
 */
export const removeMember = async (tx: Tx, context: Context, id: string): Promise<void> => {
  const { row, rows } = await lockMembers(tx, id);
  judge({ kind: 'remove', id }, rows, context);
  await takeAway(tx, context, row);
};

/** Takes a person's access away without asking whether he is the last administrator: an erasure that is repeated was judged then. */
export const endAccess = async (tx: Tx, context: Context, personId: string): Promise<void> => {
  const row = (await memberRows(tx)).find((one) => one.person_id === personId);
  if (row !== undefined) await takeAway(tx, context, row);
};

const takeAway = async (tx: Tx, context: Context, row: MemberRow): Promise<void> => {
  await tx.query(sql`delete from memberships where organization_id = ${tx.organisationId}::uuid and id = ${row.id}::uuid`);
  await tell(tx, context, 'memberships', row.id, 'remove', { person: row.person_id, email: row.email, roles: row.roles });
  await endWhatHeGave(tx, context, row.person_id);
};

/** Two administrators who remove each other at once: the second waits for the first and then is the last one. */
const lockMembers = async (tx: Tx, id: string): Promise<{ row: MemberRow; rows: MemberRow[] }> => {
  await tx.query(sql`select id from organizations where id = ${tx.organisationId}::uuid for update`);
  const rows = await memberRows(tx);
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw notFound('member');
  return { row, rows };
};

const judge = (change: MembershipChange, rows: readonly MemberRow[], context: Context): void => {
  const problems = judgeMembershipChange(change, { members: rows.map(membershipOf), held: context.actor.roles, today: context.today });
  if (problems.length > 0) throw refused(problems);
};

/** Invitations and tokens outlive their maker; whoever may make them no more keeps none as a way back. */
const endWhatHeGave = async (tx: Tx, context: Context, personId: string): Promise<void> => {
  const at = context.now.toISOString();
  const invitations = await tx.query<{ id: string }>(sql`
    update invitations set revoked_at = ${at}::timestamptz
    where organization_id = ${tx.organisationId}::uuid and invited_by = ${personId}::uuid and accepted_at is null and revoked_at is null returning id`);
  const tokens = await tx.query<{ id: string }>(sql`
    update api_tokens set revoked_at = ${at}::timestamptz
    where organization_id = ${tx.organisationId}::uuid and (created_by = ${personId}::uuid or person_id = ${personId}::uuid) and revoked_at is null returning id`);
  for (const { id } of invitations)
    await tell(tx, context, 'invitations', id, 'revoke', { because: 'the one who invited may not any more' });
  for (const { id } of tokens) await tell(tx, context, 'api-tokens', id, 'revoke', { because: 'the one who made it may not any more' });
};
