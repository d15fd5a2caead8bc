import { isIsoDate } from '@aimwell/core/shared/dates';
import { sql } from 'kysely';
import { type Context, dayIn } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { resolveAsOf } from './as-of.ts';

/** The transaction and context as they are, or turned to the past where a moment is named. */
export const presentOrPast = async (
  tx: Tx,
  context: Context,
  asked: string | undefined,
): Promise<{ readonly tx: Tx; readonly context: Context }> => (asked === undefined ? { tx, context } : enterPast(tx, context, asked));

/**
 * Turns a transaction to the past. The context comes with it: "today" is the day that was asked for, and the organisation has
 * the name and the time zone it had. Whatever reads, judges or prints then does so as of that day. Settings in the context
 * stay those of today, since they say who may see what; those by which the rules judge are read from the past.
 * @param asked a day or an RFC 3339 moment, valid by the contract; INVALID when it lies in the future
 */
export const enterPast = async (present: Tx, context: Context, asked: string): Promise<{ readonly tx: Tx; readonly context: Context }> => {
  const asOf = await resolveAsOf(present, asked, context.now);
  const tx = await present.goBackTo(asOf);
  const [was] = await tx.query<{ name: string; time_zone: string }>(
    sql`select name, time_zone from organizations where id = ${tx.organisationId}::uuid`,
  );
  const organisation = was === undefined ? context.organisation : { ...context.organisation, name: was.name, timeZone: was.time_zone };
  const today = isIsoDate(asked) ? asked : dayIn(organisation.timeZone, asOf.moment);
  return { tx, context: { ...context, organisation, now: asOf.moment, today } };
};
