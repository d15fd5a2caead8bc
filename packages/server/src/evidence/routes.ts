import { downloadEvidence, uploadEvidence } from '@aimwell/contract/platform/endpoints';
import { evidence } from '@aimwell/contract/evidence/evidence';
import type { FastifyInstance } from 'fastify';
import { receiveFile } from '../platform/files/receive.ts';
import type { FileStore } from '../platform/files/store.ts';
import { type House, mount } from '../platform/http/mount.ts';
import { readView } from '../platform/register/read.ts';
import { attachFile, openFile } from './actions.ts';

export const mountEvidence = (app: FastifyInstance, house: House, store: FileStore, maxUploadBytes: number): void => {
  const upload = receiveFile(store, maxUploadBytes);
  mount(
    app,
    house,
    uploadEvidence,
    async (tx, context, { params, version, received }) => {
      await attachFile(tx, context, params.id, version, received);
      return readView(tx, evidence, params.id);
    },
    upload,
  );
  mount(app, house, downloadEvidence, async (tx, _context, { params }) => {
    const file = await openFile(tx, store, params.id);
    return { later: async () => ({ bytes: await file.open(), type: file.type, fileName: file.name }) };
  });
};
