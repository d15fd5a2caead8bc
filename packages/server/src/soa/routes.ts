import { readSoa, readSoaDiff as diffEndpoint } from '@aimwell/contract/soa/endpoints';
import type { FastifyInstance } from 'fastify';
import { type House, mount } from '../platform/http/mount.ts';
import { readSoaDiff, readSoaView } from './reads.ts';

/** Mounts the page of the Statement of Applicability and the comparison of two versions. */
export const mountSoa = (app: FastifyInstance, house: House): void => {
  mount(app, house, readSoa, async (tx, context, { query }) => ({ value: await readSoaView(tx, context.today, query.version) }));
  mount(app, house, diffEndpoint, async (tx, _context, { query }) => ({ value: await readSoaDiff(tx, query.from, query.to) }));
};
