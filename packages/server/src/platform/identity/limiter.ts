import type pg from 'pg';
import { ProblemError } from '../errors.ts';
import { emailMark } from './log.ts';

/** Tries at a password within the window, per account and per network (OWASP ASVS 5.0, 6.3.1). */
const most = 10;
const windowMinutes = 15;

/** What the tries at one account from one network are counted under. Unknown accounts are counted like known ones. */
export const limitKeys = (email: string, network: string): string[] => [`account:${emailMark(email)}`, `network:${network}`];

/**
 * Takes one try for each key before the password is looked at, so that a hundred requests at once are still ten tries.
 * The clock is the database's: it is one for all servers.
 * @throws TOO_MANY when any key has used up its tries
 */
export const takeTry = async (pool: pg.Pool, keys: readonly string[]): Promise<void> => {
  const refused: number[] = [];
  for (const key of keys.toSorted()) {
    const { rows } = await pool.query<{ granted: boolean; wait: number }>(
      // What is refused is not kept, else whoever waits as told would find his refused tries still counted.
      `insert into identity.sign_in_tries as t (key, tries, updated_at) values ($1, array[now()], now())
       on conflict (key) do update set updated_at = now(),
         tries = (array(select one from unnest(t.tries) with ordinality as tried(one, place) where one > now() - $3 * interval '1 minute' order by place) || now())[1:$2]
       returning now() = any (tries) as granted, greatest(1, ceil(extract(epoch from tries[1] + $3 * interval '1 minute' - now())))::int as wait`,
      [key, most, windowMinutes],
    );
    if (rows[0]?.granted !== true) refused.push(rows[0]?.wait ?? 60);
  }
  if (refused.length === 0) return;
  throw new ProblemError('TOO_MANY', {
    detail: `Expected at most ${most} tries in ${windowMinutes} minutes.`,
    remedy: `Wait ${Math.ceil(Math.max(...refused) / 60)} minutes, then try again.`,
  });
};

/** Gives a try back after the password was right: whoever signs in often is not locked out by it. */
export const giveBack = async (pool: pg.Pool, keys: readonly string[]): Promise<void> => {
  await pool.query('update identity.sign_in_tries set tries = tries[1:cardinality(tries) - 1] where key = any($1)', [keys]);
};

/** Forgets tries that count no more. */
export const forgetOldTries = async (pool: pg.Pool): Promise<void> => {
  await pool.query(`delete from identity.sign_in_tries where updated_at < now() - interval '1 day'`);
};
