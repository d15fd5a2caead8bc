import { isMany } from '@aimwell/contract/platform/field';
import { registers } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';

/** One anchored entry of a record, in the order of the tree. `record` is null where its payload was erased. */
export interface Leaf {
  readonly seq: number;
  readonly register: string;
  readonly id: string;
  readonly version: number;
  readonly record: Payload | null;
}
interface Payload {
  readonly identifier: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly custom: unknown;
  readonly archivedAt: string | null;
  readonly archivedReason: string | null;
}

/** The trail as whoever holds a pack has it: envelopes and payloads, nothing of the registers' tables. */
export const readLeaves = async (tx: Tx): Promise<Leaf[]> =>
  (
    await tx.query<{ seq: number; envelope: string; payload: Buffer }>(sql`
      select l.seq, e.envelope, p.payload from trail_leaves l
      join trail_entries e on e.organization_id = l.organization_id and e.id = l.entry_id
      join trail_payloads p on p.organization_id = l.organization_id and p.entry_id = l.entry_id order by l.seq`)
  ).flatMap(({ seq, envelope, payload }): Leaf[] => {
    const { register, record: id, version } = JSON.parse(envelope) as { register: string; record: string | null; version: number | null };
    if (id === null || version === null) return [];
    const said = payload.length === 0 ? null : (JSON.parse(payload.toString('utf8')) as { record?: Payload });
    return said !== null && said.record === undefined ? [] : [{ seq, register, id, version, record: said?.record ?? null }];
  });

export type World = ReadonlyMap<string, ReadonlyMap<string, Leaf>>;

/** The newest entry of each record among the first `size`, by register and id. */
export const worldAt = (leaves: readonly Leaf[], size: number): World => {
  const world = new Map(registers.map(({ name }) => [name, new Map<string, Leaf>()]));
  for (const leaf of leaves) {
    if (leaf.seq >= size) break;
    world.get(leaf.register)?.set(leaf.id, leaf);
  }
  return world;
};

/** Stands where the payload that said it was erased. */
export const unknown = Symbol('erased');

const numberOf = (identifier: string): number => Number(identifier.split('-').at(-1));

const referenceIn = (world: World, to: string, id: unknown) => {
  const found = world.get(to)?.get(String(id));
  if (found === undefined) return null;
  const title = registers.find(({ name }) => name === to)?.title ?? '';
  return found.record === null
    ? { id, identifier: unknown, title: unknown }
    : { id, identifier: found.record.identifier, title: found.record.values[title] ?? '' };
};

/** A record as its list should show it: what its payload says, references by what their payloads said. */
export const shownOf = (world: World, leaf: Leaf): Record<string, unknown> | null => {
  const { register: name, id, version, record } = leaf;
  const register = registers.find((one) => one.name === name);
  if (record === null || register === undefined) return null;
  const values = Object.entries(register.fields).map(([field, declared]) => {
    const value = record.values[field];
    if (declared.kind === 'reference') return [field, value === null ? null : referenceIn(world, declared.to, value)];
    if (declared.kind === 'references') {
      const all = (value as string[]).map((one) => referenceIn(world, declared.to, one)).filter((one) => one !== null);
      return [field, all.toSorted((a, b) => numberOf(String(a.identifier)) - numberOf(String(b.identifier)))];
    }
    if (declared.kind === 'moment') return [field, value === null ? null : new Date(value as string).getTime()];
    return [field, value ?? (isMany(declared) ? [] : null)];
  });
  const { identifier, custom, archivedReason } = record;
  return { id, version, identifier, custom, archivedReason, isArchived: record.archivedAt !== null, ...Object.fromEntries(values) };
};

/** A record of a list in the same form. */
export const shownBy = (name: string, item: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const register = registers.find((one) => one.name === name);
  const values = Object.entries(register?.fields ?? {}).map(([field, { kind }]) => [
    field,
    kind === 'moment' && item[field] !== null ? new Date(String(item[field])).getTime() : item[field],
  ]);
  const { id, version, identifier, custom, archivedReason } = item;
  return { id, version, identifier, custom, archivedReason, isArchived: item['archivedAt'] !== null, ...Object.fromEntries(values) };
};

/** Where two shown records differ; nothing where the trail no longer says. */
export const differences = (expected: unknown, got: unknown, path = ''): string[] => {
  if (expected === unknown) return [];
  if (typeof expected !== 'object' || expected === null || typeof got !== 'object' || got === null)
    return Object.is(expected, got) ? [] : [`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`];
  const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...keys].flatMap((key) =>
    differences((expected as Record<string, unknown>)[key], (got as Record<string, unknown>)[key], `${path}.${key}`),
  );
};
