import { collectEvidence, purgeEvidence, readFileVersions, readRetention } from '@aimwell/contract/evidence/endpoints';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { downloadEvidence, uploadEvidence } from '@aimwell/contract/platform/endpoints';
import type { Recognition } from '@aimwell/core/evidence/recognise/summary';
import { retentionOf } from '@aimwell/core/evidence/retention';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Organisation } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { receiveFile } from '../platform/files/receive.ts';
import type { FileStore } from '../platform/files/store.ts';
import { type House, mount } from '../platform/http/mount.ts';
import type { RegisterActions } from '../platform/register/actions.ts';
import { loadRow, readView } from '../platform/register/read.ts';
import { attachFile, type Stored } from './attach.ts';
import { collect } from './collect.ts';
import { openFile, readVersions } from './files.ts';
import { inspectFile } from './inspect.ts';
import { recordPurge, removePurged } from './purge.ts';
import { retentionFacts } from './retention.ts';

/**
 * Takes a file in and reads what it says. A pipeline that sends something broken wants to know; what a person adds may be
 * broken on purpose, and is kept as any file is.
 */
const receiving = (store: FileStore, maxUploadBytes: number, { strict }: { readonly strict: boolean }) => {
  const receive = receiveFile(store, maxUploadBytes);
  return async (request: FastifyRequest, organisation: Organisation): Promise<Stored> => {
    let seen: Recognition = { kind: 'file' };
    const received = await receive(request, organisation, async (file) => {
      seen = await inspectFile(file);
      if (strict && seen.kind === 'broken') throw invalid(seen.problems);
    });
    return { ...received, summary: summaryIn(seen) };
  };
};

const summaryIn = (seen: Recognition) => (seen.kind === 'summary' ? seen.summary : null);

interface Parts {
  readonly actions: RegisterActions;
  readonly files: FileStore;
  readonly maxUploadBytes: number;
}

export const mountEvidence = (app: FastifyInstance, house: House, { actions, files: store, maxUploadBytes }: Parts): void => {
  mount(
    app,
    house,
    uploadEvidence,
    async (tx, context, { params, version, received }) => {
      await attachFile(tx, context, store, { id: params.id, version }, received);
      return readView(tx, evidence, params.id);
    },
    receiving(store, maxUploadBytes, { strict: false }),
  );
  mount(
    app,
    house,
    collectEvidence,
    async (tx, context, { received }) => {
      const { id, created } = await collect(tx, context, { actions, store }, received);
      const { json } = await readView(tx, evidence, id);
      return { json: `{"created":${created},"recognised":${JSON.stringify(received.summary?.format ?? null)},"evidence":${json}}` };
    },
    receiving(store, maxUploadBytes, { strict: true }),
  );
  mount(app, house, downloadEvidence, async (tx, _context, { params, query }) => {
    const file = await openFile(tx, store, params.id, query.version);
    return { later: async () => ({ bytes: await file.open(), type: file.type, fileName: file.name }) };
  });
  mount(app, house, readFileVersions, async (tx, _context, { params }) => ({ value: { items: await readVersions(tx, params.id) } }));
  mount(app, house, readRetention, async (tx, context, { params }) => {
    const row = await loadRow(tx, evidence, params.id);
    const { holds, until } = retentionOf(await retentionFacts(tx, context, row), context.today);
    return { value: { holds: [...holds], until, purgedOn: row['purgedOn'] as string | null } };
  });
  mount(app, house, purgeEvidence, async (tx, context, { params, body, version }) => {
    const gone = await recordPurge(tx, context, { id: params.id, version, reason: body.reason });
    const answer = await readView(tx, evidence, params.id);
    return {
      later: async () => {
        // Bytes left lying when this breaks off are cleared away by the next sweep.
        await removePurged(house.database, store, context.organisation.id, gone);
        return answer;
      },
    };
  });
};
