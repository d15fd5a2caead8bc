import { createHash } from 'node:crypto';
import { asOfMomentHeader, asOfSizeHeader, type Endpoint } from '@aimwell/contract/platform/endpoint';
import type { ProblemItem } from '@aimwell/contract/platform/problem';
import { opensFor } from '@aimwell/core/identity/token';
import { holdsOneOf } from '@aimwell/core/roles/permissions';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { z } from 'zod';
import { type Actor, actorId, type Context, createContext, type Organisation } from '../context.ts';
import type { AsOf, Database, Tx } from '../database/pool.ts';
import { invalid, ProblemError } from '../errors.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from '../trail/append.ts';
import { enterPast } from '../trail/past.ts';
import { checkTexts } from './texts.ts';
import { expectedAt } from './expected.ts';

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;
type In<S> = S extends z.ZodType ? z.input<S> : unknown;

export interface Call<E extends Endpoint, R = undefined> {
  readonly params: Out<NonNullable<E['params']>>;
  readonly query: Out<NonNullable<E['query']>>;
  readonly body: Out<NonNullable<E['body']>>;
  /** The version of If-Match; null when the header is absent. */
  readonly version: number | null;
  readonly request: FastifyRequest;
  /** What `receive` took in before the transaction began. */
  readonly received: R;
}

/** An answer: JSON text passed through, an object, or bytes; `etag` is the record's version. */
export type Answer<T = unknown> =
  | { readonly json: string; readonly version?: number }
  | { readonly value: T; readonly version?: number }
  | {
      readonly bytes: Uint8Array | NodeJS.ReadableStream;
      readonly type: string;
      readonly fileName?: string;
      readonly inline?: boolean;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Work that needs no transaction any more (rendering, reading a file) and must not hold one. */
  | { readonly later: () => Promise<Answer<T>> };

/** What the http layer asks of identity. */
export interface Doorkeeper {
  /** The organisation of a path by slug or id, without saying whether it exists to those who do not belong to it. */
  organisation(reference: string, request: FastifyRequest): Promise<Organisation | null>;
  /** Who calls, in this organisation; null when he does not belong to it now. */
  actorIn(request: FastifyRequest, organisation: Organisation): Promise<Actor | null>;
  /** True when somebody is signed in or sends a valid token, whatever the organisation. */
  isSignedIn(request: FastifyRequest): Promise<boolean>;
  /** Writes down an attempt that was refused, in a transaction of its own. */
  refusedAttempt(request: FastifyRequest, code: string, organisation: Organisation | null): Promise<void>;
}

export interface House {
  readonly database: Database;
  readonly doorkeeper: Doorkeeper;
  readonly now: () => Date;
}

const fillIn = 'Fill it in.';
// Forms that have a word of their own; others are patterns that say themselves what they expect.
const ofForm: readonly string[] = ['date', 'datetime', 'uuid', 'guid', 'email'];
const ofKind: readonly string[] = ['invalid_type', 'invalid_value', 'invalid_format'];

/** What a schema found, as problems of an answer; `seen` is what was sent. */
export const issues = (error: z.ZodError, seen: unknown, schema: z.ZodType): ProblemItem[] => {
  const items = error.issues.flatMap((issue): ProblemItem[] => {
    const field = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        code: 'NOT_ACCEPTED',
        field: field === '' ? key : `${field}.${key}`,
        message: `"${key}" is not accepted here`,
        remedy: 'Remove it; fields that a command sets are changed by that command.',
      }));
    const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], seen);
    const isEmpty = value === undefined || value === null || value === '';
    const got = isEmpty ? 'nothing' : JSON.stringify(value)?.slice(0, 120);
    const wrongKind =
      (isEmpty && issue.code !== 'custom') ||
      (ofKind.includes(issue.code) && (issue.code !== 'invalid_format' || ofForm.includes(issue.format)));
    const expected = wrongKind ? expectedAt(schema, issue.path) : null;
    return [
      {
        code: issue.code.toUpperCase(),
        ...(field === '' ? {} : { field }),
        message: expected === null ? `${issue.message}; got ${got}` : `expected ${expected}, got ${got}`,
        remedy: isEmpty ? fillIn : (issueRemedies[issue.code] ?? 'Correct this value.'),
      },
    ];
  });
  // An empty value breaks several rules of its field at once; the first says enough.
  return items.filter((one, at) => one.remedy !== fillIn || items.findIndex(({ field }) => field === one.field) === at);
};

