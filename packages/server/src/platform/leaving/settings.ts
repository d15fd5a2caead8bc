import { hash } from 'node:crypto';
import type { LeavingView, LeavingWish } from '@aimwell/contract/platform/leaving';
import { nextLeaving } from '@aimwell/core/trail/leaving';
import { judgeLeaving } from '@aimwell/core/trail/leaving-settings';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { refused } from '../errors.ts';
import { tell } from '../identity/founding.ts';
import { newSecret } from '../identity/secrets.ts';
import { newId } from '../ids.ts';
import { judgeWebhookUrl } from '../webhook/target.ts';
import { type LeavingParts, webhookPurpose } from './parts.ts';

/** Where a checkpoint leaves for the first time before anybody has chosen an hour. */
const DEFAULT_HOUR = 6;

interface Row {
  readonly hour: number | null;
  readonly webhook_url: string | null;
  readonly webhook_secret: string | null;
  readonly stamp: boolean | null;
  readonly next_at: Date | null;
  readonly last_at: Date | null;
  readonly last_size: number | null;
  readonly time_zone: string;
}

const readRow = async (tx: Tx): Promise<Row> => {
  const [row] = await tx.query<Row>(sql`
    select l.hour, l.webhook_url, l.webhook_secret, l.stamp, l.next_at, l.last_at, l.last_size, o.time_zone
    from organizations o left join checkpoint_leaving l on l.organization_id = o.id where o.id = ${tx.organisationId}::uuid`);
  if (row === undefined) throw new Error('expected the organisation of this transaction');
  return row;
};

/** To whom checkpoints leave, and what this installation can do. */
export const readLeavingSettings = async (tx: Tx, parts: LeavingParts): Promise<LeavingView> => {
  const row = await readRow(tx);
  const recipients = await tx.query<LeavingView['recipients'][number]>(sql`
    select r.person_id as "personId", coalesce(p.name, r.name) as name, case when r.person_id is null then r.email when p.archived_at is null then p.email end as email
    from checkpoint_recipients r left join people p on p.organization_id = r.organization_id and p.id = r.person_id
    where r.organization_id = ${tx.organisationId}::uuid order by r.id`);
  return {
    hour: row.hour ?? DEFAULT_HOUR,
    timeZone: row.time_zone,
    nextAt: row.next_at?.toISOString() ?? null,
    lastAt: row.last_at?.toISOString() ?? null,
    lastSize: row.last_size,
    recipients,
    webhook: row.webhook_url === null ? null : { url: row.webhook_url },
    stamp: row.stamp ?? false,
    mailAvailable: parts.mail.available,
    stampAuthority: parts.authority?.name ?? null,
  };
};

/**
 * Replaces the settings; answers the secret of the webhook where a new one was made.
 * @throws REFUSED with everything that is against it
 */
export const changeLeavingSettings = async (tx: Tx, context: Context, parts: LeavingParts, wish: LeavingWish): Promise<string | null> => {
  await judge(tx, parts, wish);
  const before = await readRow(tx);
  const fresh = wish.webhook !== null && (wish.webhook.newSecret === true || wish.webhook.url !== before.webhook_url);
  const secret = fresh ? newSecret('hook') : null;
  const sealed = secret === null ? before.webhook_secret : await parts.sealer.seal(secret, webhookPurpose(tx.organisationId));
  const anyWay = wish.recipients.length > 0 || wish.webhook !== null || wish.stamp;
  const next = nextLeaving({ hour: wish.hour, timeZone: before.time_zone }, null, context.now.getTime());
  await tx.query(sql`
    insert into checkpoint_leaving as l (organization_id, hour, webhook_url, webhook_secret, stamp, next_at)
    values (${tx.organisationId}::uuid, ${wish.hour}::integer, ${wish.webhook?.url ?? null}, ${wish.webhook === null ? null : sealed}, ${wish.stamp}, ${anyWay ? new Date(next).toISOString() : null}::timestamptz)
    on conflict (organization_id) do update set hour = excluded.hour, webhook_url = excluded.webhook_url, webhook_secret = excluded.webhook_secret, stamp = excluded.stamp, next_at = excluded.next_at`);
  await tx.query(sql`delete from checkpoint_recipients where organization_id = ${tx.organisationId}::uuid`);
  for (const one of wish.recipients) {
    const outside = 'email' in one ? one : null;
    await tx.query(sql`
      insert into checkpoint_recipients (organization_id, id, person_id, email, name)
      values (${tx.organisationId}::uuid, ${newId()}::uuid, ${'personId' in one ? one.personId : null}::uuid, ${outside?.email ?? null}, ${outside?.name ?? null})`);
  }
  // Whoever knows the whole address can often write to it, and the trail is read by people outside; the digest shows a change of it.
  const webhook = wish.webhook === null ? null : { host: new URL(wish.webhook.url).host, sha256: hash('sha256', wish.webhook.url, 'hex') };
  await tell(tx, context, 'organisation', tx.organisationId, 'change', { leaving: { ...wish, webhook, newSecret: fresh } });
  return secret;
};

const judge = async (tx: Tx, parts: LeavingParts, wish: LeavingWish): Promise<void> => {
  const named = wish.recipients.flatMap((one) => ('personId' in one ? [one.personId] : []));
  const found = await tx.query<{ id: string; email: string | null }>(
    sql`select id, nullif(email, '') as email from people where organization_id = ${tx.organisationId}::uuid and id = any(${named}::uuid[]) and archived_at is null`,
  );
  const facts = {
    mailAvailable: parts.mail.available,
    stampAvailable: parts.authority !== null,
    people: new Map(found.map(({ id, email }) => [id, email])),
  };
  const problems = [
    ...judgeLeaving(wish, facts),
    ...(wish.webhook === null ? [] : judgeWebhookUrl(wish.webhook.url, parts.reach, 'webhook.url')),
  ];
  if (problems.length > 0) throw refused(problems);
};
