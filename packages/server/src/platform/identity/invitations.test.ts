import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../mail/mail.ts';
import { startOutbox, type OutboxWorker } from '../outbox/worker.ts';
import { until } from '../trail/testing/organisation.ts';
import { createInvitationLetters, invitationLetter } from './letters.ts';
import { type Browser, createTestHouse, password, type TestHouse } from './testing.ts';

let house: TestHouse;
let admin: Browser;
let outbox: OutboxWorker;
let mailServerWorks = true;
const sent: Message[] = [];
beforeAll(async () => {
  house = await createTestHouse({
    mail: {
      available: true,
      send: async (message) => {
        if (!mailServerWorks) throw new Error('mail was not sent: no answer');
        sent.push(message);
      },
      close: () => {},
    },
  });
  outbox = startOutbox({
    database: house.house.database,
    handlers: { [invitationLetter]: createInvitationLetters(house.identity.parts) },
    report: () => {},
    pollMs: 20,
  });
  admin = (await house.organisation('acme', 'admin@example.org')).administrator;
});
afterAll(async () => {
  await outbox.stop();
  await house.close();
});
/** Waits until the outbox has dealt with everything at least once. */
const settled = () =>
  until(
    async () =>
      (await house.owner.query('select 1 from outbox_messages where done_at is null and last_error is null and parked_at is null'))
        .rowCount === 0,
  );

const org = '/api/v1/orgs/acme';
const invite = (body: object, browser = admin) => browser.send('POST', `${org}/invitations`, body);
const made = async (body: object) => {
  const answer = await invite(body);
  expect(answer.statusCode, answer.body).toBe(201);
  const { link, invitation, mailed } = answer.json<{ link: string; invitation: { id: string; state: string }; mailed: boolean }>();
  return { path: `/api/v1/invitations/${link.split('#')[1]}`, link, invitation, mailed };
};
const codesOf = (answer: { json(): unknown }) =>
  (answer.json() as { problems?: { code: string }[] }).problems?.map((problem) => problem.code);
const states = async () => (await admin.send('GET', `${org}/invitations`)).json<{ items: { email: string; state: string }[] }>().items;

