import { tokenPurposes } from '@aimwell/core/identity/token';
import { roles } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { endpoint, may, open, orgParams, recordParams, signedIn } from '../platform/endpoint.ts';
import {
  emailAddress,
  invitationView,
  memberView,
  membershipView,
  newPassword,
  organisationSettings,
  organisationView,
  personName,
  roleList,
  sessionView,
  slug,
  timeZone,
  tokenView,
  typedPassword,
} from './views.ts';

const done = z.strictObject({ done: z.literal(true) });
const items = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });
const days = { validFrom: z.iso.date().nullable().optional(), validUntil: z.iso.date().nullable().optional() };
const secret = z.string().min(20).max(200);

/** Signing in and out. The session is an httpOnly cookie; nothing of it is readable by scripts. */
export const sessionEndpoints = {
  get: endpoint({
    name: 'session.get',
    method: 'GET',
    path: '/api/v1/session',
    access: open,
    summary: 'Who is signed in, and to which organisations he belongs',
    response: sessionView,
  }),
  signIn: endpoint({
    name: 'session.signIn',
    method: 'POST',
    path: '/api/v1/session',
    access: open,
    summary: 'Sign in with e-mail address and password',
    body: z.strictObject({ email: emailAddress, password: typedPassword }),
    response: sessionView,
  }),
  signOut: endpoint({
    name: 'session.signOut',
    method: 'DELETE',
    path: '/api/v1/session',
    access: open,
    summary: 'Sign out here',
    response: done,
  }),
  signOutEverywhere: endpoint({
    name: 'session.signOutEverywhere',
    method: 'POST',
    path: '/api/v1/session/everywhere',
    access: signedIn,
    summary: 'End every session of mine, this one included',
    response: done,
  }),
  changePassword: endpoint({
    name: 'session.changePassword',
    method: 'POST',
    path: '/api/v1/session/password',
    access: signedIn,
    summary: 'Change my password; every other session of mine ends',
    body: z.strictObject({ current: typedPassword, next: newPassword }),
    response: done,
  }),
};

/** The one-time set-up by which the first administrator comes to be. */
export const setupEndpoints = {
  get: endpoint({
    name: 'setup.get',
    method: 'GET',
    path: '/api/v1/setup',
    access: open,
    summary: 'Whether this installation still waits for its first administrator',
    response: z.strictObject({ needed: z.boolean() }),
  }),
  run: endpoint({
    name: 'setup.run',
    method: 'POST',
    path: '/api/v1/setup',
    access: open,
    status: 201,
    summary: 'Make the first administrator by the set-up link; signs him in',
    body: z.strictObject({
      token: secret,
      name: personName,
      email: emailAddress,
      password: newPassword,
      organisation: z.strictObject({ name: personName, slug: slug.optional(), timeZone: timeZone.optional() }).optional(),
    }),
    response: sessionView,
  }),
};

export const organisationEndpoints = {
  create: endpoint({
    name: 'organisations.create',
    method: 'POST',
    path: '/api/v1/orgs',
    access: signedIn,
    status: 201,
    summary: 'Create an organisation; its creator becomes its administrator',
    body: z.strictObject({ name: personName, slug: slug.optional(), timeZone: timeZone.optional() }),
    response: membershipView,
  }),
  get: endpoint({
    name: 'organisations.get',
    method: 'GET',
    path: '/api/v1/orgs/:org',
    access: may('settings.read'),
    summary: 'The organisation and its settings',
    params: orgParams,
    response: organisationView,
  }),
  change: endpoint({
    name: 'organisations.change',
    method: 'PATCH',
    path: '/api/v1/orgs/:org',
    access: may('settings.change'),
    summary: 'Change name, time zone or settings; a settings key that is sent replaces that key, others stay',
    params: orgParams,
    body: z.strictObject({ name: personName.optional(), timeZone: timeZone.optional(), settings: organisationSettings.optional() }),
    response: organisationView,
  }),
};

export const memberEndpoints = {
  list: endpoint({
    name: 'members.list',
    method: 'GET',
    path: '/api/v1/orgs/:org/members',
    access: may('members.read'),
    summary: 'Who has access, in which roles',
    params: orgParams,
    response: items(memberView),
  }),
  change: endpoint({
    name: 'members.change',
    method: 'PATCH',
    path: '/api/v1/orgs/:org/members/:id',
    access: may('members.manage'),
    summary: 'Change roles, days of access, or suspend',
    params: recordParams,
    body: z.strictObject({ roles: roleList.min(1).optional(), status: z.enum(['active', 'suspended']).optional(), ...days }),
    response: memberView,
  }),
  remove: endpoint({
    name: 'members.remove',
    method: 'DELETE',
    path: '/api/v1/orgs/:org/members/:id',
    access: may('members.manage'),
    summary: 'Take access away; the person stays in the directory',
    params: recordParams,
    response: done,
  }),
};