const issueRemedies: Readonly<Record<string, string>> = {
  invalid_type: 'Send a value of the expected kind.',
  invalid_value: 'Choose one of the expected values.',
  invalid_format: 'Write it in the expected form.',
  too_big: 'Make it shorter or smaller.',
  too_small: 'Make it longer or larger.',
};

const parse = <S extends z.ZodType | undefined>(schema: S, given: unknown): Out<S> => {
  if (schema === undefined) return undefined as Out<S>;
  const result = schema.safeParse(given);
  if (!result.success) throw invalid(issues(result.error, given, schema));
  return result.data as Out<S>;
};

const versionOf = (header: string | undefined): number | null => {
  if (header === undefined || header === '*') return null;
  const match = /^(?:W\/)?"?(\d+)"?$/.exec(header);
  if (match === null)
    throw invalid([{ code: 'IF_MATCH', field: 'If-Match', message: `expected a version such as "3", got ${header.slice(0, 60)}` }]);
  return Number(match[1]);
};

/** A text as RFC 8187 lets it stand in a header: apostrophes and brackets have a meaning there too. */
const extendedValue = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

const send = async (reply: FastifyReply, endpoint: Endpoint, answer: Answer): Promise<FastifyReply> => {
  if ('later' in answer) return send(reply, endpoint, await answer.later());
  if ('bytes' in answer) {
    const name = answer.fileName?.replaceAll(/[^\w. -]/g, '_') ?? 'file';
    return reply
      .header('content-type', answer.type)
      .header(
        'content-disposition',
        `${answer.inline === true ? 'inline' : 'attachment'}; filename="${name}"; filename*=UTF-8''${extendedValue(answer.fileName ?? 'file')}`,
      )
      .header('content-security-policy', "default-src 'none'; sandbox")
      .headers({ ...answer.headers })
      .send(answer.bytes);
  }
  if (answer.version !== undefined) reply.header('etag', `"${answer.version}"`);
  return reply
    .code(endpoint.status ?? 200)
    .type('application/json; charset=utf-8')
    .send('json' in answer ? answer.json : JSON.stringify(answer.value));
};

/** Mounts an endpoint that belongs to no organisation. */
export const mountOpen = <E extends Endpoint>(
  app: FastifyInstance,
  house: House,
  endpoint: E,
  handler: (call: Call<E>, reply: FastifyReply) => Promise<Answer<In<E['response']>>>,
): void => {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    handler: async (request, reply) => {
      if (endpoint.access.kind === 'member') throw new Error(`${endpoint.name} belongs to an organisation`);
      checkTexts(request);
      if (endpoint.access.kind === 'signed-in' && !(await house.doorkeeper.isSignedIn(request))) throw new ProblemError('NOT_SIGNED_IN');
      const call = {
        params: parse(endpoint.params, request.params),
        query: parse(endpoint.query, request.query),
        body: parse(endpoint.body, request.body ?? {}),
        version: null,
        request,
        received: undefined,
      } as Call<E>;
      return send(reply, endpoint, await handler(call, reply));
    },
  });
};

type MemberHandler<E extends Endpoint, R> = (tx: Tx, context: Context, call: Call<E, R>) => Promise<Answer<In<E['response']>>>;

