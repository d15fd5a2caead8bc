import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { ROTATION } from './keys.ts';
import { verifierKeyOf } from './signing.ts';
import type { Fault } from './verify-records.ts';
import { readSaid } from './verify-said.ts';

export interface KnownKeys {
  /** Keys that signatures are checked with: those given and those they vouch for, or all that the database publishes. */
  readonly keys: readonly Uint8Array[];
  readonly fromOutside: boolean;
}

interface KeyRow {
  readonly id: string;
  readonly public_key: Buffer;
  readonly retired_at: Date | null;
  readonly endorsement: string | null;
}

/** Holds the published keys against their names, against each other, and against those that the verifier holds. */
export const keyFaults = async (tx: Tx, { keys, fromOutside }: KnownKeys): Promise<Fault[]> => {
  const rows = await tx.query<KeyRow>(sql`select id, public_key, retired_at, endorsement from trail_keys order by created_at`);
  const published = new Set(rows.map((row) => verifierKeyOf(ROTATION, row.public_key)));
  const known = new Set(keys.map((key) => hash('sha256', key, 'hex')));
  const faults = rows.flatMap((row) => keyFault(row, { published, known: fromOutside ? known : null }));
  faults.push(...(await toldFaults(tx, new Set(rows.map(({ id }) => id)))));
  const active = rows.filter((row) => row.retired_at === null).length;
  const [any] = await tx.query(sql`select 1 from trail_checkpoints where organization_id = ${tx.organisationId}::uuid limit 1`);
  if (any !== undefined && active === 0) faults.push('There are checkpoints, but no key that signs');
  return faults.map((message) => ({ what: 'checkpoint', entry: null, message }));
};

const keyFault = (
  { id, public_key: key, retired_at: retired, endorsement }: KeyRow,
  { published, known }: { readonly published: ReadonlySet<string>; readonly known: ReadonlySet<string> | null },
): string[] => {
  const short = `The published key ${id.slice(0, 16)}`;
  if (hash('sha256', key, 'hex') !== id) return [`${short} is not the one its name says`];
  // Nobody who came later holds the keys of before; what they signed shows by its checkpoints.
  if (known !== null && retired === null && !known.has(id))
    return [`${short} is neither among the keys held nor vouched for by one of them`];
  // A note of the old key and the new one, a line each.
  const [old] = endorsement?.split('\n') ?? [];
  return old === undefined || published.has(old) ? [] : [`The key that vouches for ${id.slice(0, 16)} is not published any more`];
};

/** Keys that the trail was told of are still published. */
const toldFaults = async (tx: Tx, published: ReadonlySet<string>): Promise<string[]> => {
  const told = await tx.query<{ payload: Buffer }>(sql`
    select p.payload from trail_entries e join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.register = 'log-keys' and e.command = 'rotate-key'`);
  return told.flatMap(({ payload }) => {
    const key = readSaid(payload)?.['key'];
    return typeof key !== 'string' || published.has(key) ? [] : [`The key ${key.slice(0, 16)}, which an entry names, is not published`];
  });
};
