import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError, refused } from '../platform/errors.ts';
import { createMap, registerOf } from './maps.ts';
import { prepareMap } from './read-map.ts';
import { writeVersion } from './versions.ts';

/** A file that becomes a map, or the next version of the map that has this key. */
export interface Brought {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly note: string;
  readonly key?: string | undefined;
  readonly name?: string | undefined;
  readonly register?: string | undefined;
  /** Whether a draft that somebody else may be working on may go. */
  readonly replaceDraft: boolean;
}

export interface BroughtVersion {
  readonly process: string;
  readonly version: number;
  readonly id: string;
  readonly executable: boolean;
  readonly refusals: readonly { readonly message: string; readonly remedy?: string }[];
  readonly warnings: readonly string[];
}

const readBrought = async (tx: Tx, mapId: string): Promise<BroughtVersion> => {
  const [row] = await tx.query<BroughtVersion>(sql`
    select m.key as process, v.number as version, v.id, v.graph is not null as executable, v.refusals, v.warnings
    from process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
    where v.organization_id = ${tx.organisationId}::uuid and v.map_id = ${mapId}::uuid order by v.number desc limit 1`);
  if (row === undefined) throw new Error(`expected a version of ${mapId}`);
  return row;
};

/** Brings a file as a draft: of a new map, or where the key is known of that one. REFUSED over a draft unless that may be replaced. */
export const bringMap = async (tx: Tx, context: Context, { bytes, fileName, note, key, name, register, replaceDraft }: Brought) => {
  const sent = { file: Buffer.from(bytes).toString('base64'), fileName, note };
  const [known] =
    key === undefined
      ? []
      : await tx.query<{ id: string; state: string }>(sql`
          select m.id, v.state from process_maps m join process_versions v on v.organization_id = m.organization_id and v.map_id = m.id
          where m.organization_id = ${tx.organisationId}::uuid and m.key = ${key} order by v.number desc limit 1 for update of m`);
  if (known === undefined) return readBrought(tx, await createMap(tx, context, { ...sent, key, name, register }));
  if (known.state === 'draft' && !replaceDraft)
    throw refused([
      refusal(
        'DRAFT_THERE',
        `expected no draft of "${key}", got one`,
        'Look at it first; to put this file in its place, say so with --replace-draft.',
        'file',
      ),
    ]);
  await writeVersion(tx, context, known.id, await prepareMap(sent, await registerOf(tx, known.id)), note);
  return readBrought(tx, known.id);
};

/** The id of a version by the key or id of its map: the one named, else the one in force, else the newest. NOT_FOUND. */
export const versionOf = async (tx: Tx, process: string, number: number | undefined): Promise<string> => {
  const [found] = await tx.query<{ id: string }>(sql`
    select v.id from process_maps m join process_versions v on v.organization_id = m.organization_id and v.map_id = m.id
    where m.organization_id = ${tx.organisationId}::uuid and (m.key = ${process} or m.id::text = ${process.toLowerCase()})
      and ${number === undefined ? sql`true` : sql`v.number = ${number}`} order by (v.state = 'approved') desc, v.number desc limit 1`);
  if (found === undefined)
    throw new ProblemError('NOT_FOUND', {
      detail: `There is no process "${process}"${number === undefined ? '' : ` with a version ${number}`} here.`,
      remedy: 'Name it by its key, such as aims-life-cycle, or by its id.',
    });
  return found.id;
};
