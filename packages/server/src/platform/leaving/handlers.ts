import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { type Handler, type Handlers, Undeliverable } from '../outbox/handler.ts';
import { callWebhook } from '../webhook/post.ts';
import { readLeavingCheckpoint, tellLeft } from './checkpoint.ts';
import { letterOf } from './letter.ts';
import { type LeavingParts, webhookPurpose } from './parts.ts';
import { checkpointKinds } from './round.ts';
import { keepStamp, stampOf } from './stamps.ts';

interface Recipient {
  readonly person: string | null;
  readonly name: string | null;
  readonly email: string | null;
}

/** Whom the row means now; null when it is no longer there: he is not to get anything more. */
const readRecipient = async (tx: Tx, id: string): Promise<Recipient | null> => {
  const [row] = await tx.query<Recipient>(sql`
    select r.person_id as person, coalesce(p.name, r.name) as name, case when r.person_id is null then r.email when p.archived_at is null then p.email end as email
    from checkpoint_recipients r left join people p on p.organization_id = r.organization_id and p.id = r.person_id
    where r.organization_id = ${tx.organisationId}::uuid and r.id = ${id}::uuid`);
  return row ?? null;
};

const createMailing =
  ({ mail, now }: LeavingParts): Handler =>
  async ({ id, payload }, read) => {
    const { size, recipient } = payload as { size: number; recipient: string };
    const found = await read(async (tx) => ({ leaving: await readLeavingCheckpoint(tx, size), to: await readRecipient(tx, recipient) }));
    const { leaving, to } = found;
    if (to === null) return;
    if (to.email === null || !to.email.includes('@')) throw new Undeliverable('expected an e-mail address in the directory, got none');
    await mail.send({ id, ...letterOf(leaving, to.email) });
    // Of somebody in the directory the row says who he is; the trail need not repeat it.
    const said = to.person === null ? { email: to.email, ...(to.name === null ? {} : { name: to.name }) } : { person: to.person };
    return (tx) => tellLeft(tx, now(), { size, way: 'mail', to: said, stamped: leaving.tsr !== null });
  };

const createWebhookCalls =
  ({ sealer, reach, now }: LeavingParts): Handler =>
  async ({ id, organisationId, payload }, read) => {
    const { size } = payload as { size: number };
    const { leaving, hook } = await read(async (tx) => ({ leaving: await readLeavingCheckpoint(tx, size), hook: await readWebhook(tx) }));
    if (hook === null) return;
    const { organisation, root, note, tsr } = leaving;
    const body = {
      organisation: organisation.id,
      checkpoint: note,
      size,
      root,
      ...(tsr === null ? {} : { tsr: tsr.toString('base64') }),
    };
    const secret = await sealer.open(hook.secret, webhookPurpose(organisationId));
    await callWebhook({ url: hook.url, body, secret, delivery: id, now: now() }, reach);
    return (tx) => tellLeft(tx, now(), { size, way: 'webhook', to: { host: new URL(hook.url).host }, stamped: tsr !== null });
  };

const readWebhook = async (tx: Tx): Promise<{ url: string; secret: string } | null> => {
  const [row] = await tx.query<{ url: string; secret: string }>(
    sql`select webhook_url as url, webhook_secret as secret from checkpoint_leaving where organization_id = ${tx.organisationId}::uuid and webhook_url is not null`,
  );
  return row ?? null;
};

const createStamping =
  ({ authority, now }: LeavingParts): Handler =>
  async ({ payload }, read) => {
    const { size } = payload as { size: number };
    const { leaving, there } = await read(async (tx) => ({
      leaving: await readLeavingCheckpoint(tx, size),
      there: await stampOf(tx, size),
    }));
    if (there !== null) return;
    if (authority === null) throw new Undeliverable('expected a time-stamp authority, got none; the operator sets AIMWELL_TSA_URL');
    const tsr = await authority.request(Buffer.from(leaving.note, 'utf8'));
    return async (tx) => {
      await keepStamp(tx, size, tsr, authority.name, now());
      await tellLeft(tx, now(), { size, way: 'stamp', to: { host: authority.name }, stamped: true });
    };
  };

/** What the outbox does with checkpoints. */
export const createLeavingHandlers = (parts: LeavingParts): Handlers => ({
  [checkpointKinds.mail]: createMailing(parts),
  [checkpointKinds.webhook]: createWebhookCalls(parts),
  [checkpointKinds.stamp]: createStamping(parts),
});
