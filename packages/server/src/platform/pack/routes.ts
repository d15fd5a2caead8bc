import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { downloadPack, listPacks, startPack } from '@aimwell/contract/platform/pack';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { ProblemError, problemBody, refused } from '../errors.ts';
import { tellExport } from '../http/handed-out.ts';
import { type House, mount } from '../http/mount.ts';
import { newId } from '../ids.ts';
import type { LongWork, Progress } from '../queue/work.ts';
import { momentOf } from '../trail/as-of.ts';
import { makePack, type PackHouse } from './make.ts';
import { parseScope } from './scope.ts';
import { isPacking, keptPacks, listPacksOf, packFile, preparePacks, readPack, savePack } from './store.ts';

interface Parts {
  readonly packing: PackHouse;
  readonly work: LongWork;
  /** Where files of packs are kept; shared by all servers, as the keys are. */
  readonly directory: string;
}

const describe = (error: unknown): unknown => {
  if (error instanceof ProblemError) return problemBody(error);
  const { message, stack } = error as Error;
  process.stderr.write(`${JSON.stringify({ level: 'error', work: 'pack', message, stack })}\n`);
  return problemBody(new ProblemError('INTERNAL'));
};

const gone = () =>
  new ProblemError('NOT_FOUND', {
    detail: 'The file of this pack is not kept any more.',
    remedy: 'Make the pack again, as of the same moment.',
  });

/** An erasure drops the packs that are kept and those that are being made: what they read before it may still name the person. */
const droppedMeanwhile = (error: NodeJS.ErrnoException): never => {
  if (error.code !== 'ENOENT' || error.syscall !== 'rename') throw error;
  throw new ProblemError('UNAVAILABLE', { detail: 'Somebody was erased while this pack was made.', remedy: 'Make the pack again.' });
};

/** The bytes of a kept pack, held against its hash before any of them is handed out. @throws NOT_FOUND when it is gone or damaged */
const openPack = async (file: string, sha256: string): Promise<NodeJS.ReadableStream> => {
  const hash = createHash('sha256');
  try {
    for await (const part of createReadStream(file)) hash.update(part as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw gone();
    throw error;
  }
  if (hash.digest('hex') !== sha256) throw gone();
  return createReadStream(file);
};

const alreadyRunning = () =>
  refused([
    {
      code: 'PACK_RUNNING',
      message: 'expected no pack of this organisation being made, got one',
      remedy: 'Wait until it is done; its progress is shown.',
    },
  ]);

/** Mounts the making, listing and handing out of audit packs. */
export const mountPacks = (app: FastifyInstance, house: House, { packing, work, directory }: Parts): void => {
  const make = async (context: Context, order: { scope: string; asOf?: string | undefined; shared: boolean }, { report }: Progress) => {
    const organisationId = context.organisation.id;
    const fresh = path.join(await preparePacks(directory, organisationId, house.now()), `${newId()}.new`);
    const file = (id: string) => packFile(directory, organisationId, id);
    const made = await makePack(packing, context, { scope: order.scope, asOf: order.asOf, file: fresh, progress: report })
      .then((pack) => rename(fresh, file(pack.id)).then(() => pack))
      .catch(droppedMeanwhile);
    await house.database.inOrganisation(organisationId, (tx) => savePack(tx, context, made, order.shared));
    return { pack: made.id, entries: made.entries, files: made.files, leftOut: made.leftOut, stampProblem: made.stampProblem };
  };

  mount(app, house, startPack, async (tx, context, { body }) => {
    parseScope(body.scope);
    // Each is a copy of everything: one after the other is enough, many at once would fill the disk.
    if (await isPacking(tx)) throw alreadyRunning();
    if (body.asOf !== undefined) momentOf(body.asOf, context.now);
    const id = await work.start(context, 'pack', `Audit pack, ${body.scope}`, (progress) => make(context, body, progress), describe);
    return { value: { work: id } };
  });
  mount(app, house, listPacks, async (tx, context) => ({
    json: await listPacksOf(tx, context, await keptPacks(directory, context.organisation.id)),
  }));
  mount(app, house, downloadPack, async (tx, context, { params }) => {
    const { scope, sha256, kept } = await readPack(tx, context, params.id);
    if (!kept) {
      await rm(packFile(directory, context.organisation.id, params.id), { force: true });
      throw gone();
    }
    await tellExport(tx, context, 'packs', { pack: params.id, scope, sha256 });
    const fileName = `${context.organisation.slug}-audit-pack-${context.today}.zip`;
    return {
      later: async () => ({
        bytes: await openPack(packFile(directory, context.organisation.id, params.id), sha256),
        type: 'application/zip',
        fileName,
      }),
    };
  });
};
