import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { remainsNow, remainsSaid } from './erased-remains.ts';
import { INSTALLATION, INSTALLATION_LOG } from './installation.ts';
import type { Fault } from './verify-records.ts';
import { readSaid } from './verify-said.ts';

/** An entry whose salt and payload are empty. */
export interface Blanked {
  readonly entry: string;
  /** Place in the tree; null while it waits. */
  readonly seq: number | null;
  /** The entry that the row says recorded the erasure. */
  readonly erasedBy: string | null;
}

/**
 * A payload may be missing only where an erasure lists its entry, and that erasure is itself in the tree or waits for it.
 * What it left of the version then has to be what it said that it left: no payload speaks for that version any more.
 * Costs a query for the erasures named and one for each register, however many payloads are missing.
 */
export const erasureFaults = async (tx: Tx, blanked: readonly Blanked[]): Promise<Fault[]> => {
  if (blanked.length === 0) return [];
  const lists = await listsOf(tx, [...new Set(blanked.flatMap(({ erasedBy }) => erasedBy ?? []))]);
  const [left, said] = [await remainsNow(tx), await remainsSaid(tx)];
  return blanked.flatMap(({ entry, seq, erasedBy }): Fault[] => {
    const fault = (what: 'payload' | 'record', message: string): Fault[] => [
      { what, entry: seq, message: `Entry ${seq ?? '(not anchored)'} (${entry}): ${message}` },
    ];
    const listed = erasedBy === null ? undefined : lists.get(erasedBy);
    if (listed?.has(entry) !== true) return fault('payload', 'its payload is missing and no erasure names it');
    return left.get(entry) === said.get(entry) ? [] : fault('record', 'what stands there is not what its erasure left');
  });
};

/**
 * What each erasure lists. The envelope decides what is one, since the columns beside it prove nothing; and it is the version of
 * a person who was erased, which his history is held against, not a list that stands by itself.
 */
const listsOf = async (tx: Tx, ids: readonly string[]): Promise<Map<string, ReadonlySet<string>>> => {
  const rows = await tx.query<{ id: string; envelope: string; payload: Buffer }>(sql`
    select e.id, e.envelope, p.payload from trail_entries e
    join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.id = any(${ids}::uuid[]) and length(p.payload) > 0
      and (exists (select 1 from trail_leaves l where l.organization_id = e.organization_id and l.entry_id = e.id)
        or exists (select 1 from trail_pending q where q.organization_id = e.organization_id and q.entry_id = e.id))`);
  return new Map(
    rows.flatMap(({ id, envelope, payload }): [string, ReadonlySet<string>][] => {
      const said = readSaid(envelope);
      const told = readSaid(payload);
      // Whose erasure it is says the trail of an organisation, which installationErasureFaults asks.
      if (
        tx.organisationId === INSTALLATION &&
        said?.['register'] === INSTALLATION_LOG &&
        said['command'] === 'erase' &&
        Array.isArray(told?.['entries'])
      )
        return [[id, new Set(told['entries'] as string[])]];
      const entries = (told?.['input'] as { entries?: unknown } | null | undefined)?.entries;
      const person = told?.['record'] as { values?: { name?: unknown } } | null | undefined;
      return said?.['register'] === 'people' &&
        said['command'] === 'erase' &&
        typeof said['version'] === 'number' &&
        person?.values?.name === '[erased]' &&
        Array.isArray(entries)
        ? [[id, new Set(entries as string[])]]
        : [];
    }),
  );
};
