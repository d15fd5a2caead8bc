import { draftContext as endpoint } from '@aimwell/contract/context/endpoints';
import type { FastifyInstance } from 'fastify';
import { type House, mount } from '../platform/http/mount.ts';
import { draftContext } from './drafts.ts';

/** Mounts the drafts of the first hour. */
export const mountContext = (app: FastifyInstance, house: House): void => {
  mount(app, house, endpoint, async (tx, context, { body }) => ({ value: await draftContext(tx, context, body) }));
};