/**
 * Mounts an endpoint of an organisation: who calls and whether he may, then one transaction around the handler. A write
 * with an Idempotency-Key leaves its answer in the same transaction; the same key brings that answer back. `receive` takes
 * in what comes slowly (files) once it is clear who calls and before there is a transaction to hold open. A read as of a
 * moment turns the transaction to the past before the handler sees it; `before` is the place to write something down.
 */
export const mount = <E extends Endpoint, R = undefined>(
  app: FastifyInstance,
  house: House,
  endpoint: E,
  handler: MemberHandler<E, R>,
  receive?: (request: FastifyRequest, organisation: Organisation) => Promise<R>,
  before?: (tx: Tx, context: Context, call: Call<E, R>) => Promise<void>,
): void => {
  const { access } = endpoint;
  if (access.kind !== 'member') throw new Error(`${endpoint.name} belongs to no organisation`);
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    handler: async (request, reply) => {
      checkTexts(request);
      const organisation = await house.doorkeeper.organisation((request.params as { org: string }).org, request);
      const actor = organisation === null ? null : await house.doorkeeper.actorIn(request, organisation);
      if (organisation === null || actor === null) {
        if (!(await house.doorkeeper.isSignedIn(request))) throw new ProblemError('NOT_SIGNED_IN');
        // Whether the organisation exists is nobody's business who does not belong to it.
        await house.doorkeeper.refusedAttempt(request, 'NOT_FOUND', organisation);
        throw new ProblemError('NOT_FOUND', { detail: 'No such organisation, or you do not belong to it.' });
      }
      if (actor.only !== undefined && !opensFor[actor.only].includes(endpoint.name)) {
        await house.doorkeeper.refusedAttempt(request, 'FORBIDDEN', organisation);
        throw new ProblemError('FORBIDDEN', { detail: `This token is for ${actor.only} alone.`, remedy: 'Use a token made for this.' });
      }
      if (!holdsOneOf(actor.roles, access.roles)) {
        await house.doorkeeper.refusedAttempt(request, 'FORBIDDEN', organisation);
        throw new ProblemError('FORBIDDEN', {
          detail:
            access.roles.length === 0
              ? 'Only the product itself writes these records.'
              : `This takes one of the roles ${access.roles.join(', ')}; you hold ${actor.roles.join(', ')}.`,
        });
      }
      refusePast(endpoint, request);
      const call = {
        params: parse(endpoint.params, request.params),
        query: parse(endpoint.query, request.query),
        body: parse(endpoint.body, request.body ?? {}),
        version: versionOf(request.headers['if-match']),
        request,
        received: await receive?.(request, organisation),
      } as Call<E, R>;
      const { answer, asOf } = await house.database
        .inOrganisation(organisation.id, async (tx) => {
          const context = createContext({ actor, organisation, now: house.now(), requestId: newId() });
          await logAuditorsRead(tx, context, endpoint, request);
          await before?.(tx, context, call);
          const asked = askedFor(endpoint, call.query);
          if (asked !== undefined) {
            const past = await enterPast(tx, context, asked);
            return { answer: await handler(past.tx, past.context, call), asOf: past.tx.asOf };
          }
          const work = () => handler(tx, context, call);
          return {
            answer: await withIdempotency(tx, context, endpoint, { ...call, body: request.body ?? call.received }, work),
            asOf: null,
          };
        })
        .catch(async (error: unknown) => {
          // What a handler forbids (a register, a signature) is an attempt like any other; its own transaction is gone.
          if (error instanceof ProblemError && error.code === 'FORBIDDEN')
            await house.doorkeeper.refusedAttempt(request, 'FORBIDDEN', organisation);
          throw error;
        });
      return send(tellMoment(reply, asOf), endpoint, answer);
    },
  });
};

/** What cannot speak of the past must not answer as if it did, and nothing can be written there. */
const refusePast = (endpoint: Endpoint, request: FastifyRequest): void => {
  if (endpoint.asOf === true || !Object.hasOwn(request.query as object, 'asOf')) return;
  throw invalid([
    {
      code: 'PRESENT_ONLY',
      field: 'asOf',
      message: `expected no asOf, since "${endpoint.summary}" is done in the present`,
      remedy: 'Leave asOf out.',
    },
  ]);
};

