import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildApp, openHouse } from '@aimwell/server/compose';
import { openEmbedded } from '@aimwell/server/platform/database/embedded/launch';
import { createOrganisation } from '@aimwell/server/platform/identity/founding';
import { createOperatorToken } from '@aimwell/server/platform/identity/identity';
import type { Organisation } from '@aimwell/server/platform/context';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

/** One organisation of the run: `ask` sends a request as its administrator and answers with the time inside the server. */
export interface Tenant {
  readonly organisation: Organisation;
  readonly token: string;
  readonly ask: (method: 'GET' | 'PATCH' | 'POST', url: string, more?: { body?: object; version?: number }) => Promise<Asked>;
}
export interface Asked {
  readonly status: number;
  readonly body: string;
  /** From the first hook to the last byte, in milliseconds. */
  readonly ms: number;
}

/** The product as it is shipped, on a PostgreSQL of its own that is thrown away. It listens on a free port of loopback only when asked to. */
export const openBenchHouse = async () => {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'aimwell-bench-'));
  const server = await openEmbedded({ dataDirectory });
  const config = {
    host: '127.0.0.1',
    port: 4600,
    publicUrl: 'http://127.0.0.1:4600',
    dataDirectory,
    databaseUrl: null,
    smtpUrl: null,
    mailFrom: 'aimwell@example.org',
    maxUploadBytes: 2_000_000_000,
  };
  const house = await openHouse(config, {
    owner: server.connection,
    kind: 'embedded',
    attached: false,
    version: server.version,
    stop: server.stop,
  });
  const times = new Map<string, number>();
  const app = await buildApp(house, (own) => {
    own.addHook('onResponse', (request, reply, done) => {
      times.set(request.id, reply.elapsedTime);
      done();
    });
    own.get('/hello', (_request, reply) => reply.type('text/plain').send('hello'));
  });
  await app.ready();

  const inject = async (method: 'GET' | 'PATCH' | 'POST', url: string, headers: Record<string, string>, body?: object): Promise<Asked> => {
    let id = '';
    // The id is made by the server; it is caught here so that its time can be fetched once the answer is out.
    const before = new Set(times.keys());
    const answer = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
    while (id === '') {
      id = [...times.keys()].find((key) => !before.has(key)) ?? '';
      if (id === '') await new Promise((resolve) => setImmediate(resolve));
    }
    const ms = times.get(id) ?? 0;
    times.clear();
    return { status: answer.statusCode, body: answer.body, ms };
  };

  const tenant = async (slug: string): Promise<Tenant> => {
    const organisation = await createOrganisation(house.identity.parts, { name: `Organisation ${slug}`, slug });
    const token = await createOperatorToken(house.identity.parts, slug, { name: 'bench', role: 'administrator', days: 1 });
    const ask: Tenant['ask'] = async (method, url, { body, version } = {}) => {
      const headers = { authorization: `Bearer ${token}`, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) };
      const answer = await inject(method, url.startsWith('/api') ? url : `/api/v1/orgs/${slug}/${url}`, headers, body);
      if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${answer.body.slice(0, 400)}`);
      return answer;
    };
    return { organisation, token, ask };
  };

  const close = async () => {
    await app.close();
    await house.close();
    await removeFolder(dataDirectory);
  };
  const listen = () => app.listen({ host: '127.0.0.1', port: 0 });
  return { house, owner: server.connection, dataDirectory, listen, hello: () => inject('GET', '/hello', {}), tenant, close };
};

export type BenchHouse = Awaited<ReturnType<typeof openBenchHouse>>;
