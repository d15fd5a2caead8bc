import { asOfMoment } from '@aimwell/contract/platform/endpoint';
import { isIsoDate } from '@aimwell/core/shared/dates';
import { sql } from 'kysely';
import type { AsOf, Tx } from '../database/pool.ts';
import { invalid } from '../errors.ts';

/** Clocks of browsers and servers differ a little; what lies further ahead is a mistake. */
const AHEAD_MS = 60_000;

/** The end of a day (UTC) or the moment itself; the present day ends now. INVALID naming the field for anything else and for the future. */
export const momentOf = (asked: string, now: Date): Date => {
  const parsed = asOfMoment.safeParse(asked);
  if (!parsed.success)
    throw invalid([
      {
        code: 'AS_OF',
        field: 'asOf',
        message: `${parsed.error.issues[0]?.message ?? 'expected a moment'}, got ${asked.slice(0, 60)}`,
        remedy: 'Name a day that exists, or leave it out for today.',
      },
    ]);
  const day = isIsoDate(asked);
  const moment = new Date(day ? `${asked}T23:59:59.999Z` : asked);
  const begins = day ? new Date(`${asked}T00:00:00.000Z`) : moment;
  // Where the sun is ahead of UTC a day has begun before it has here.
  const latest = now.getTime() + (day ? 14 * 3_600_000 : AHEAD_MS);
  if (begins.getTime() > latest)
    throw invalid([
      {
        code: 'FUTURE',
        field: 'asOf',
        message: `expected a moment that has passed, got ${asked}`,
        remedy: 'Choose an earlier moment, or leave it out for today.',
      },
    ]);
  return moment > now ? now : moment;
};

/** Clocks of two servers, or of one that was set, differ by less. */
const APART = '10 minutes';

/**
 * Finds the newest checkpoint signed by a moment: the largest of those around then, since order is by place; a server that took over
 * with a clock behind the other's signs a later batch with an earlier time. Before the first one nothing was recorded: size 0.
 */
export const resolveAsOf = async (tx: Tx, asked: string, now: Date): Promise<AsOf> => {
  const moment = momentOf(asked, now);
  const [found] = await tx.query<{ size: number; root: string; at: Date }>(sql`
    select size, encode(root, 'base64') as root, at from trail_checkpoints
    where organization_id = ${tx.organisationId}::uuid and at <= ${moment.toISOString()}::timestamptz
      and at > (select max(c.at) from trail_checkpoints c where c.organization_id = ${tx.organisationId}::uuid and c.at <= ${moment.toISOString()}::timestamptz) - ${APART}::interval
    order by size desc limit 1`);
  return {
    asked,
    moment,
    checkpoint: found === undefined ? null : { size: found.size, root: found.root, at: found.at },
  };
};