export const invitationEndpoints = {
  list: endpoint({
    name: 'invitations.list',
    method: 'GET',
    path: '/api/v1/orgs/:org/invitations',
    access: may('members.manage'),
    summary: 'Invitations and what became of them',
    params: orgParams,
    response: items(invitationView),
  }),
  create: endpoint({
    name: 'invitations.create',
    method: 'POST',
    path: '/api/v1/orgs/:org/invitations',
    access: may('members.manage'),
    status: 201,
    summary: 'Invite somebody: by mail where mail is set up, and always as a link to copy',
    params: orgParams,
    /** `personId` ties the invitation to somebody who is in the directory already. An external auditor needs both days. */
    body: z.strictObject({
      email: emailAddress,
      name: personName,
      function: personName.optional(),
      personId: z.uuid().optional(),
      roles: roleList.min(1),
      ...days,
    }),
    /** `mailed`: a letter is on its way; how it fares stands in the outbox. */
    response: z.strictObject({ invitation: invitationView, link: z.string(), mailed: z.boolean() }),
  }),
  revoke: endpoint({
    name: 'invitations.revoke',
    method: 'DELETE',
    path: '/api/v1/orgs/:org/invitations/:id',
    access: may('members.manage'),
    summary: 'Make an open invitation useless',
    params: recordParams,
    response: done,
  }),
  see: endpoint({
    name: 'invitations.see',
    method: 'GET',
    path: '/api/v1/invitations/:token',
    access: open,
    summary: 'What an invitation is for',
    params: z.strictObject({ token: secret }),
    response: z.strictObject({
      organisation: z.string(),
      email: z.string(),
      name: z.string(),
      roles: roleList,
      validFrom: z.iso.date().nullable(),
      validUntil: z.iso.date().nullable(),
      expiresAt: z.string(),
      /** There is an account of that address: ask for its password instead of a new one. */
      hasAccount: z.boolean(),
      /** The person who is signed in now is the one invited: no password needed. */
      isYou: z.boolean(),
    }),
  }),
  accept: endpoint({
    name: 'invitations.accept',
    method: 'POST',
    path: '/api/v1/invitations/:token',
    access: open,
    summary: 'Accept: with a new password, with the password of the account there is, or as who is signed in',
    params: z.strictObject({ token: secret }),
    body: z.strictObject({ name: personName.optional(), password: typedPassword.optional() }),
    response: sessionView,
  }),
};

export const tokenEndpoints = {
  list: endpoint({
    name: 'tokens.list',
    method: 'GET',
    path: '/api/v1/orgs/:org/tokens',
    access: may('tokens.manage'),
    summary: 'API tokens without their secrets',
    params: orgParams,
    response: items(tokenView),
  }),
  create: endpoint({
    name: 'tokens.create',
    method: 'POST',
    path: '/api/v1/orgs/:org/tokens',
    access: may('tokens.manage'),
    status: 201,
    summary: 'Make an API token; it is shown this once',
    params: orgParams,

    /** `asMe`: what it writes carries my name; otherwise the token stands for itself alone. */
    body: z.strictObject({
      name: personName,
      role: z.enum(roles),
      days: z.int().min(1).max(366),
      asMe: z.boolean().optional(),
      only: z.enum(tokenPurposes).optional(),
    }),
    response: z.strictObject({ token: z.string(), view: tokenView }),
  }),
  revoke: endpoint({
    name: 'tokens.revoke',
    method: 'DELETE',
    path: '/api/v1/orgs/:org/tokens/:id',
    access: may('tokens.manage'),
    summary: 'Make a token useless from now on',
    params: recordParams,
    response: done,
  }),
};

/** Every endpoint of identity, for routes, OpenAPI and generated tests. */
export const identityEndpoints = [
  sessionEndpoints,
  setupEndpoints,
  organisationEndpoints,
  memberEndpoints,
  invitationEndpoints,
  tokenEndpoints,
].flatMap((group) => Object.values(group));
