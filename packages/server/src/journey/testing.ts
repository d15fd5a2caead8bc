import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProblemItem } from '@aimwell/contract/platform/problem';
import type { Role } from '@aimwell/core/roles/permissions';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { buildApp, openHouse } from '../compose.ts';
import type { Organisation } from '../platform/context.ts';
import { createAccount } from '../platform/identity/accounts.ts';
import { createOrganisation } from '../platform/identity/founding.ts';
import { createAccountAndMembership, type NewPerson } from '../platform/identity/people.ts';
import { password } from '../platform/identity/testing.ts';
import { createTestDatabase } from '../platform/testing/template.ts';
import { removeFolder } from '../platform/testing/folder.ts';

const publicUrl = 'http://127.0.0.1:4600';

/** A record as the API answers it. */
export type Answered = Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number };
export interface Reply {
  readonly status: number;
  readonly body: Answered & {
    readonly problems?: readonly Pick<ProblemItem, 'code' | 'field'>[];
    readonly items?: readonly Answered[];
    readonly next?: string | null;
  };
}
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Somebody who is signed in and works in one organisation over HTTP. */
export interface Visitor {
  readonly personId: string;
  /** Whatever comes back, good or not. */
  ask(method: Method, address: string, body?: object, headers?: Record<string, string>): Promise<Reply>;
  /** The file at an address, as text and as it is. */
  file(address: string): Promise<{ readonly type: string; readonly text: string; readonly bytes: Uint8Array }>;
  /** The body of an answer that must be good; throws what was refused. */
  do(method: Method, address: string, body?: object, headers?: Record<string, string>): Promise<Reply['body']>;
  /** The codes that stand against a deed; none when it went through. */
  against(address: string, body?: object): Promise<string[]>;
}

let visitors = 0;

const signIn = async (app: FastifyInstance, slug: string, email: string, personId: string): Promise<Visitor> => {
  visitors += 1;
  // Each comes from an address of their own, or the limits on sign-in would take them for one.
  const remoteAddress = `10.8.${visitors >> 8}.${visitors & 255}`;
  const entered = await app.inject({
    method: 'POST',
    url: '/api/v1/session',
    remoteAddress,
    headers: { origin: publicUrl },
    payload: { email, password },
  });
  const cookie = entered.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  const ask: Visitor['ask'] = async (method, address, body, headers = {}) => {
    const answer = await app.inject({
      method,
      url: `/api/v1/orgs/${slug}/${address}`,
      remoteAddress,
      headers: { origin: publicUrl, cookie, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  return {
    personId,
    ask,
    file: async (address) => {
      const url = `/api/v1/orgs/${slug}/${address}`;
      const answer = await app.inject({ method: 'GET', url, remoteAddress, headers: { origin: publicUrl, cookie } });
      return { type: String(answer.headers['content-type']), text: answer.payload, bytes: answer.rawPayload };
    },
    do: async (method, address, body, headers) => {
      const { status, body: answered } = await ask(method, address, body, headers);
      if (status >= 400) throw new Error(`${method} ${address}: ${status} ${JSON.stringify(answered)}`);
      return answered;
    },
    against: async (address, body = {}) => {
      const { status, body: answered } = await ask('POST', address, body);
      if (status < 400) return [];
      return ((answered.problems as readonly { code: string; field?: string }[] | undefined) ?? [{ code: String(answered['code']) }]).map(
        ({ code, field }) => (field === undefined ? code : `${code} ${field}`),
      );
    },
  };
};

/** The whole product over a database of its own, with one organisation; people come in by `enter`. */
export const createJourney = async (slug: string) => {
  const test = await createTestDatabase();
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'aimwell-journey-'));
  const config = {
    host: '127.0.0.1',
    port: 4600,
    publicUrl,
    dataDirectory,
    databaseUrl: null,
    smtpUrl: null,
    mailFrom: 'aimwell@example.org',
    maxUploadBytes: 10_000_000,
  };
  const house = await openHouse(config, { owner: test.owner, kind: 'embedded', attached: true, version: '', stop: async () => {} });
  const app = await buildApp(house);
  await app.ready();
  const owner = new pg.Client(test.owner);
  await owner.connect();
  const organisation: Organisation = await createOrganisation(house.identity.parts, {
    name: `Organisation ${slug}`,
    slug,
    administrator: await createAccount(house.identity.parts, {
      name: 'Administrator',
      email: `administrator@${slug}.example.org`,
      password,
    }),
  });
  const { rows } = await owner.query<{ person_id: string }>('select person_id from memberships where organization_id = $1', [
    organisation.id,
  ]);

  const enter = async (role: Role, more: Partial<NewPerson> = {}): Promise<Visitor> => {
    const email = `${role}@${slug}.example.org`;
    const { personId } = await createAccountAndMembership(house.identity.parts, {
      organisation: slug,
      email,
      name: `The ${role.replaceAll('_', ' ')}`,
      function: role.replaceAll('_', ' '),
      password,
      roles: [role],
      ...more,
    });
    return signIn(app, slug, email, personId);
  };
  return {
    house,
    owner,
    organisation,
    enter,
    /** Somebody who has an account already, such as those of the demonstration, in an organisation by its short name. */
    visit: (inOrganisation: string, email: string) => signIn(app, inOrganisation, email, ''),
    administrator: await signIn(app, slug, `administrator@${slug}.example.org`, rows[0]?.person_id ?? ''),
    close: async () => {
      await owner.end();
      await app.close();
      await house.close();
      await test.drop();
      await removeFolder(dataDirectory);
    },
  };
};
export type Journey = Awaited<ReturnType<typeof createJourney>>;
export { password };

/** Every record of a list, page by page. */
export const everyRecord = async (visitor: Visitor, address: string): Promise<Answered[]> => {
  const found: Answered[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Reply['body'] = await visitor.do(
      'GET',
      `${address}${address.includes('?') ? '&' : '?'}limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    found.push(...(page.items ?? []));
    cursor = page.next ?? null;
  }
  return found;
};

const folder = process.env['AIMWELL_CORPORA'] ?? fileURLToPath(new URL('../../../../../shared/corpora', import.meta.url));
const inventory = path.join(folder, 'us-federal-ai-inventory-2024-v2.csv');

/** The inventory of 2,133 systems that the main job is shown on; where it is not at hand, 200 rows made up here. */
export const readInventory = async (): Promise<{ bytes: Uint8Array; fileName: string; rows: number }> => {
  if (existsSync(inventory)) return { bytes: await readFile(inventory), fileName: path.basename(inventory), rows: 2133 };
  const lines = Array.from(
    { length: 200 },
    (_, index) => `Use case ${index + 1},Agency ${(index % 7) + 1},"Sorts letters, kind ${index % 11}"`,
  );
  return { bytes: Buffer.from(['Use Case Name,Agency,Purpose', ...lines].join('\n')), fileName: 'made-up.csv', rows: lines.length };
};
