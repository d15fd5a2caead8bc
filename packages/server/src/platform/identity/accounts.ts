import { judgePassword } from '@aimwell/core/identity/password';
import { hashPassword, verifyPassword as matches } from 'better-auth/crypto';
import type pg from 'pg';
import { refused } from '../errors.ts';
import { newId } from '../ids.ts';
import { giveBack, limitKeys, takeTry } from './limiter.ts';
import { logInstallation } from './log.ts';
import type { Parts } from './parts.ts';
import { tellRefused } from './refusing.ts';

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Throws REFUSED with every reason against a new password. */
export const checkPassword = (password: string, email: string): void => {
  const problems =
    password.length < 12
      ? [
          {
            code: 'PASSWORD_SHORT',
            field: 'password',
            message: `expected 12 characters or more, got ${password.length}`,
            remedy: 'Choose several words that do not belong together.',
          },
        ]
      : judgePassword(password, email);
  if (problems.length > 0) throw refused(problems);
};

export const accountByEmail = async (pool: pg.Pool | pg.PoolClient, email: string): Promise<Account | null> => {
  const { rows } = await pool.query<Account>('select id, name, email from identity."user" where email = $1', [email.trim().toLowerCase()]);
  return rows[0] ?? null;
};

/** Every account of the installation by address, for its operator. */
export const listAccounts = async (pool: pg.Pool): Promise<Account[]> =>
  (await pool.query<Account>('select id, name, email from identity."user" order by email')).rows;

/** True while nobody can sign in to this installation. */
export const noAccounts = async (pool: pg.Pool | pg.PoolClient): Promise<boolean> =>
  (await pool.query('select 1 from identity."user" limit 1')).rowCount === 0;

interface Making {
  /** Runs before, in the same transaction, and may refuse by throwing. */
  readonly first?: (client: pg.PoolClient) => Promise<void>;
  /** How the account came about, for the installation log. */
  readonly kind?: 'account-created' | 'set-up';
  readonly network?: string;
}

/**
 * Makes person and password in one transaction. The installation log has its entry before that transaction ends, so that no
 * account is there of which it does not tell.
 * @throws REFUSED when the password is unfit or the address has an account
 */
export const createAccount = async (
  { pool, database, now }: Pick<Parts, 'pool' | 'database' | 'now'>,
  { name, email, password }: NewAccount,
  { first, kind = 'account-created', network }: Making = {},
): Promise<Account> => {
  const address = email.trim().toLowerCase();
  checkPassword(password, address);
  const hash = await hashPassword(password);
  const id = newId();
  const client = await pool.connect();
  try {
    await client.query('begin');
    await first?.(client);
    await client.query('insert into identity."user" (id, name, email) values ($1, $2, $3)', [id, name.trim(), address]);
    await client.query(
      `insert into identity.account ("accountId", "providerId", "userId", password) values ($1::text, 'credential', $1::uuid, $2)`,
      [id, hash],
    );
    await logInstallation({ database, now }, { kind, accountId: id, network });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    if ((error as { code?: string }).code === '23505')
      throw refused([
        {
          code: 'ACCOUNT_EXISTS',
          field: 'email',
          message: `expected an address without an account, got ${address}`,
          remedy: 'Sign in with that account, or use another address.',
        },
      ]);
    throw error;
  } finally {
    client.release();
  }
  return { id, name: name.trim(), email: address };
};

/** Sets a password without knowing the old one, for whoever keeps the installation; every session of the account ends. */
export const setPassword = async (
  { pool, database, now }: Pick<Parts, 'pool' | 'database' | 'now'>,
  accountId: string,
  password: string,
): Promise<void> => {
  const { rows } = await pool.query<{ email: string }>('select email from identity."user" where id = $1', [accountId]);
  const email = rows[0]?.email;
  if (email === undefined)
    throw refused([{ code: 'NO_ACCOUNT', message: 'expected an account, got none with this id', remedy: 'Look at the list of accounts.' }]);
  checkPassword(password, email);
  await pool.query(`update identity.account set password = $2, "updatedAt" = now() where "userId" = $1 and "providerId" = 'credential'`, [
    accountId,
    await hashPassword(password),
  ]);
  await pool.query('delete from identity.session where "userId" = $1', [accountId]);
  await logInstallation({ database, now }, { kind: 'password-changed', accountId, detail: { by: 'operator' } });
};

/**
 * Whether this is the account's password now, for signatures. Counts against the same tries as signing in.
 * @throws TOO_MANY after ten wrong ones in fifteen minutes
 */
export const verifyPassword = async (
  parts: Pick<Parts, 'pool' | 'database' | 'now' | 'report'>,
  accountId: string,
  password: string,
  network = 'unknown',
): Promise<boolean> => {
  const { pool } = parts;
  const { rows } = await pool.query<{ email: string; hash: string | null }>(
    `select u.email, a.password as hash from identity."user" u left join identity.account a on a."userId" = u.id and a."providerId" = 'credential' where u.id = $1`,
    [accountId],
  );
  const found = rows[0];
  if (found === undefined) return false;
  // Signing is not open to the outside, so that only the account's own tries are counted.
  const keys = limitKeys(found.email, network).slice(0, 1);
  await takeTry(pool, keys);
  const right = found.hash !== null && password.length <= 200 && (await matches({ hash: found.hash, password }));
  if (right) await giveBack(pool, keys);
  else await tellRefused(parts, { kind: 'password-refused', accountId, network });
  return right;
};
