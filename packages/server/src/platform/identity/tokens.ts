import type { TokenView } from '@aimwell/contract/identity/views';
import { judgeToken, type TokenPurpose, tokenState } from '@aimwell/core/identity/token';
import type { Role } from '@aimwell/core/roles/permissions';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { notFound, refused } from '../errors.ts';
import { newId } from '../ids.ts';
import { tell } from './founding.ts';
import { hashSecret, newSecret } from './secrets.ts';

interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly only_for: TokenPurpose | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly last_used_at: Date | null;
}

const viewOf = (row: TokenRow, now: Date): TokenView => ({
  id: row.id,
  name: row.name,
  role: row.role,
  only: row.only_for,
  state: tokenState({ revokedAt: row.revoked_at?.getTime() ?? null, expiresAt: row.expires_at.getTime() }, now.getTime()),
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

const columns = sql`id, name, role, only_for, created_at, expires_at, revoked_at, last_used_at`;

/** Every token ever made, newest first, without secrets. */
export const listTokens = async (tx: Tx, context: Context): Promise<TokenView[]> =>
  (
    await tx.query<TokenRow>(
      sql`select ${columns} from api_tokens where organization_id = ${tx.organisationId}::uuid order by created_at desc, id desc`,
    )
  ).map((row) => viewOf(row, context.now));

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly days: number;
  /** The one purpose it is for; whatever its role may when left out. */
  readonly only?: TokenPurpose | undefined;
  /** The person of the directory it stands for; null when it stands for nobody but itself. */
  readonly personId?: string | null;
}

/**
 * Makes an API token; the secret is in the answer and nowhere else.
 * @throws REFUSED when the actor may not grant the role, or for too many days
 */
export const createToken = async (tx: Tx, context: Context, wanted: NewToken): Promise<{ token: string; view: TokenView }> => {
  const problems = judgeToken(wanted, context.actor.roles);
  if (problems.length > 0) throw refused(problems);
  const token = newSecret('aim');
  const id = newId();
  const [row] = await tx.query<TokenRow>(sql`
    insert into api_tokens (organization_id, id, token_hash, name, role, only_for, person_id, created_by, created_at, expires_at)
    values (${tx.organisationId}::uuid, ${id}::uuid, ${hashSecret(token)}, ${wanted.name.trim()}, ${wanted.role}, ${wanted.only ?? null}, ${wanted.personId ?? null}::uuid, ${context.actor.personId}::uuid,
      ${context.now.toISOString()}::timestamptz, ${new Date(context.now.getTime() + wanted.days * 86_400_000).toISOString()}::timestamptz)
    returning ${columns}`);
  if (row === undefined) throw new Error('expected the token that was just made');
  await tell(tx, context, 'api-tokens', id, 'create', {
    name: wanted.name,
    role: wanted.role,
    days: wanted.days,
    person: wanted.personId ?? null,
    ...(wanted.only === undefined ? {} : { only: wanted.only }),
    // Of a secret nobody can guess; by it the row cannot be given to another secret unseen.
    tokenHash: hashSecret(token),
  });
  return { token, view: viewOf(row, context.now) };
};

/** Makes a token useless from now on; one that is revoked stays so. */
export const revokeToken = async (tx: Tx, context: Context, id: string): Promise<void> => {
  const rows = await tx.query<{ was: Date | null }>(
    sql`select revoked_at as was from api_tokens where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid for update`,
  );
  if (rows[0] === undefined) throw notFound('token');
  if (rows[0].was !== null) return;
  await tx.query(
    sql`update api_tokens set revoked_at = ${context.now.toISOString()}::timestamptz where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  await tell(tx, context, 'api-tokens', id, 'revoke', {});
};