const askedFor = (endpoint: Endpoint, query: unknown): string | undefined =>
  endpoint.asOf === true ? (query as { readonly asOf?: string }).asOf : undefined;

const tellMoment = (reply: FastifyReply, asOf: AsOf | null): FastifyReply => {
  if (asOf === null) return reply;
  reply.header(asOfSizeHeader, String(asOf.checkpoint?.size ?? 0));
  return asOf.checkpoint === null ? reply : reply.header(asOfMomentHeader, asOf.checkpoint.at.toISOString());
};

/** An external auditor's read is written down before it is served; if it cannot be, it is not served. */
const logAuditorsRead = async (tx: Tx, context: Context, endpoint: Endpoint, request: FastifyRequest) => {
  if (!context.actor.roles.every((role) => role === 'external_auditor')) return;
  const { id } = request.params as { id?: string };
  await appendToTrail(tx, [
    {
      entry: newId(),
      register: endpoint.register ?? 'organisation',
      record: id ?? null,
      version: null,
      command: 'read',
      actor: actorId(context.actor),
      time: context.now.toISOString(),
      request: context.requestId,
      payload: { address: request.url, endpoint: endpoint.name },
    },
  ]);
};

/** A hash of a password among known words is as good as the password to whoever can read it and has time to guess. */
const withoutPassword = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'password')) return body ?? null;
  const { password: _password, ...rest } = body as Record<string, unknown>;
  return rest;
};

const withIdempotency = async <T>(
  tx: Tx,
  context: Context,
  endpoint: Endpoint,
  { request, body }: { readonly request: FastifyRequest; readonly body: unknown },
  work: () => Promise<Answer<T>>,
): Promise<Answer<T>> => {
  const key = request.headers['idempotency-key'];
  const actor = context.actor.accountId ?? context.actor.tokenId ?? actorId(context.actor);
  if (endpoint.method === 'GET' || typeof key !== 'string' || actor === null) return work();
  if (key.length < 1 || key.length > 200)
    throw invalid([{ code: 'IDEMPOTENCY_KEY', field: 'Idempotency-Key', message: `expected 1 to 200 characters, got ${key.length}` }]);
  const hash = createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(withoutPassword(body))}`)
    .digest('hex');
  const fresh = await tx.query(
    sql`insert into idempotency_keys (organization_id, actor, key, request_hash) values (${tx.organisationId}::uuid, ${actor}::uuid, ${key}, ${hash}) on conflict do nothing returning key`,
  );
  if (fresh.length === 0) {
    const [kept] = await tx.query<{ request_hash: string; answer: string | null; etag: string | null }>(
      sql`select request_hash, answer, etag from idempotency_keys where organization_id = ${tx.organisationId}::uuid and actor = ${actor}::uuid and key = ${key}`,
    );
    if (kept?.request_hash !== hash) throw new ProblemError('IDEMPOTENCY_MISMATCH', { remedy: 'Use a new key for a new request.' });
    // Secrets are shown once and never kept under a key; asking again cannot bring them back.
    if (kept.answer === null)
      throw new ProblemError('IDEMPOTENCY_MISMATCH', {
        detail: 'This request was carried out; its answer was shown once and is not kept.',
        remedy: 'Look at the list of what it made.',
      });
    return { json: kept.answer, ...(kept.etag === null ? {} : { version: Number(kept.etag) }) };
  }
  const answer = await work();
  if ('json' in answer || 'value' in answer) {
    const text = 'json' in answer ? answer.json : JSON.stringify(answer.value);
    await tx.query(
      sql`update idempotency_keys set answer = ${text}, etag = ${answer.version ?? null} where organization_id = ${tx.organisationId}::uuid and actor = ${actor}::uuid and key = ${key}`,
    );
  }
  return answer;
};
