import type { Endpoint } from '@aimwell/contract/platform/endpoint';
import type { Problem, ProblemItem } from '@aimwell/contract/platform/problem';
import type { z } from 'zod';
import { momentOf, noteAnswer } from './past.ts';
import { reportReachable, reportUnreachable } from './reachability.ts';

/** What the server answers when it declines; `status` 0 means that it did not answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiProblem';
    this.status = status;
    this.problem = problem;
  }
}

export type QueryValues = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
export interface CallOptions {
  readonly query?: QueryValues;
  readonly body?: unknown;
  /** Sent as If-Match on changes of a record. */
  readonly version?: number;
  /** Repeats of one deed carry one key; without it each POST gets its own. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** One request to the API. Throws ApiProblem for everything but a good answer. */
export const request = async <T>(method: string, path: string, options: CallOptions = {}): Promise<T> => {
  const response = await send(method, path, options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
};

/** The same for bytes. */
export const requestBlob = async (path: string, options: CallOptions = {}): Promise<{ blob: Blob; name: string | undefined }> => {
  const response = await send('GET', path, options);
  const name = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return { blob: await response.blob(), name: name === undefined ? undefined : decodeURIComponent(name) };
};

const send = async (method: string, path: string, options: CallOptions): Promise<Response> => {
  const asked = momentOf(path);
  if (asked !== null && method !== 'GET') throw new ApiProblem(409, writtenInThePast);
  let response: Response;
  try {
    response = await fetch(addressOf(path, options.query), init(method, options));
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    reportUnreachable();
    throw new ApiProblem(0, {
      type: 'about:blank',
      title: 'The server does not answer.',
      status: 503,
      code: 'UNAVAILABLE',
      remedy: 'Check the connection; what you wrote is kept.',
    });
  }
  reportReachable();
  if (!response.ok) throw new ApiProblem(response.status, await problemOf(response));
  if (asked !== null) noteAnswer(asked, response.headers);
  return response;
};

/** What stands in the way of every write below a path of the past, whatever button led there. */
const writtenInThePast: Problem = {
  type: 'about:blank',
  title: 'The past can only be read.',
  status: 409,
  code: 'REFUSED',
  remedy: 'Go back to today to change something.',
};

/** A path, which may have a query of its own, with a query: what the path says stands. */
export const addressOf = (path: string, query: QueryValues = {}): string => {
  const [place = '', own = ''] = path.split('?');
  return place + queryString({ ...query, ...Object.fromEntries(new URLSearchParams(own)) });
};

const init = (method: string, { body, version, idempotencyKey, signal }: CallOptions): RequestInit => {
  const headers: Record<string, string> = { accept: 'application/json' };
  const raw = body instanceof FormData || body instanceof Blob;
  if (body !== undefined && !raw) headers['content-type'] = 'application/json';
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  if (method === 'POST') headers['idempotency-key'] = idempotencyKey ?? crypto.randomUUID();
  return {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
};

/** A query as the API reads it: lists repeat their name, absent values are left out. */
export const queryString = (query: QueryValues = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
};

const problemOf = async (response: Response): Promise<Problem> => {
  try {
    const answer = (await response.json()) as Problem;
    if (typeof answer.title === 'string') return answer;
  } catch {
    /* not JSON: a proxy or a crash answered */
  }
  return {
    type: 'about:blank',
    title: `The server answered ${response.status}.`,
    status: response.status,
    code: 'INTERNAL',
    remedy: 'Try again. If it stays, tell whoever runs this installation.',
  };
};

type Part<S> = S extends z.ZodType ? z.input<S> : never;
type InputOf<E> =
  E extends Endpoint<infer P, infer Q, infer B> ? { readonly params?: Part<P>; readonly query?: Part<Q>; readonly body?: Part<B> } : never;
type AnswerOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer R> ? z.output<R> : never;

/** Calls a declared endpoint: its path is filled from `params`, its types come from the contract. In the past a read takes `...here.past` in its query; write by `request` with `here.api`, which refuses there. */
export const call = <E extends Pick<Endpoint, 'method' | 'path'>>(
  endpoint: E,
  input: InputOf<E>,
  options: Omit<CallOptions, 'query' | 'body'> = {},
): Promise<AnswerOf<E>> => {
  const { params, query, body } = input as { params?: Record<string, unknown>; query?: QueryValues; body?: unknown };
  return request(endpoint.method, fillPath(endpoint.path, params), {
    ...options,
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
  });
};

const fillPath = (path: string, params: Record<string, unknown> = {}): string =>
  path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));

/** The problems of one field, from an error of the API. */
export const problemsOf = (error: unknown, field?: string): readonly ProblemItem[] => {
  const all = error instanceof ApiProblem ? (error.problem.problems ?? []) : [];
  return field === undefined ? all : all.filter((item) => item.field === field || item.field?.startsWith(`${field}.`) === true);
};

/** One line to put under a field: what is wrong and how to mend it. */
export const fieldError = (error: unknown, field: string): string | undefined => {
  const found = problemsOf(error, field);
  return found.length === 0 ? undefined : found.map((item) => [item.message, item.remedy].filter(Boolean).join('. ')).join(' ');
};

export const hasCode = (error: unknown, code: Problem['code']): boolean => error instanceof ApiProblem && error.problem.code === code;
