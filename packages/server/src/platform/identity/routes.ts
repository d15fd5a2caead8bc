import {
  invitationEndpoints,
  memberEndpoints,
  organisationEndpoints,
  sessionEndpoints,
  setupEndpoints,
  tokenEndpoints,
} from '@aimwell/contract/identity/endpoints';
import type { SessionView } from '@aimwell/contract/identity/views';
import { judgeSlug, slugFrom } from '@aimwell/core/identity/slug';
import type { FastifyInstance } from 'fastify';
import { ProblemError, refused } from '../errors.ts';
import { type House, mount, mountOpen } from '../http/mount.ts';
import { acceptInvitation, seeInvitation } from './acceptance.ts';
import { noAccounts } from './accounts.ts';
import { checkFounder, createOrganisation, type Mine, organisationsOf } from './founding.ts';
import { createInvitation, listInvitations, revokeInvitation } from './invitations.ts';
import { inviteByMail } from './letters.ts';
import { changeMember, listMembers, removeMember } from './members.ts';
import type { Caller, Parts, SignedIn } from './parts.ts';
import { derivedId } from './secrets.ts';
import { changePassword, refresh, setCookies, signIn, signOut, signOutEverywhere, whoIs } from './sessions.ts';
import { changeOrganisation, readOrganisation } from './settings.ts';
import { runSetup } from './setup.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';

const done = { value: { done: true } } as const;

/** Mounts every endpoint of identity. */
export const mountIdentity = (app: FastifyInstance, house: House, parts: Parts): void => {
  mountSession(app, house, parts);
  mountSetup(app, house, parts);
  mountOrganisations(app, house, parts);
  mountMembers(app, house);
  mountInvitations(app, house, parts);
  mountTokens(app, house);
};

const mustBe = async (parts: Parts, caller: Caller): Promise<SignedIn> => {
  const who = await whoIs(parts, caller);
  if (who === null) throw new ProblemError('NOT_SIGNED_IN', { detail: 'This is for a person who is signed in; an API token is not one.' });
  return who;
};

const mine = ({ organisation, roles, personId, validUntil, sharesConformity }: Mine) => ({
  ...organisation,
  roles: [...roles],
  personId,
  validUntil,
  sharesConformity,
});

const sessionOf = async (parts: Parts, who: Omit<SignedIn, 'sessionToken'> | null): Promise<SessionView> =>
  who === null
    ? { person: null, organisations: [] }
    : {
        person: { accountId: who.accountId, name: who.name, email: who.email },
        organisations: (await organisationsOf(parts, who.accountId)).map(mine),
      };

const sessionOfAccount = async (parts: Parts, accountId: string): Promise<SessionView> => {
  const { rows } = await parts.pool.query<{ name: string; email: string }>('select name, email from identity."user" where id = $1', [
    accountId,
  ]);
  return sessionOf(parts, rows[0] === undefined ? null : { accountId, ...rows[0] });
};

const mountSession = (app: FastifyInstance, house: House, parts: Parts) => {
  mountOpen(app, house, sessionEndpoints.get, async ({ request }, reply) => {
    setCookies(reply, await refresh(parts, request));
    return { value: await sessionOf(parts, await whoIs(parts, request)) };
  });
  mountOpen(app, house, sessionEndpoints.signIn, async ({ request, body }, reply) => {
    const signedIn = await signIn(parts, request, body);
    setCookies(reply, signedIn);
    return { value: await sessionOfAccount(parts, signedIn.accountId) };
  });
  mountOpen(app, house, sessionEndpoints.signOut, async ({ request }, reply) => {
    setCookies(reply, await signOut(parts, request));
    return done;
  });
  mountOpen(app, house, sessionEndpoints.signOutEverywhere, async ({ request }, reply) => {
    setCookies(reply, await signOutEverywhere(parts, request, await mustBe(parts, request)));
    return done;
  });
  mountOpen(app, house, sessionEndpoints.changePassword, async ({ request, body }, reply) => {
    setCookies(reply, await changePassword(parts, request, await mustBe(parts, request), body));
    return done;
  });
};

