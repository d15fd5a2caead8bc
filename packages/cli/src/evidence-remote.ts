import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '@aimwell/contract/platform/problem';
import { ProblemError } from '@aimwell/server/platform/errors';
import { CannotRun } from './failure.ts';

export interface Remote {
  readonly url: string;
  readonly token: string;
}

const unreachable = new Set([502, 503, 504]);
const pauses = [500, 2000];

/** One request, repeated under the same key while the server cannot be reached: a retry makes no second piece. */
const repeatedly = async (send: () => Promise<Response>): Promise<Response> => {
  for (const pause of pauses) {
    const answer = await send().catch((error: unknown) => error as Error);
    if (answer instanceof Response && !unreachable.has(answer.status)) return answer;
    await wait(pause);
  }
  return send();
};

const addressOf = (url: string, org: string): URL => {
  const base = URL.canParse(url) ? new URL(url) : null;
  if (base === null || !/^https?:$/.test(base.protocol))
    throw new CannotRun(`"${url}" is not the address of a server.`, 'Give it as --url https://aimwell.example.org');
  return new URL(`${base.pathname.replace(/\/$/, '')}/api/v1/orgs/${encodeURIComponent(org)}/evidence/collect`, base);
};

/**
 * Brings a file to a server as a pipeline does, by `POST /evidence/collect`.
 * @throws ProblemError with what the server refused, CannotRun where it cannot be reached
 */
export const collectRemote = async (
  { url, token }: Remote,
  {
    org,
    file,
    name,
    fields,
  }: { readonly org: string; readonly file: string; readonly name: string; readonly fields: Readonly<Record<string, readonly string[]>> },
): Promise<unknown> => {
  const address = addressOf(url, org);
  const bytes = await openAsBlob(file);
  const key = randomUUID();
  const send = () => {
    const form = new FormData();
    for (const [field, values] of Object.entries(fields)) for (const value of values) form.append(field, value);
    form.append('file', bytes, name);
    return fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
      body: form,
      // A token is for the server it was made by, not for wherever that one points.
      redirect: 'error',
    });
  };
  const answer = await repeatedly(send).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new CannotRun(`The server ${address.origin} does not answer (${cause}).`, 'Check --url, and whether it runs.');
  });
  const body = (await answer.json().catch(() => null)) as unknown;
  if (answer.ok && body !== null) return body;
  if (body === null || typeof body !== 'object' || !('code' in body))
    throw new CannotRun(`${address.origin} answered ${answer.status}, and not as Aimwell does.`, 'Check --url.');
  const { code, ...details } = body as Problem;
  throw new ProblemError(code, {
    detail: details.detail ?? `${details.title}.`,
    ...(details.remedy === undefined ? {} : { remedy: details.remedy }),
    ...(details.problems === undefined ? {} : { problems: details.problems }),
  });
};
