import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { identityEndpoints } from '@aimwell/contract/identity/endpoints';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import type { Migrated } from '../database/migrate.ts';
import { createApp } from '../http/app.ts';
import type { House } from '../http/mount.ts';
import type { Mail } from '../mail/mail.ts';
import { createSealer } from '../secrets/seal.ts';
import { createTestDatabase } from '../testing/template.ts';
import { createAccount } from './accounts.ts';
import { createOrganisation } from './founding.ts';
import { type Identity, openIdentity } from './identity.ts';
import { createAccountAndMembership, type NewPerson } from './people.ts';
import { removeFolder } from '../testing/folder.ts';

export const publicUrl = 'https://aims.example.org';
export const password = 'kettle orbit walnut';

/** A browser of its own: keeps its cookie, sends what a browser sends. */
export interface Browser {
  send(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  cookie: string | undefined;
  readonly address: string;
}

export interface TestHouse {
  readonly app: FastifyInstance;
  readonly identity: Identity;
  readonly house: House;
  readonly owner: pg.Client;
  readonly migrated: Migrated;
  /** What the clock of the house says; tests move it. */
  clock: Date;
  browser(address?: string): Browser;
  signedIn(email: string, address?: string): Promise<Browser>;
  organisation(slug: string, administrator: string): Promise<{ id: string; administrator: Browser }>;
  member(
    person: Partial<NewPerson> & Pick<NewPerson, 'organisation' | 'email' | 'roles'>,
  ): Promise<{ membershipId: string; personId: string }>;
  close(): Promise<void>;
}

let addresses = 0;
const freshAddress = () => {
  addresses += 1;
  return `10.9.${addresses >> 8}.${addresses & 255}`;
};

interface Wanted {
  readonly mail?: Mail;
  /** Mounts more than identity. */
  readonly more?: (app: FastifyInstance, house: House, identity: Identity) => void;
}

/** Identity over HTTP on a database of its own. */
export const createTestHouse = async ({ mail, more }: Wanted = {}): Promise<TestHouse> => {
  const test = await createTestDatabase();
  const owner = new pg.Client(test.owner);
  await owner.connect();
  const clock = { now: new Date() };
  const keys = await mkdtemp(path.join(tmpdir(), 'aimwell-keys-'));
  const identity = await openIdentity({
    connection: test.migrated.identity,
    database: test.database,
    config: { publicUrl, smtpUrl: null, mailFrom: 'aimwell@example.org' },
    now: () => clock.now,
    sealer: createSealer(keys),
    ...(mail === undefined ? {} : { mail }),
  });
  const house: House = { database: test.database, doorkeeper: identity.doorkeeper, now: () => clock.now };
  const app = await createApp({ publicUrl, maxUploadBytes: 1000 });
  identity.mount(app, house);
  more?.(app, house, identity);
  await app.ready();

  const browser = (address = freshAddress()): Browser => {
    const own: Browser = {
      cookie: undefined,
      address,
      send: async (method, url, body, headers = {}) => {
        const answer = await app.inject({
          method,
          url,
          remoteAddress: address,
          headers: { origin: publicUrl, ...(own.cookie === undefined ? {} : { cookie: own.cookie }), ...headers },
          ...(body === undefined ? {} : { payload: body as object }),
        });
        for (const cookie of answer.cookies)
          own.cookie = cookie.maxAge === 0 || cookie.value === '' ? undefined : `${cookie.name}=${encodeURIComponent(cookie.value)}`;
        return answer;
      },
    };
    return own;
  };
  const signedIn = async (email: string, address?: string) => {
    const own = browser(address);
    const answer = await own.send('POST', '/api/v1/session', { email, password });
    if (answer.statusCode !== 200) throw new Error(`sign-in of ${email}: ${answer.body}`);
    return own;
  };
  return {
    app,
    identity,
    house,
    owner,
    migrated: test.migrated,
    browser,
    signedIn,
    get clock() {
      return clock.now;
    },
    set clock(moment) {
      clock.now = moment;
    },
    organisation: async (slug, email) => {
      const administrator = await createAccount(identity.parts, { name: `Administrator of ${slug}`, email, password });
      const { id } = await createOrganisation(identity.parts, { name: `Organisation ${slug}`, slug, administrator });
      return { id, administrator: await signedIn(email) };
    },
    member: (person) => createAccountAndMembership(identity.parts, { name: person.email, password, ...person }),
    close: async () => {
      await app.close();
      await identity.close();
      await owner.end();
      await test.drop();
      await removeFolder(keys);
    },
  };
};

/** The endpoints that speak of one organisation, for tests over all of them. */
export const organisationBound = identityEndpoints.filter((one) => one.access.kind === 'member');
