import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { Endpoint } from '@aimwell/contract/platform/endpoint';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../errors.ts';

const webRoot = fileURLToPath(new URL('../../../../web/dist/', import.meta.url));

/** The built web: hashed files for a year, the page itself never cached, every unknown address the page. */
export const mountWeb = async (app: FastifyInstance): Promise<void> => {
  const index = path.join(webRoot, 'index.html');
  const built = existsSync(index);
  if (built)
    await app.register(fastifyStatic, {
      root: webRoot,
      wildcard: false,
      index: false,
      preCompressed: true,
      setHeaders: (reply, file) => {
        reply.header('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  const page = built ? await readFile(index, 'utf8') : '';
  app.setNotFoundHandler(async (request, reply) => {
    if (!built || request.url.startsWith('/api/') || request.method !== 'GET')
      throw new ProblemError('NOT_FOUND', { detail: built ? 'No such address.' : 'The web is not built; run npm run build.' });
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });
};

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A readable page of the API: every address, who may call it, and where the schema is. */
export const apiPage = (endpoints: readonly Endpoint[]): string => {
  const groups = Map.groupBy(endpoints, (endpoint) => endpoint.register ?? endpoint.name.split('.')[0] ?? '');
  const access = (endpoint: Endpoint) =>
    endpoint.access.kind === 'public'
      ? 'anyone'
      : endpoint.access.kind === 'signed-in'
        ? 'anyone signed in'
        : endpoint.access.roles.length === 0
          ? 'nobody: written by the product itself'
          : endpoint.access.roles.join(', ');
  const body = [...groups]
    .map(
      ([name, members]) =>
        `<section><h2 id="${escape(name)}">${escape(name)}</h2><table><thead><tr><th scope="col">Method</th><th scope="col">Address</th><th scope="col">What it does</th><th scope="col">Who may</th></tr></thead><tbody>${members.map((endpoint) => `<tr><td><code>${endpoint.method}</code></td><td><code>${escape(endpoint.path)}</code></td><td>${escape(endpoint.summary)}</td><td>${escape(access(endpoint))}</td></tr>`).join('')}</tbody></table></section>`,
    )
    .join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Aimwell API</title><style>
:root{color-scheme:light dark}body{font:16px/24px system-ui,sans-serif;max-width:1100px;margin:0 auto;padding:24px 16px}table{border-collapse:collapse;width:100%;font-size:14px;line-height:20px;display:block;overflow-x:auto}td,th{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);vertical-align:top}code{white-space:nowrap}a{color:LinkText}
</style></head><body><main><h1>Aimwell API</h1><p>The machine-readable form is <a href="/api/openapi.json">OpenAPI 3.1</a>. Sign in with a bearer token: <code>Authorization: Bearer aim_…</code>. Lists page by <code>cursor</code>; PATCH and DELETE name the version they saw in <code>If-Match</code>; POST takes an <code>Idempotency-Key</code>; errors are <code>application/problem+json</code>.</p>${body}</main></body></html>`;
};
