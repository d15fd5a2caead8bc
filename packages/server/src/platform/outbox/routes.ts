import { dismissOutbox, listOutbox, retryOutbox } from '@aimwell/contract/platform/outbox';
import type { FastifyInstance } from 'fastify';
import { type House, mount } from '../http/mount.ts';
import { dismissMessage, listWaiting, retryMessage } from './actions.ts';

/** Mounts what shows the outbox to those who can do something about it. */
export const mountOutbox = (app: FastifyInstance, house: House): void => {
  mount(app, house, listOutbox, async (tx) => ({ json: await listWaiting(tx) }));
  mount(app, house, retryOutbox, async (tx, context, { params }) => ({ json: await retryMessage(tx, context, params.id) }));
  mount(app, house, dismissOutbox, async (tx, context, { params }) => {
    await dismissMessage(tx, context, params.id);
    return { value: { done: true as const } };
  });
};
