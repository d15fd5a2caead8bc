import { evidence } from '@aimwell/contract/evidence/evidence';
import { invalid } from '../platform/errors.ts';
import type { OpenHouse } from '../compose.ts';
import { createContext, type Organisation } from '../platform/context.ts';
import type { Incoming } from '../platform/files/store.ts';
import { systemActor } from '../platform/identity/founding.ts';
import { newId } from '../platform/ids.ts';
import { readView } from '../platform/register/read.ts';
import type { Recognition } from '@aimwell/core/evidence/recognise/summary';
import { collect } from './collect.ts';
import { inspectFile } from './inspect.ts';

export interface CollectOrder {
  readonly house: OpenHouse;
  readonly organisation: Organisation;
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The fields of `POST /evidence/collect`. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** The answer of `POST /evidence/collect`, for the command line of the same machine. */
export const collectHere = async ({ house, organisation, name, bytes, fields }: CollectOrder): Promise<unknown> => {
  const { files: store, actions, database, config } = house;
  const seen: { it: Recognition } = { it: { kind: 'file' } };
  const stored = await store.put(organisation.id, bytes, config.maxUploadBytes, async (file: Incoming) => {
    seen.it = await inspectFile({ ...file, name });
    if (seen.it.kind === 'broken') throw invalid(seen.it.problems);
  });
  const summary = seen.it.kind === 'summary' ? seen.it.summary : null;
  return database.inOrganisation(organisation.id, async (tx) => {
    const context = createContext({ actor: systemActor, organisation, now: house.now(), requestId: newId() });
    const { id, created } = await collect(tx, context, { actions, store }, { ...stored, name, fields, summary });
    const { json } = await readView(tx, evidence, id);
    return { created, recognised: summary?.format ?? null, evidence: JSON.parse(json) as unknown };
  });
};
