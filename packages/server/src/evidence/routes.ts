import { downloadEvidence, uploadEvidence } from '@aimwell/contract/platform/endpoints';
import { evidence } from '@aimwell/contract/evidence/evidence';
import type { FastifyInstance } from 'fastify';
import { invalid } from '../platform/errors.ts';
import type { FileStore } from '../platform/files/store.ts';
import { type House, mount } from '../platform/http/mount.ts';
import { loadRow, readView } from '../platform/register/read.ts';
import { attachFile, openFile } from './actions.ts';

export const mountEvidence = (app: FastifyInstance, house: House, store: FileStore, maxUploadBytes: number): void => {
  mount(app, house, uploadEvidence, async (tx, context, { params, request, version }) => {
    await loadRow(tx, evidence, params.id);
    const part = request.isMultipart() ? await request.file() : undefined;
    if (part === undefined) throw invalid([{ code: 'FILE', field: 'file', message: 'expected one file as multipart/form-data, got none' }]);
    const stored = await store.put(tx.organisationId, part.file as AsyncIterable<Uint8Array>, maxUploadBytes);
    await attachFile(tx, context, params.id, version, { ...stored, name: part.filename });
    return readView(tx, evidence, params.id);
  });
  mount(app, house, downloadEvidence, async (tx, _context, { params }) => {
    const file = await openFile(tx, store, params.id);
    return { later: async () => ({ bytes: await file.open(), type: file.type, fileName: file.name }) };
  });
};
