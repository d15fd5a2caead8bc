import { registerEndpoints } from '@aimwell/contract/platform/endpoint';
import type { Register } from '@aimwell/contract/platform/register';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { ProblemError } from '../errors.ts';
import { type House, mount } from '../http/mount.ts';
import type { RegisterActions } from './actions.ts';
import { readHistory } from './history.ts';
import { countRecords, listPage, type ListQuery } from './list.ts';
import { readView } from './read.ts';

/** Checks the password of whoever signs; throws PASSWORD_REQUIRED. */
export type CheckSignature = (context: Context, password: string | undefined) => Promise<void>;

const namedVersion = (version: number | null): number => {
  if (version === null)
    throw new ProblemError('VERSION_MISSING', {
      detail: 'Send If-Match with the version you saw.',
      remedy: 'Read the record; its version stands in the ETag header.',
    });
  return version;
};

/** The routes every register has, and one for each of its commands. */
export const mountRegister = (
  app: FastifyInstance,
  house: House,
  register: Register,
  actions: RegisterActions,
  checkSignature: CheckSignature,
): void => {
  const endpoints = registerEndpoints(register);
  mount(app, house, endpoints.list, async (tx, _context, { query }) => ({
    json: await listPage(tx, register, query as unknown as ListQuery),
  }));
  mount(app, house, endpoints.count, async (tx, _context, { query }) => ({
    value: await countRecords(tx, register, query as unknown as ListQuery),
  }));
  mount(app, house, endpoints.get, async (tx, _context, { params }) => readView(tx, register, params.id));
  mount(app, house, endpoints.history, async (tx, _context, { params }) => ({
    value: { items: await readHistory(tx, register, params.id) },
  }));
  mount(app, house, endpoints.create, async (tx, context, { body }) => {
    const { reason, ...values } = body as { reason?: string } & Record<string, unknown>;
    const [row] = await actions.create(tx, context, register, [values], { reason });
    return readView(tx, register, row?.id ?? '');
  });
  mount(app, house, endpoints.patch, async (tx, context, { params, body, version }) => {
    const { reason, ...set } = body as { reason?: string } & Record<string, unknown>;
    await actions.change(tx, context, register, [{ id: params.id, version: namedVersion(version), set }], { reason });
    return readView(tx, register, params.id);
  });
  mount(app, house, endpoints.archive, async (tx, context, { params, body, version }) => {
    await actions.archive(tx, context, register, params.id, namedVersion(version), body.reason);
    return readView(tx, register, params.id);
  });
  for (const declared of register.commands) {
    const endpoint = endpoints.commands[declared.name];
    if (endpoint === undefined) continue;
    mount(app, house, endpoint, async (tx, context, { params, body, version }) => {
      const { password, ...input } = body as { password?: string } & Record<string, unknown>;
      if (declared.signature === true) await checkSignature(context, password);
      await actions.command(tx, context, register, declared, (params as { id: string }).id, version, input);
      return readView(tx, register, (params as { id: string }).id);
    });
  }
};
