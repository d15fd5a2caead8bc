import { type OrganisationAction, type Role, organisationActions } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import type { Register } from './register.ts';
import { calendarDay, createSchema, historyEntry, page, patchSchema, viewSchema } from './schema.ts';

/** Who may call an endpoint: nobody in particular, anyone signed in, or members of the organisation in the path with one of these roles. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'member'; readonly roles: readonly Role[] };

export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  /** Unique and stable: operationId in OpenAPI. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Fastify style; everything of an organisation lies below `/api/v1/orgs/:org`. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  /** Status of the good answer; 200 unless said. */
  readonly status?: number;
  /** The register whose records it speaks of, for generated tests. */
  readonly register?: string;
  /** The answer is bytes (a file), not JSON. */
  readonly binary?: boolean;
  /** A read that can be asked as of a moment: its query holds `asOf` (spread `pastQuery`), and the answer carries the two headers below. */
  readonly asOf?: boolean;
}

export { asOfMomentHeader, asOfSizeHeader } from './as-of-headers.ts';

const isMoment = (given: string): boolean =>
  calendarDay.safeParse(given).success || z.iso.datetime({ offset: true }).safeParse(given).success;

/** A day (its end in UTC) or an RFC 3339 moment; the answer is what the records said under the newest checkpoint signed by then. */
export const asOfMoment = z
  .string()
  .max(40)
  .refine(isMoment, 'expected a day such as 2026-03-31 or a moment such as 2026-03-31T12:00:00Z')
  .meta({ description: 'A day (its end in UTC) or an RFC 3339 moment: answer what the records said then' });

/** The member of a query that `asOf: true` asks for. */
export const pastQuery = { asOf: asOfMoment.optional() } as const;

/** Declares an endpoint. From it come the route, the typed client, OpenAPI, and the isolation and authorisation tests. */
export const endpoint = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  declared: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> => {
  const taken = declared.query instanceof z.ZodObject && 'asOf' in declared.query.shape;
  if (taken !== (declared.asOf === true) || (taken && declared.method !== 'GET'))
    throw new Error(`${declared.name}: a read as of a moment is a GET that says asOf: true and has pastQuery in its query`);
  return declared;
};

export const open: Access = { kind: 'public' };
export const signedIn: Access = { kind: 'signed-in' };
export const members = (roles: readonly Role[]): Access => ({ kind: 'member', roles });
export const may = (action: OrganisationAction): Access => members(organisationActions[action]);

/** `org` is the slug or id of the organisation. */
export const orgParams = z.strictObject({ org: z.string().min(1).max(80) });
export const recordParams = orgParams.extend({ id: z.uuid() });

/** Query of every list. Filters are `field=value` (repeat for "one of"); ranges `field.from`, `field.to`; sort `field` or `-field`. */
export const listQuery = (register: Register) => {
  const filters = Object.entries(register.fields).filter(([, field]) => field.filter === true);
  const many = z.union([z.string().max(300), z.array(z.string().max(300)).max(200)]).optional();
  return z.strictObject({
    q: z.string().trim().max(200).optional(),
    sort: z.enum(sortsOf(register) as [string, ...string[]]).optional(),
    cursor: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    archived: z.enum(['true', 'false']).default('false'),
    ...pastQuery,
    ...Object.fromEntries(
      filters.flatMap(([name, field]) =>
        field.kind === 'date' || field.kind === 'integer'
          ? [
              [name, many],
              [`${name}.from`, z.string().max(30).optional()],
              [`${name}.to`, z.string().max(30).optional()],
            ]
          : [[name, many]],
      ),
    ),
  });
};

/** Sort keys of a register: its identifier, last change, and every field declared sortable; `-` turns the order. */
export const sortsOf = (register: Register): string[] =>
  [
    'identifier',
    'updatedAt',
    ...Object.entries(register.fields)
      .filter(([, field]) => field.sort === true)
      .map(([name]) => name),
  ].flatMap((name) => [name, `-${name}`]);

const base = (register: Register) => `/api/v1/orgs/:org/${register.name}`;

/** The endpoints every register has. */
export const registerEndpoints = (register: Register) => {
  const view = viewSchema(register);
  const { permissions, name } = register;
  const common = { register: name } as const;
  return {
    list: endpoint({
      ...common,
      name: `${name}.list`,
      method: 'GET',
      path: base(register),
      access: members(permissions.read),
      summary: `List ${name}`,
      params: orgParams,
      query: listQuery(register),
      response: page(view),
      asOf: true,
    }),
    count: endpoint({
      ...common,
      name: `${name}.count`,
      method: 'GET',
      path: `${base(register)}/count`,
      access: members(permissions.read),
      summary: `Count ${name}, by the same filters as the list`,
      params: orgParams,
      query: listQuery(register).extend({ by: z.string().max(60).optional() }),
      response: z.strictObject({
        count: z.int(),
        groups: z.array(z.strictObject({ value: z.string().nullable(), count: z.int() })).optional(),
      }),
      asOf: true,
    }),
    create: endpoint({
      ...common,
      name: `${name}.create`,
      method: 'POST',
      path: base(register),
      access: members(permissions.create),
      summary: `Create one of ${name}`,
      params: orgParams,
      body: createSchema(register),
      response: view,
      status: 201,
    }),
    get: endpoint({
      ...common,
      name: `${name}.get`,
      method: 'GET',
      path: `${base(register)}/:id`,
      access: members(permissions.read),
      summary: `Read one of ${name}`,
      params: recordParams,
      query: z.strictObject(pastQuery),
      response: view,
      asOf: true,
    }),
    patch: endpoint({
      ...common,
      name: `${name}.patch`,
      method: 'PATCH',
      path: `${base(register)}/:id`,
      access: members(permissions.change),
      summary: `Change one of ${name} (If-Match)`,
      params: recordParams,
      body: patchSchema(register),
      response: view,
    }),
    archive: endpoint({
      ...common,
      name: `${name}.archive`,
      method: 'DELETE',
      path: `${base(register)}/:id`,
      access: members(permissions.archive),
      summary: `Archive one of ${name} with a reason (If-Match)`,
      params: recordParams,
      body: z.strictObject({ reason: z.string().trim().min(3).max(2000) }),
      response: view,
    }),
    history: endpoint({
      ...common,
      name: `${name}.history`,
      method: 'GET',
      path: `${base(register)}/:id/history`,
      access: members(permissions.read),
      summary: 'Every version of a record with what changed',
      params: recordParams,
      query: z.strictObject(pastQuery),
      response: z.strictObject({ items: z.array(historyEntry) }),
      asOf: true,
    }),
    commands: Object.fromEntries(
      register.commands.map((command) => [
        command.name,
        endpoint({
          ...common,
          name: `${name}.${command.name}`,
          method: 'POST',
          path: `${base(register)}/:id/${command.name}`,
          access: members(command.roles),
          summary: `${command.name} (${name})`,
          params: recordParams,
          body:
            command.signature === true
              ? (command.input as z.ZodObject).extend({ password: z.string().max(200).optional() })
              : command.input,
          response: view,
        }),
      ]),
    ),
  };
};
