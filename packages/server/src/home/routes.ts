import { countMyWork, readChanges, readDue, readMyWork } from '@aimwell/contract/home/endpoints';
import type { FastifyInstance } from 'fastify';
import { type House, mount } from '../platform/http/mount.ts';
import { readAwaiting } from './awaiting.ts';
import { readChanged } from './changes.ts';
import { readDueDates } from './due.ts';

/** Mounts what stands on the home page and on "My work": dates, changes, decisions that wait. */
export const mountHome = (app: FastifyInstance, house: House): void => {
  mount(app, house, readDue, async (tx, context, { query }) => ({ value: await readDueDates(tx, context, query.limit) }));
  mount(app, house, readChanges, async (tx, context, { query }) => ({ value: { items: await readChanged(tx, context, query.days) } }));
  mount(app, house, readMyWork, async (tx, context) => {
    const due = await readDueDates(tx, context, 200, true);
    return { value: { awaiting: await readAwaiting(tx, context), due: due.items, dueTotal: due.total, late: due.late } };
  });
  mount(app, house, countMyWork, async (tx, context) => {
    const [awaiting, due] = [await readAwaiting(tx, context), await readDueDates(tx, context, 1, true)];
    return { value: { count: awaiting.length + due.total } };
  });
};
