import { changeLeaving, leaveNow, listLeft as listLeftEndpoint, readLeaving, readStamp } from '@aimwell/contract/platform/leaving';
import type { FastifyInstance } from 'fastify';
import { notFound, refused } from '../errors.ts';
import { type House, mount } from '../http/mount.ts';
import { listLeft } from './checkpoint.ts';
import type { LeavingParts } from './parts.ts';
import { runRound } from './round.ts';
import { changeLeavingSettings, readLeavingSettings } from './settings.ts';
import { stampOf } from './stamps.ts';

/** Mounts how checkpoints leave the machine, and what has left. */
export const mountLeaving = (app: FastifyInstance, house: House, parts: LeavingParts): void => {
  mount(app, house, readLeaving, async (tx) => ({ value: await readLeavingSettings(tx, parts) }));
  mount(app, house, changeLeaving, async (tx, context, { body }) => {
    const secret = await changeLeavingSettings(tx, context, parts, body);
    const leaving = await readLeavingSettings(tx, parts);
    // Later: what is answered now would be kept for the Idempotency-Key, and the secret is shown this once.
    return { later: async () => ({ value: { leaving, secret } }) };
  });
  mount(app, house, leaveNow, async (tx, context) => {
    const round = await runRound(tx, context.now, true);
    if (round !== null) return { value: round };
    throw refused([
      {
        code: 'NOTHING_TO_SEND',
        message: 'expected somebody to send to and a checkpoint, got none',
        remedy: 'Name people, a webhook or the time-stamp authority first; the first checkpoint follows the first change.',
      },
    ]);
  });
  mount(app, house, listLeftEndpoint, async (tx, _context, { query }) => ({ json: await listLeft(tx, query) }));
  mount(app, house, readStamp, async (tx, context, { params }) => {
    const tsr = await stampOf(tx, params.size);
    if (tsr === null) throw notFound('time stamp');
    return { bytes: tsr, type: 'application/timestamp-reply', fileName: `${context.organisation.slug}-checkpoint-${params.size}.tsr` };
  });
};
