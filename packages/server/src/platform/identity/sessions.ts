import type { FastifyReply } from 'fastify';
import { ProblemError, refused } from '../errors.ts';
import { checkPassword } from './accounts.ts';
import { absoluteDays, addressHeader } from './library.ts';
import { giveBack, limitKeys, takeTry } from './limiter.ts';
import { emailMark, logInstallation } from './log.ts';
import { refuseAndTell } from './refusing.ts';
import { networkOf } from './network.ts';
import type { Caller, Parts, SignedIn } from './parts.ts';

/** The cookies to send with the answer. */
export interface Cookies {
  readonly cookies: readonly string[];
}

export const setCookies = (reply: FastifyReply, { cookies }: Cookies): void => {
  if (cookies.length > 0) reply.header('set-cookie', [...cookies]);
};

const headersOf = (caller: Caller): Headers => {
  const headers = new Headers({ [addressHeader]: caller.ip });
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = caller.headers[name];
    if (value !== undefined) headers.set(name, value.slice(0, 8000));
  }
  return headers;
};

/** Who is signed in by cookie, or null. A request that carries a token speaks for the token alone. */
export const whoIs = async ({ library, now }: Parts, caller: Caller): Promise<SignedIn | null> => {
  if (caller.headers.authorization !== undefined || caller.headers.cookie === undefined) return null;
  const found = await library.api.getSession({ headers: headersOf(caller), query: { disableRefresh: true } });
  if (found === null) return null;
  const ends = found.session.createdAt.getTime() + absoluteDays * 86_400_000;
  if (now().getTime() >= ends) return null;
  return { accountId: found.user.id, name: found.user.name, email: found.user.email, sessionToken: found.session.token };
};

/** Lets the session live on from now; answers the cookie that says so, at most once a day. */
export const refresh = async (parts: Parts, caller: Caller): Promise<Cookies> => {
  if ((await whoIs(parts, caller)) === null) return { cookies: [] };
  const { headers } = await parts.library.api.getSession({ headers: headersOf(caller), returnHeaders: true });
  return { cookies: headers.getSetCookie() };
};

/**
 * Signs in, under a session that is new in any case; the one that the caller came with ends.
 * Unknown address and wrong password answer alike and take alike.
 * @throws NOT_SIGNED_IN, TOO_MANY
 */
export const signIn = async (
  parts: Parts,
  caller: Caller,
  { email, password }: { email: string; password: string },
): Promise<Cookies & { readonly accountId: string }> => {
  const { pool, library } = parts;
  const network = networkOf(caller.ip);
  const keys = limitKeys(email, network);
  try {
    await takeTry(pool, keys);
  } catch (error) {
    throw await refuseAndTell(parts, { kind: 'too-many', network, detail: { account: emailMark(email) } }, error);
  }
  const before = await whoIs(parts, caller);
  const answer = await library.api
    .signInEmail({ body: { email, password }, headers: headersOf(caller), returnHeaders: true })
    .catch((error: { status?: unknown }) => {
      if (error.status === 'UNAUTHORIZED' || error.status === 'BAD_REQUEST') return null;
      throw error;
    });
  if (answer === null) {
    const problem = new ProblemError('NOT_SIGNED_IN', {
      detail: 'Address and password do not belong together.',
      remedy: 'Check both; whoever keeps the installation can set a new password.',
    });
    throw await refuseAndTell(parts, { kind: 'sign-in-refused', network, detail: { account: emailMark(email) } }, problem);
  }
  const { internalAdapter } = await library.$context;
  try {
    await logInstallation(parts, { kind: 'signed-in', accountId: answer.response.user.id, network });
  } catch (error) {
    // A sign-in that nobody could read of later is none.
    await internalAdapter.deleteSession(answer.response.token);
    throw error;
  }
  await giveBack(pool, keys);
  if (before !== null) await internalAdapter.deleteSession(before.sessionToken);
  return { cookies: answer.headers.getSetCookie(), accountId: answer.response.user.id };
};

/** Ends the caller's session; without one it only clears the cookie. */
export const signOut = async (parts: Parts, caller: Caller): Promise<Cookies> => {
  const who = await whoIs(parts, caller);
  const { headers } = await parts.library.api.signOut({ headers: headersOf(caller), returnHeaders: true });
  if (who !== null) await logInstallation(parts, { kind: 'signed-out', accountId: who.accountId, network: networkOf(caller.ip) });
  return { cookies: headers.getSetCookie() };
};

/** Ends every session of the account. */
export const signOutEverywhere = async (parts: Parts, caller: Caller, who: SignedIn): Promise<Cookies> => {
  const { cookies } = await signOut(parts, caller);
  await (await parts.library.$context).internalAdapter.deleteUserSessions(who.accountId);
  await logInstallation(parts, { kind: 'signed-out-everywhere', accountId: who.accountId, network: networkOf(caller.ip) });
  return { cookies };
};

/**
 * Changes the password; every session of the account ends and the caller gets a new one.
 * @throws REFUSED when the present password is wrong or the next one unfit; TOO_MANY
 */
export const changePassword = async (
  parts: Parts,
  caller: Caller,
  who: SignedIn,
  { current, next }: { current: string; next: string },
): Promise<Cookies> => {
  checkPassword(next, who.email);
  const network = networkOf(caller.ip);
  const keys = limitKeys(who.email, network);
  await takeTry(parts.pool, keys);
  const answer = await parts.library.api
    .changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: headersOf(caller),
      returnHeaders: true,
    })
    .catch((error: { status?: unknown }) => {
      if (error.status === 'BAD_REQUEST') return null;
      throw error;
    });
  if (answer === null) {
    const problem = refused([
      {
        code: 'PASSWORD_WRONG',
        field: 'current',
        message: 'expected your present password, got another',
        remedy: 'Type the password you signed in with.',
      },
    ]);
    throw await refuseAndTell(parts, { kind: 'password-refused', accountId: who.accountId, network }, problem);
  }
  try {
    await logInstallation(parts, { kind: 'password-changed', accountId: who.accountId, network });
  } catch (error) {
    // The session that came with the new password is a sign-in too.
    await (await parts.library.$context).internalAdapter.deleteUserSessions(who.accountId);
    throw error;
  }
  await giveBack(parts.pool, keys);
  return { cookies: answer.headers.getSetCookie() };
};
