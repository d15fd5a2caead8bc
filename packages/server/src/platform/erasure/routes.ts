import { erasePerson, previewErasure } from '@aimwell/contract/identity/erasure';
import type { FastifyInstance } from 'fastify';
import { type House, mount } from '../http/mount.ts';
import { dropKeptPacks } from '../pack/store.ts';
import type { CheckSignature } from '../register/routes.ts';
import { erasePersonFrom, previewErasureOf } from './erase.ts';
import { rememberErasures } from './ledger.ts';

/** Mounts the erasure of a person: what it would do, and the deed, which takes the password of whoever does it. */
export const mountErasure = (
  app: FastifyInstance,
  house: House,
  checkSignature: CheckSignature,
  { ledger, packs }: { readonly ledger: string; readonly packs: string },
): void => {
  mount(app, house, previewErasure, async (tx, context, { params }) => ({ value: await previewErasureOf(tx, context, params.id) }));
  mount(app, house, erasePerson, async (tx, context, { params, body: { password, ...input } }) => {
    await checkSignature(context, password);
    const value = await erasePersonFrom(tx, context, params.id, input);
    // Once it is committed: the ledger holds nothing that did not happen, and a start catches up what is missing.
    return {
      later: async () => {
        await rememberErasures(house.database, ledger);
        // Packs that are kept here still say the name; they can be made again.
        await dropKeptPacks(packs, context.organisation.id);
        return { value };
      },
    };
  });
};
