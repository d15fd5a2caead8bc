import { readIntegrity, startCheck } from '@aimwell/contract/platform/integrity';
import type { FastifyInstance } from 'fastify';
import { problemBody, ProblemError } from '../errors.ts';
import { type House, mount } from '../http/mount.ts';
import type { LongWork } from '../queue/work.ts';
import { alreadyRunning, checkOrganisation, type GuardParts, isChecking } from './guard-check.ts';
import { readIntegrityOf } from './guard-store.ts';

/** Mounts the newest check and the way to ask for one. */
export const mountGuard = (app: FastifyInstance, house: House, parts: GuardParts, work: LongWork): void => {
  mount(app, house, readIntegrity, async (tx, context) => ({ value: await readIntegrityOf(tx, context.now) }));
  mount(app, house, startCheck, async (tx, context) => {
    if (await isChecking(tx)) throw alreadyRunning();
    const id = await work.start(
      context,
      'check',
      'Check of the trail',
      async () => {
        const found = await checkOrganisation(parts, { organisationId: context.organisation.id, cause: 'demand', context });
        return { from: found.from, faultCount: found.faults.length, entries: found.entries, records: found.records, files: found.files };
      },
      describe,
    );
    return { value: { work: id } };
  });
};

const describe = (error: unknown): unknown => {
  if (error instanceof ProblemError) return problemBody(error);
  process.stderr.write(`${JSON.stringify({ level: 'error', work: 'check', message: (error as Error).message })}\n`);
  return problemBody(new ProblemError('INTERNAL'));
};
