import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import { problemStatus } from '@aimwell/contract/platform/problem';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ProblemError, problemBody } from '../errors.ts';
import { safeHeaders } from './safe-headers.ts';

export interface HttpOptions {
  readonly publicUrl: string;
  readonly log?: boolean;
  readonly maxUploadBytes: number;
  readonly trustProxy?: boolean;
}

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', '57P01', '57P02', '57P03', '08006', '08001', '53300']);

const asProblem = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message?: string };
  if (code === 'FST_REQ_FILE_TOO_LARGE' || code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new ProblemError('TOO_LARGE', { detail: message ?? '' });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ProblemError('UNSUPPORTED_MEDIA', { detail: 'Send application/json.' });
  if (statusCode === 400) return new ProblemError('INVALID', { detail: 'The body is not the JSON it says it is.' });
  if (statusCode === 413) return new ProblemError('TOO_LARGE', { detail: message ?? '' });
  if (statusCode === 406 || statusCode === 415) return new ProblemError('UNSUPPORTED_MEDIA', { detail: message ?? '' });
  if (statusCode === 429) return new ProblemError('TOO_MANY');
  if (code === '53100' || code === 'ENOSPC')
    return new ProblemError('STORAGE_FULL', { remedy: 'Free space on the disk of the database or of the files, then repeat.' });
  if (code !== undefined && unreachable.has(code)) return new ProblemError('UNAVAILABLE', { remedy: 'Try again in a moment.' });
  if (/timeout exceeded when trying to connect|Connection terminated/.test(message ?? ''))
    return new ProblemError('UNAVAILABLE', { remedy: 'Try again in a moment.' });
  // A value that passed every schema and that PostgreSQL cannot hold all the same: the sender's, not ours; logged as a gap.
  if (isValueRefused(error))
    return new ProblemError('INVALID', {
      detail: 'One of the values cannot be stored.',
      remedy: 'Look for dates before the year 1, numbers beyond two thousand million, and texts of unusual length.',
    });
  return new ProblemError('INTERNAL');
};

/** Data exceptions (class 22), a check of the table, and an index entry that is too long. */
const isValueRefused = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (/^22[0-9A-Z]{3}$/.test(code) || code === '23514' || code === '54000');
};

const answerProblem = (reply: FastifyReply, found: ProblemError, request: string): FastifyReply =>
  reply
    .code(problemStatus[found.code])
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(found, request)));

/** Changes under a session must come from our own pages, and say so; scripts carry a token instead of a cookie. */
const checkOrigin = (request: FastifyRequest, publicUrl: string) => {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers.authorization !== undefined) return;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const own = new Set([new URL(publicUrl).origin, `http://${request.headers.host}`, `https://${request.headers.host}`]);
  if (request.headers.cookie !== undefined && origin === undefined && site === undefined)
    throw new ProblemError('FORBIDDEN', {
      detail: 'A change under a session names its Origin, and this request does not.',
      remedy: 'Send the Origin header, or use an API token.',
    });
  if ((origin !== undefined && !own.has(origin)) || site === 'cross-site' || site === 'same-site')
    throw new ProblemError('FORBIDDEN', { detail: 'This request comes from another site.' });
};

/** The HTTP server with its safe defaults: headers, size limits, origin check, problem+json for every error. */
export const createApp = async (options: HttpOptions): Promise<FastifyInstance> => {
  const app = Fastify({
    logger: options.log === true ? { level: 'warn' } : false,
    bodyLimit: 20 * 1024 * 1024,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    // An address that is none never reaches a route; it is answered like everything else all the same.
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      void answerProblem(reply, new ProblemError('INVALID', { detail: 'The address is not a well-formed URL.' }), request.id);
    },
  });
  await app.register(multipart, {
    limits: {
      // One byte more than is allowed, so that what is larger is seen to be larger and is not cut and kept.
      fileSize: options.maxUploadBytes + 1,
      files: 1,
      fields: 20,
      fieldSize: 1_000_000,
    },
  });
  const always = safeHeaders(options.publicUrl);
  app.addHook('onRequest', (request, reply, done) => {
    // Also what is refused here carries them.
    reply.headers(always);
    checkOrigin(request, options.publicUrl);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    done();
  });
  app.setErrorHandler((error, request, reply) => {
    const found = asProblem(error);
    if (found.code === 'INTERNAL' || isValueRefused(error))
      process.stderr.write(
        `${JSON.stringify({ level: 'error', request: request.id, route: request.routeOptions.url, message: (error as Error).message, stack: (error as Error).stack })}\n`,
      );
    return answerProblem(reply, found, request.id);
  });
  return app;
};