describe('an invitation', () => {
  it('is mailed and shown, says what it is for, and makes account and access', async () => {
    const { path, link, mailed } = await made({
      email: 'Manager@Example.org',
      name: 'AIMS manager',
      function: 'Head of AI governance',
      roles: ['aims_manager'],
    });
    expect(mailed).toBe(true);
    await settled();
    expect(sent.at(-1)).toMatchObject({ to: 'manager@example.org', text: expect.stringContaining(link) });
    const guest = house.browser();
    expect((await guest.send('GET', path)).json()).toMatchObject({
      organisation: 'Organisation acme',
      email: 'manager@example.org',
      roles: ['aims_manager'],
      hasAccount: false,
      isYou: false,
    });
    expect(codesOf(await guest.send('POST', path, {}))).toEqual(['PASSWORD_MISSING']);
    expect(codesOf(await guest.send('POST', path, { password: 'short' }))).toEqual(['PASSWORD_SHORT']);
    expect((await guest.send('POST', path, { password })).json()).toMatchObject({
      person: { email: 'manager@example.org', name: 'AIMS manager' },
      organisations: [{ slug: 'acme', roles: ['aims_manager'] }],
    });
    expect((await guest.send('GET', `${org}/members`)).json()).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ email: 'manager@example.org', function: 'Head of AI governance', you: true }),
      ]),
    });
    expect(codesOf(await house.browser().send('POST', path, { password }))).toEqual(['INVITATION_NOT_OPEN']);
    expect(codesOf(await house.browser().send('GET', path))).toEqual(['INVITATION_NOT_OPEN']);
    expect(await states()).toMatchObject([{ email: 'manager@example.org', state: 'accepted' }]);
  });

  it('can be copied where the mail server is away, and is mailed when it is back', async () => {
    mailServerWorks = false;
    const { mailed, link } = await made({ email: 'copy@example.org', name: 'Reader', roles: ['reader'] });
    expect({ mailed, link }).toEqual({ mailed: true, link: expect.stringContaining('https://aims.example.org/invitation#invite_') });
    await settled();
    expect(sent.map(({ to }) => to)).not.toContain('copy@example.org');
    mailServerWorks = true;
    await house.owner.query('update outbox_messages set due_at = now(), last_error = null where done_at is null');
    await settled();
    expect(sent.at(-1)).toMatchObject({ to: 'copy@example.org', text: expect.stringContaining(link) });
  });

  it('is not mailed when it was revoked before its letter could leave, nor when it was not made', async () => {
    mailServerWorks = false;
    const { invitation } = await made({ email: 'gone@example.org', name: 'Gone', roles: ['reader'] });
    await settled();
    await admin.send('DELETE', `${org}/invitations/${invitation.id}`);
    mailServerWorks = true;
    await house.owner.query('update outbox_messages set due_at = now(), last_error = null where done_at is null');
    expect((await invite({ email: 'none@example.org', name: 'None', roles: ['external_auditor'] })).statusCode).toBe(409);
    await settled();
    expect(sent.map(({ to }) => to)).not.toContain('gone@example.org');
    expect(sent.map(({ to }) => to)).not.toContain('none@example.org');
    expect((await house.owner.query('select 1 from outbox_messages where done_at is null')).rowCount).toBe(0);
  });

  it('is made by administrators alone', async () => {
    const manager = await house.signedIn('manager@example.org');
    expect((await invite({ email: 'x@example.org', name: 'X', roles: ['administrator'] }, manager)).statusCode).toBe(403);
  });

  it('needs days for an external auditor and refuses members', async () => {
    expect(codesOf(await invite({ email: 'auditor@example.org', name: 'Auditor', roles: ['external_auditor'] }))).toEqual([
      'AUDITOR_WITHOUT_DAYS',
      'AUDITOR_WITHOUT_DAYS',
    ]);
    expect(codesOf(await invite({ email: 'manager@example.org', name: 'AIMS manager', roles: ['reader'] }))).toEqual(['MEMBER_ALREADY']);
  });

  it('ends when it is revoked, replaced, or too old', async () => {
    const revoked = await made({ email: 'one@example.org', name: 'One', roles: ['reader'] });
    await admin.send('DELETE', `${org}/invitations/${revoked.invitation.id}`);
    const replaced = await made({ email: 'two@example.org', name: 'Two', roles: ['reader'] });
    const newer = await made({ email: 'two@example.org', name: 'Two', roles: ['reader'] });
    for (const { path } of [revoked, replaced])
      expect(codesOf(await house.browser().send('POST', path, { password }))).toEqual(['INVITATION_NOT_OPEN']);
    const now = house.clock;
    house.clock = new Date(now.getTime() + 14 * 86_400_000 + 1000);
    expect(codesOf(await house.browser().send('POST', newer.path, { password }))).toEqual(['INVITATION_NOT_OPEN']);
    house.clock = now;
    expect((await house.browser().send('POST', newer.path, { password })).statusCode).toBe(200);
  });

  it('lets in once, however often it is accepted at the same time', async () => {
    const { path } = await made({ email: 'race@example.org', name: 'Race', roles: ['reader'] });
    const answers = await Promise.all(Array.from({ length: 5 }, () => house.browser().send('POST', path, { password })));
    expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1);
    expect((await house.owner.query(`select 1 from memberships where email = 'race@example.org'`)).rowCount).toBe(1);
  });

  it('does not let in while it is being revoked', async () => {
    const { path, invitation } = await made({ email: 'late@example.org', name: 'Late', roles: ['reader'] });
    await house.owner.query('begin');
    await house.owner.query('update invitations set revoked_at = now() where id = $1', [invitation.id]);
    const accepting = house.browser().send('POST', path, { password });
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    await house.owner.query('commit');
    expect(codesOf(await accepting)).toEqual(['INVITATION_NOT_OPEN']);
    expect((await house.owner.query(`select 1 from memberships where email = 'late@example.org'`)).rowCount).toBe(0);
  });

  it('says nothing about a secret that was guessed', async () => {
    expect((await house.browser().send('GET', `/api/v1/invitations/invite_${'a'.repeat(43)}`)).statusCode).toBe(404);
  });

  it('keeps no secret: neither in its row, nor with the Idempotency-Key, nor in its letter that waits', async () => {
    const answer = await admin.send(
      'POST',
      `${org}/invitations`,
      { email: 'kept@example.org', name: 'Kept', roles: ['reader'] },
      { 'idempotency-key': 'invite-1' },
    );
    const secret = answer.json<{ link: string }>().link.split('#')[1] ?? '';
    expect(secret).toMatch(/^invite_/);
    const { rows } = await house.owner.query<{ all: string }>(
      `select coalesce(string_agg(i::text, ''), '') || (select coalesce(string_agg(k::text, ''), '') from idempotency_keys k) || (select coalesce(string_agg(m::text, ''), '') from outbox_messages m) as all from invitations i`,
    );
    expect(rows[0]?.all).not.toContain(secret);
  });
});

describe('an invitation for somebody with an account', () => {
  beforeAll(async () => {
    await house.organisation('other', 'member@example.org');
  });

  it('takes the password of that account and no other', async () => {
    const { path } = await made({ email: 'member@example.org', name: 'Member', roles: ['reader'] });
    expect((await house.browser().send('GET', path)).json()).toMatchObject({ hasAccount: true });
    expect((await house.browser().send('POST', path, { password: 'a password of my own' })).statusCode).toBe(401);
    expect((await house.browser().send('POST', path, { password })).json()).toMatchObject({
      organisations: [{ slug: 'acme' }, { slug: 'other' }],
    });
  });

  it('takes who is signed in, if it is he', async () => {
    await house.organisation('third', 'third@example.org');
    const { path } = await made({ email: 'third@example.org', name: 'Third', roles: ['reader'] });
    const other = await house.signedIn('member@example.org');
    expect(codesOf(await other.send('POST', path, {}))).toEqual(['INVITED_SOMEBODY_ELSE']);
    const own = await house.signedIn('third@example.org');
    expect((await own.send('GET', path)).json()).toMatchObject({ isYou: true });
    expect((await own.send('POST', path, {})).json()).toMatchObject({ organisations: [{ slug: 'acme' }, { slug: 'third' }] });
  });
});

it('links an account to the one person of the directory with its address', async () => {
  const { rows } = await house.owner.query<{ organization_id: string; person_id: string }>(
    `select organization_id, person_id from memberships where email = 'two@example.org'`,
  );
  const { organization_id: organisation, person_id: person } = rows[0] ?? {};
  await house.owner.query('delete from memberships where organization_id = $1 and person_id = $2', [organisation, person]);
  await house.member({ organisation: 'acme', email: 'two@example.org', roles: ['contributor'] });
  expect(
    (await house.owner.query<{ person_id: string }>(`select person_id from memberships where email = 'two@example.org'`)).rows,
  ).toEqual([{ person_id: person }]);
});
