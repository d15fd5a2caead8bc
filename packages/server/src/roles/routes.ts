import { readIncompatibilities } from '@aimwell/contract/roles/endpoints';
import type { FastifyInstance } from 'fastify';
import { type House, mount } from '../platform/http/mount.ts';
import { readIncompatible } from './reads.ts';

/** Mounts what should not lie in one hand. */
export const mountRoles = (app: FastifyInstance, house: House): void => {
  mount(app, house, readIncompatibilities, async (tx, context) => ({ value: { items: await readIncompatible(tx, context.today) } }));
};
