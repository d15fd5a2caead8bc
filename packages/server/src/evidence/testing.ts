import type { FastifyInstance } from 'fastify';
import type { TokenPurpose } from '@aimwell/core/identity/token';
import type { Role } from '@aimwell/core/roles/permissions';
import { buildApp } from '../compose.ts';
import { createJourney, type Journey, type Reply } from '../journey/testing.ts';
import { createContext } from '../platform/context.ts';
import { createToken } from '../platform/identity/tokens.ts';

export const today = new Date().toISOString().slice(0, 10);

/** A form as pipelines send it; a part that is a pair of name and bytes is a file. */
export const form = (
  parts: readonly (readonly [name: string, value: string | { readonly fileName: string; readonly bytes: string | Buffer }])[],
) => {
  const line = (text: string) => Buffer.from(`${text}\r\n`);
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=xyz' },
    payload: Buffer.concat([
      ...parts.flatMap(([name, value]) =>
        typeof value === 'string'
          ? [line('--xyz'), line(`Content-Disposition: form-data; name="${name}"`), line(''), line(value)]
          : [
              line('--xyz'),
              line(`Content-Disposition: form-data; name="${name}"; filename="${value.fileName}"`),
              line('Content-Type: application/octet-stream'),
              line(''),
              Buffer.from(value.bytes),
              line(''),
            ],
      ),
      line('--xyz--'),
    ]),
  };
};

/** The product with one organisation, and a token that brings evidence. */
export const createVault = async (slug: string) => {
  const journey: Journey = await createJourney(slug);
  const app: FastifyInstance = await buildApp(journey.house);
  await app.ready();
  const token = (role: Role, only?: TokenPurpose): Promise<string> =>
    journey.house.database.inOrganisation(journey.organisation.id, async (tx) => {
      const actor = { kind: 'person', personId: journey.administrator.personId, roles: ['administrator'] } as const;
      const context = createContext({ actor, organisation: journey.organisation, now: new Date() });
      return (await createToken(tx, context, { name: role, role, days: 1, only })).token;
    });
  const bearer = await token('contributor');
  const send = async (address: string, parts: Parameters<typeof form>[0], headers: Record<string, string> = {}): Promise<Reply> => {
    const body = form(parts);
    const answer = await app.inject({
      method: 'POST',
      url: `/api/v1/orgs/${slug}/${address}`,
      headers: { authorization: `Bearer ${bearer}`, ...body.headers, ...headers },
      payload: body.payload,
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const download = (address: string) =>
    app.inject({ method: 'GET', url: `/api/v1/orgs/${slug}/${address}`, headers: { authorization: `Bearer ${bearer}` } });
  return {
    journey,
    app,
    token,
    bearer,
    send,
    download,
    close: async () => {
      await app.close();
      await journey.close();
    },
  };
};
export type Vault = Awaited<ReturnType<typeof createVault>>;
