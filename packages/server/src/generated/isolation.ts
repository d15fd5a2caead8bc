import type { Endpoint } from '@aimwell/contract/platform/endpoint';
import { registers } from '@aimwell/contract/registers';
import type { FastifyInstance } from 'fastify';
import type { Furnished } from './house.ts';
import { sampleValue } from './house.ts';

/** One request that names something of another organisation in one place. */
export interface Attempt {
  readonly endpoint: string;
  readonly place: string;
  readonly method: Endpoint['method'];
  readonly url: string;
  readonly body?: unknown;
}

const fill = (path: string, values: Readonly<Record<string, string>>) =>
  path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => values[name] ?? 'x'.repeat(24));

const bodyFor = (endpoint: Endpoint, ours: Furnished): Record<string, unknown> => {
  const register = registers.find((one) => one.name === endpoint.register);
  if (register === undefined || !endpoint.name.endsWith('.create')) return endpoint.name.endsWith('.archive') ? { reason: 'a reason' } : {};
  return Object.fromEntries(
    Object.entries(register.fields)
      .filter(([, field]) => field.managed === undefined && field.required === true)
      .map(([name, field]) => [name, field.kind === 'reference' ? ours.ids[field.to] : sampleValue(field)]),
  );
};

const paramsOf = (endpoint: Endpoint, from: Furnished, org: string, register: string): Record<string, string> => ({
  org,
  id: from.ids[endpoint.register ?? register] ?? '',
  register,
  report: 'soa',
  list: 'controls',
});

/**
 * Every place of every endpoint in which an id may stand: the organisation itself, ids in the path, references in bodies,
 * ids in filters, ids in arrays. Made from the declarations, so that a new register or endpoint is covered when it exists.
 */
export const attemptsOf = (endpoints: readonly Endpoint[], ours: Furnished, theirs: Furnished): Attempt[] =>
  endpoints
    .filter((endpoint) => endpoint.access.kind === 'member')
    .flatMap((endpoint): Attempt[] => {
      const { name, method, path } = endpoint;
      const body = method === 'GET' ? undefined : bodyFor(endpoint, ours);
      const withBody = (value: unknown) => (value === undefined ? {} : { body: value });
      const shared = path.includes(':register');
      const register = endpoint.register ?? 'systems';
      const attempts: Attempt[] = [
        {
          endpoint: name,
          place: 'organisation',
          method,
          url: fill(path, paramsOf(endpoint, theirs, theirs.organisation.slug, register)),
          ...withBody(body),
        },
      ];
      if (path.includes(':id')) {
        for (const each of shared ? registers.map((one) => one.name) : [register])
          attempts.push({
            endpoint: name,
            place: shared ? `path id of ${each}` : 'path id',
            method,
            url: fill(path, { ...paramsOf(endpoint, ours, ours.organisation.slug, each), id: theirs.ids[each] ?? '' }),
            ...withBody(body),
          });
      }
      const declared = registers.find((one) => one.name === endpoint.register);
      if (declared !== undefined && (name.endsWith('.create') || name.endsWith('.patch'))) {
        for (const [field, spec] of Object.entries(declared.fields)) {
          if ((spec.kind !== 'reference' && spec.kind !== 'references') || spec.managed !== undefined) continue;
          const foreign = theirs.ids[spec.to];
          attempts.push({
            endpoint: name,
            place: `body ${field}`,
            method,
            url: fill(path, paramsOf(endpoint, ours, ours.organisation.slug, register)),
            body: { ...body, [field]: spec.kind === 'reference' ? foreign : [foreign] },
          });
        }
      }
      if (declared !== undefined && (name.endsWith('.list') || name.endsWith('.count'))) {
        for (const [field, spec] of Object.entries(declared.fields)) {
          if (spec.filter !== true || (spec.kind !== 'reference' && spec.kind !== 'references')) continue;
          attempts.push({
            endpoint: name,
            place: `filter ${field}`,
            method,
            url: `${fill(path, paramsOf(endpoint, ours, ours.organisation.slug, register))}?${field}=${theirs.ids[spec.to]}`,
          });
        }
      }
      if (name === 'bulk.change') {
        for (const each of registers.filter((one) => one.permissions.change.length > 0))
          attempts.push({
            endpoint: name,
            place: `ids of ${each.name}`,
            method,
            url: fill(path, paramsOf(endpoint, ours, ours.organisation.slug, each.name)),
            body: { ids: [theirs.ids[each.name]], set: {} },
          });
      }
      return attempts;
    });

export interface Leak {
  readonly attempt: Attempt;
  readonly why: string;
}

/** The same attempts as of a moment, where the endpoint can be asked so. */
export const inThePast = (endpoints: readonly Endpoint[], attempts: readonly Attempt[], asOf: string): Attempt[] => {
  const able = new Set(endpoints.filter((endpoint) => endpoint.asOf === true).map(({ name }) => name));
  return attempts
    .filter(({ endpoint }) => able.has(endpoint))
    .map((attempt) => ({
      ...attempt,
      place: `${attempt.place} as of a moment`,
      url: `${attempt.url}${attempt.url.includes('?') ? '&' : '?'}asOf=${asOf}`,
    }));
};

/** Makes the attempts as a member of ours and returns every answer that gives, changes or reveals something of theirs. */
export const findLeaks = async (
  app: FastifyInstance,
  attempts: readonly Attempt[],
  ours: Furnished,
  theirs: Furnished,
): Promise<Leak[]> => {
  const authorization = `Bearer ${await ours.token('administrator')}`;
  const foreign = new Set([...Object.values(theirs.ids), theirs.organisation.id, theirs.organisation.name]);
  const leaks: Leak[] = [];
  for (const attempt of attempts) {
    const answer = await app.inject({
      method: attempt.method,
      url: attempt.url,
      headers: { authorization, 'if-match': '"1"' },
      ...(attempt.body === undefined ? {} : { payload: attempt.body as object }),
    });
    const sent = `${attempt.url}${JSON.stringify(attempt.body ?? '')}`;
    const told = [...foreign].find((secret) => answer.body.includes(secret) && !sent.includes(secret));
    const listed = attempt.place.startsWith('filter ');
    if (told !== undefined) leaks.push({ attempt, why: `the answer names ${told}` });
    else if (listed ? answer.statusCode !== 200 || !/"items":\[\]|"count":0/.test(answer.body) : answer.statusCode < 400)
      leaks.push({ attempt, why: `answered ${answer.statusCode}` });
    else if (answer.statusCode >= 500) leaks.push({ attempt, why: `failed with ${answer.statusCode}` });
  }
  return leaks;
};
