import { readDraftSentence } from '@aimwell/contract/scope/endpoints';
import type { FastifyInstance } from 'fastify';
import { type House, mount } from '../platform/http/mount.ts';
import { readScopeDraft } from './reads.ts';

/** Mounts the draft of the scope statement. */
export const mountScope = (app: FastifyInstance, house: House): void => {
  mount(app, house, readDraftSentence, async (tx, context) => {
    const { missing, ...draft } = await readScopeDraft(tx, context);
    return { value: { ...draft, missing: [...missing] } };
  });
};
