import type { newMap } from '@aimwell/contract/processes/maps';
import { registers } from '@aimwell/contract/registers';
import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { invalid, refused } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { tellSealed } from '../platform/trail/seals.ts';
import { prepareMap, type PreparedMap } from './read-map.ts';
import { readShipped, shippedIndex, type ShippedMap } from './shipped.ts';
import { writeVersion } from './versions.ts';

type Wanted = z.output<typeof newMap>;

/** A map with its first version, as a draft: from a file, or from those that came with the product. Answers the id of the map. */
export const createMap = async (tx: Tx, context: Context, wanted: Wanted): Promise<string> => {
  const shipped = wanted.shipped === undefined ? null : await readShipped(wanted.shipped);
  const register = wanted.register ?? shipped?.register ?? null;
  if (register !== null && !registers.some((one) => one.name === register))
    throw invalid([
      {
        code: 'REGISTER',
        field: 'register',
        message: `expected the name of a register, got "${register}"`,
        remedy: 'Leave it out, or name one such as systems.',
      },
    ]);
  const prepared = await prepareMap(
    shipped === null ? wanted : { file: shipped.bytes.toString('base64'), fileName: shipped.file },
    register,
  );
  const name = wanted.name ?? shipped?.title ?? prepared.name ?? wanted.fileName.replace(/\.\w+$/, '');
  const key = wanted.key ?? shipped?.key ?? (await freeKey(tx, keyFrom(name)));
  const about = {
    key,
    name: name.slice(0, 200),
    description: wanted.description ?? shipped?.description ?? '',
    register,
    clauses: wanted.clauses ?? shipped?.clauses ?? [],
  };
  return insertMap(tx, context, about, prepared, wanted.note, shipped);
};

/** What a process is about; null where it is about no record, or is not here. */
export const registerOf = async (tx: Tx, mapId: string): Promise<string | null> => {
  const [map] = await tx.query<{ register: string | null }>(
    sql`select register from process_maps where organization_id = ${tx.organisationId}::uuid and id = ${mapId}::uuid`,
  );
  return map?.register ?? null;
};

const keyFrom = (name: string): string => {
  const key = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 60);
  return key.length >= 2 ? key : 'process';
};

/** A key that nobody chose is no reason to refuse a file: a second map of the same name gets a number. */
const freeKey = async (tx: Tx, key: string): Promise<string> => {
  const taken = await tx.query<{ key: string }>(
    sql`select key from process_maps where organization_id = ${tx.organisationId}::uuid and (key = ${key} or key like ${`${key}-%`})`,
  );
  const keys = new Set(taken.map((one) => one.key));
  let free = key;
  for (let number = 2; keys.has(free); number += 1) free = `${key.slice(0, 55)}-${number}`;
  return free;
};

interface About {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly register: string | null;
  readonly clauses: readonly string[];
}

const insertMap = async (
  tx: Tx,
  context: Context,
  about: About,
  prepared: PreparedMap,
  note: string,
  shipped: ShippedMap | null,
): Promise<string> => {
  const id = newId();
  const added = await tx.query(sql`
    insert into process_maps (organization_id, id, key, name, description, register, clauses, shipped, created_by, created_at)
    values (${tx.organisationId}::uuid, ${id}::uuid, ${about.key}, ${about.name}, ${about.description}, ${about.register}, ${about.clauses as string[]}::text[], ${shipped !== null},
      ${context.actor.personId}::uuid, ${context.now.toISOString()}::timestamptz) on conflict (organization_id, key) do nothing returning id`);
  if (added.length === 0)
    throw refused([
      refusal(
        'KEY_TAKEN',
        `expected a key that is free, got "${about.key}"`,
        'Name another key, or write a new version of the map that has it.',
        'key',
      ),
    ]);
  await tellSealed(tx, context, { register: 'processes', record: id, command: 'create', payload: about });
  await writeVersion(tx, context, id, prepared, note, shipped !== null);
  return id;
};

/** Maps that came with the product, with what was made of each here. */
export const listShipped = async (tx: Tx) => {
  const here = await tx.query<{ id: string; key: string }>(
    sql`select id, key from process_maps where organization_id = ${tx.organisationId}::uuid and shipped`,
  );
  return (await shippedIndex()).map(({ key, name, title, description = '', register = null, clauses = [] }) => ({
    key,
    name: title ?? name ?? key,
    description,
    register,
    clauses: [...clauses],
    process: here.find((one) => one.key === key)?.id ?? null,
  }));
};
