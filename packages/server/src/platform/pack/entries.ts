import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/pool.ts';

/** One entry as a pack carries it. */
export interface PackedEntry {
  readonly seq: number;
  readonly id: string;
  readonly register: string;
  readonly envelope: string;
  /** Salt and payload; both empty where they were erased. */
  readonly salt: Buffer;
  readonly payload: Buffer;
  readonly erasedBy: string | null;
}

export interface Selection {
  readonly organisationId: string;
  /** Entries before this place of the tree. */
  readonly size: number;
  /** Ids of the records whose entries are taken; null for all entries. */
  readonly records: readonly string[] | null;
}

const PAGE = 500;

const chosen = ({ organisationId, size, records }: Selection, after: number) => sql`
  from trail_leaves l join trail_entries e on e.organization_id = l.organization_id and e.id = l.entry_id
  join trail_payloads p on p.organization_id = l.organization_id and p.entry_id = l.entry_id
  where l.organization_id = ${organisationId}::uuid and l.seq > ${after} and l.seq < ${size}
    and ${records === null ? sql`true` : sql`e.record_id = any(${records as string[]}::uuid[])`}`;

async function* pagesOf<Row extends { readonly seq: number }>(
  database: Database,
  selection: Selection,
  columns: RawBuilder<unknown>,
): AsyncGenerator<Row[]> {
  for (let after = -1; ;) {
    const page = await database.inOrganisation(selection.organisationId, (tx) =>
      tx.query<Row>(sql`select ${columns} ${chosen(selection, after)} order by l.seq limit ${PAGE}`),
    );
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
    after = last.seq;
  }
}

/** The selected entries in the order of the tree, a page at a time; each page is a transaction of its own. */
export const readEntries = (database: Database, selection: Selection): AsyncGenerator<PackedEntry[]> =>
  pagesOf(database, selection, sql`l.seq, e.id, e.register, e.envelope, p.salt, p.payload, p.erased_by as "erasedBy"`);

/** The places of the same entries, in the same pages. */
export async function* readPlaces(database: Database, selection: Selection): AsyncGenerator<number[]> {
  for await (const page of pagesOf<{ seq: number }>(database, selection, sql`l.seq`)) yield page.map(({ seq }) => seq);
}

/** How many entries there are; for progress. */
export const countEntries = (database: Database, selection: Selection): Promise<number> =>
  database.inOrganisation(selection.organisationId, async (tx) => {
    const [row] = await tx.query<{ n: number }>(sql`select count(*) as n ${chosen(selection, -1)}`);
    return row?.n ?? 0;
  });
