import { addComment, bulkChange, listComments, readLinks, search } from '@aimwell/contract/platform/endpoints';
import { patchSchema } from '@aimwell/contract/platform/schema';
import type { Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { holdsOneOf } from '@aimwell/core/roles/permissions';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { invalid, ProblemError } from '../errors.ts';
import { type House, mount } from '../http/mount.ts';
import type { RegisterActions } from './actions.ts';
import { addCommentTo, listCommentsOf } from './comments.ts';
import { readIncomingLinks } from './links.ts';
import { searchEverywhere } from './search.ts';

/** The register of a path, if this person may do this in it; otherwise it is not there. */
export const registerFor = (context: Context, name: string, deed: 'read' | 'create' | 'change'): Register => {
  const register = registers.find((one) => one.name === name);
  if (register === undefined || !holdsOneOf(context.actor.roles, register.permissions.read))
    throw new ProblemError('NOT_FOUND', { detail: `No register named ${name}.` });
  if (!holdsOneOf(context.actor.roles, register.permissions[deed]))
    throw new ProblemError('FORBIDDEN', { detail: `This takes one of the roles ${register.permissions[deed].join(', ')}.` });
  return register;
};

/** Routes that serve all registers alike: search, comments, links, change of many. */
export const mountShared = (app: FastifyInstance, house: House, actions: RegisterActions): void => {
  mount(app, house, search, async (tx, context, { query }) => {
    const readable = new Set(
      registers.filter((register) => holdsOneOf(context.actor.roles, register.permissions.read)).map((register) => register.name),
    );
    return { value: { items: (await searchEverywhere(tx, query.q, query.limit)).filter((hit) => readable.has(hit.register)) } };
  });
  mount(app, house, listComments, async (tx, context, { params }) => ({
    json: await listCommentsOf(tx, registerFor(context, params.register, 'read'), params.id),
  }));
  mount(app, house, addComment, async (tx, context, { params, body }) => ({
    json: await addCommentTo(tx, context, registerFor(context, params.register, 'read'), params.id, body.body),
  }));
  mount(app, house, readLinks, async (tx, context, { params }) => ({
    value: { items: await readIncomingLinks(tx, registerFor(context, params.register, 'read'), params.id) },
  }));
  mount(app, house, bulkChange, async (tx, context, { params, body }) => {
    const register = registerFor(context, params.register, 'change');
    const parsed = patchSchema(register).safeParse(body.set);
    if (!parsed.success)
      throw invalid(
        parsed.error.issues.map((issue) => ({
          code: 'INVALID',
          field: issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'set'),
          message: issue.message,
        })),
      );
    const { reason, ...set } = parsed.data as { reason?: string } & Record<string, unknown>;
    const rows = await actions.change(
      tx,
      context,
      register,
      [...new Set(body.ids)].map((id) => ({ id, version: null, set })),
      { reason: body.reason ?? reason },
    );
    return { value: { changed: rows.length } };
  });
};
