import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from '../trail/append.ts';
import { originOf, verifierKeyOf } from '../trail/signing.ts';

/** The command of the entries that tell of a leaving; they alone are no reason for another one. */
export const LEFT = 'checkpoint-left';

/** A checkpoint as it leaves. */
export interface Leaving {
  readonly organisation: { readonly id: string; readonly slug: string; readonly name: string };
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** The signed note: the exact bytes that are mailed, posted and stamped. */
  readonly note: string;
  /** The time stamp over the note, if there is one. */
  readonly tsr: Buffer | null;
  /** The key of the log as this server names it now. */
  readonly verifierKey: string;
}

/** The checkpoint of this size with what leaves beside it. */
export const readLeavingCheckpoint = async (tx: Tx, size: number): Promise<Leaving> => {
  const [row] = await tx.query<{ slug: string; name: string; root: string; note: string; tsr: Buffer | null; public_key: Buffer }>(sql`
    select o.slug, o.name, encode(c.root, 'hex') as root, c.note, s.tsr, (select public_key from trail_keys where retired_at is null) as public_key
    from trail_checkpoints c join organizations o on o.id = c.organization_id
    left join checkpoint_stamps s on s.organization_id = c.organization_id and s.size = c.size
    where c.organization_id = ${tx.organisationId}::uuid and c.size = ${size}::bigint`);
  if (row === undefined) throw new Error(`expected a checkpoint of ${size} entries, got none`);
  const { slug, name, root, note, tsr } = row;
  const verifierKey = verifierKeyOf(originOf(tx.organisationId), row.public_key);
  return { organisation: { id: tx.organisationId, slug, name }, size, root, note, tsr, verifierKey };
};

export interface Left {
  readonly size: number;
  readonly way: 'mail' | 'webhook' | 'stamp';
  /** A person by his row in the directory; a name, address or host of somebody outside it. */
  readonly to: { readonly person?: string; readonly name?: string; readonly email?: string; readonly host?: string };
  readonly stamped: boolean;
}

/** Writes down that a checkpoint left: addresses are in the payload, which can be erased. */
export const tellLeft = (tx: Tx, now: Date, left: Left): Promise<void> =>
  appendToTrail(tx, [
    {
      entry: newId(),
      register: 'organisation',
      record: null,
      version: null,
      command: LEFT,
      actor: null,
      time: now.toISOString(),
      request: null,
      payload: left,
    },
  ]);

/** Sizes of the checkpoints that left: somebody outside may hold each of them. */
export const leftSizes = async (tx: Tx): Promise<number[]> =>
  (
    await tx.query<{ size: number }>(sql`
      select distinct (convert_from(p.payload, 'UTF8')::json ->> 'size')::bigint as size
      from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
      where e.organization_id = ${tx.organisationId}::uuid and e.register = 'organisation' and e.record_id is null and e.command = ${LEFT} and length(p.payload) > 0`)
  ).map(({ size }) => size);

/** JSON text of what left, newest first; before the entry named, if one is. */
export const listLeft = async (tx: Tx, { before, limit }: { before?: string | undefined; limit: number }): Promise<string> => {
  const [row] = await tx.query<{ json: string }>(sql`
    with newest as (
      select e.id, e.at, case when length(p.payload) = 0 then null else convert_from(p.payload, 'UTF8')::json end as said
      from trail_entries e left join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
      where e.organization_id = ${tx.organisationId}::uuid and e.register = 'organisation' and e.record_id is null and e.command = ${LEFT}
        and (${before ?? null}::uuid is null or e.id < ${before ?? null}::uuid)
      order by e.id desc limit ${limit})
    select json_build_object('items', coalesce(json_agg(json_build_object('entry', n.id, 'at', n.at, 'size', n.said -> 'size', 'way', n.said -> 'way',
      'to', coalesce(who.name, n.said -> 'to' ->> 'name', n.said -> 'to' ->> 'email', n.said -> 'to' ->> 'host'), 'stamped', coalesce((n.said ->> 'stamped')::boolean, false)) order by n.id desc), '[]'))::text as json
    from newest n left join people who on who.organization_id = ${tx.organisationId}::uuid and who.id = (n.said -> 'to' ->> 'person')::uuid`);
  return row?.json ?? '{"items":[]}';
};