const mountSetup = (app: FastifyInstance, house: House, parts: Parts) => {
  mountOpen(app, house, setupEndpoints.get, async () => ({ value: { needed: await noAccounts(parts.pool) } }));
  mountOpen(app, house, setupEndpoints.run, async ({ request, body: { organisation, ...administrator } }, reply) => {
    // Judged before the link is used up, so that a slip in the name costs nothing.
    const problems = organisation?.slug === undefined ? [] : judgeSlug(organisation.slug);
    if (problems.length > 0) throw refused(problems);
    const account = await runSetup(parts, request, administrator);
    if (organisation !== undefined) await createOrganisation(parts, { ...organisation, administrator: account });
    setCookies(reply, await signIn(parts, request, administrator));
    return { value: await sessionOfAccount(parts, account.id) };
  });
};

const mountOrganisations = (app: FastifyInstance, house: House, parts: Parts) => {
  mountOpen(app, house, organisationEndpoints.create, async ({ request, body }) => {
    const who = await mustBe(parts, request);
    const key = request.headers['idempotency-key'];
    const id =
      typeof key === 'string' ? derivedId('organisation', who.accountId, key, body.name, body.slug ?? slugFrom(body.name)) : undefined;
    const before = (await organisationsOf(parts, who.accountId)).find((one) => one.organisation.id === id);
    if (before !== undefined) return { value: mine(before) };
    await checkFounder(parts, who.accountId);
    const organisation = await createOrganisation(parts, {
      ...body,
      id,
      administrator: { id: who.accountId, name: who.name, email: who.email },
    });
    const made = (await organisationsOf(parts, who.accountId)).find((one) => one.organisation.id === organisation.id);
    if (made === undefined) throw new Error('expected the membership of the founder');
    return { value: mine(made) };
  });
  mount(app, house, organisationEndpoints.get, async (tx) => ({ value: await readOrganisation(tx) }));
  mount(app, house, organisationEndpoints.change, async (tx, context, { body }) => ({
    value: await changeOrganisation(tx, context, body),
  }));
};

const mountMembers = (app: FastifyInstance, house: House) => {
  mount(app, house, memberEndpoints.list, async (tx, context) => ({ value: { items: await listMembers(tx, context) } }));
  mount(app, house, memberEndpoints.change, async (tx, context, { params, body }) => ({
    value: await changeMember(tx, context, params.id, body),
  }));
  mount(app, house, memberEndpoints.remove, async (tx, context, { params }) => {
    await removeMember(tx, context, params.id);
    return done;
  });
};

const mountInvitations = (app: FastifyInstance, house: House, parts: Parts) => {
  mount(app, house, invitationEndpoints.list, async (tx, context) => ({ value: { items: await listInvitations(tx, context) } }));
  mount(app, house, invitationEndpoints.create, async (tx, context, { body }) => {
    const { token, view } = await createInvitation(tx, context, body);
    const link = `${parts.publicUrl.replace(/\/$/, '')}/invitation#${token}`;
    const mailed = parts.mail.available;
    if (mailed) await inviteByMail(tx, parts.sealer, view.id, link);
    // Later: what is answered now would be kept for the Idempotency-Key, secret and all.
    return { later: async () => ({ value: { invitation: view, link, mailed } }) };
  });
  mount(app, house, invitationEndpoints.revoke, async (tx, context, { params }) => {
    await revokeInvitation(tx, context, params.id);
    return done;
  });
  mountOpen(app, house, invitationEndpoints.see, async ({ request, params }) => ({
    value: await seeInvitation(parts, request, params.token),
  }));
  mountOpen(app, house, invitationEndpoints.accept, async ({ request, params, body }, reply) => {
    const accepted = await acceptInvitation(parts, request, params.token, body);
    setCookies(reply, accepted);
    return { value: await sessionOfAccount(parts, accepted.accountId) };
  });
};

const mountTokens = (app: FastifyInstance, house: House) => {
  mount(app, house, tokenEndpoints.list, async (tx, context) => ({ value: { items: await listTokens(tx, context) } }));
  mount(app, house, tokenEndpoints.create, async (tx, context, { body: { asMe, ...wanted } }) => {
    const made = await createToken(tx, context, { ...wanted, personId: asMe === true ? context.actor.personId : null });
    // Later: what is answered now would be kept for the Idempotency-Key, and the secret is stored nowhere.
    return { later: async () => ({ value: made }) };
  });
  mount(app, house, tokenEndpoints.revoke, async (tx, context, { params }) => {
    await revokeToken(tx, context, params.id);
    return done;
  });
};
