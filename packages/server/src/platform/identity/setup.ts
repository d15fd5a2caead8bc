import type pg from 'pg';
import { refused } from '../errors.ts';
import { type Account, createAccount, type NewAccount, noAccounts } from './accounts.ts';
import { networkOf } from './network.ts';
import type { Caller, Parts } from './parts.ts';
import { refuseAndTell } from './refusing.ts';
import { hashSecret, newSecret } from './secrets.ts';

/**
 * The one-time set-up link, as long as nobody has an account; null afterwards. Each start makes a new one and the older
 * stop working, since only the hash is kept.
 */
export const setupLink = async ({ pool, publicUrl }: Pick<Parts, 'pool' | 'publicUrl'>): Promise<string | null> => {
  if (!(await noAccounts(pool))) return null;
  const token = newSecret('setup');
  await pool.query(
    'insert into identity.setup (token_hash) values ($1) on conflict (one) do update set token_hash = $1, created_at = now()',
    [hashSecret(token)],
  );
  return `${publicUrl.replace(/\/$/, '')}/setup#${token}`;
};

/**
 * Makes the first account by the set-up link, which then is used up: link and account in one transaction, so that of two
 * who hold the link one is the first.
 * @throws REFUSED when the link is not valid any more
 */
export const runSetup = async (
  parts: Pick<Parts, 'pool' | 'database' | 'now' | 'report'>,
  caller: Caller,
  { token, ...account }: NewAccount & { readonly token: string },
): Promise<Account> => {
  const network = networkOf(caller.ip);
  try {
    return await createAccount(parts, account, { first: (client) => consume(client, token), kind: 'set-up', network });
  } catch (error) {
    throw await refuseAndTell(parts, { kind: 'set-up-refused', network }, error);
  }
};

const consume = async (client: pg.PoolClient, token: string): Promise<void> => {
  const { rowCount } = await client.query('delete from identity.setup where token_hash = $1', [hashSecret(token)]);
  if (rowCount === 1 && (await noAccounts(client))) return;
  throw refused([
    {
      code: 'SETUP_LINK',
      field: 'token',
      message: 'expected the set-up link of the last start, got one that is not valid',
      remedy: 'Start Aimwell again and use the link it prints; if somebody has an account already, ask for an invitation.',
    },
  ]);
};
