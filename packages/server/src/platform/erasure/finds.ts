import type { ErasureView } from '@aimwell/contract/identity/erasure';
import { columnOf, identifierOf, type Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';

/** What of the organisation holds a person, as the database finds it. */
export interface Finds {
  /** Entries whose salt and payload hold him. */
  readonly entries: readonly string[];
  readonly texts: readonly { readonly table: string; readonly rows: number; readonly records: readonly string[] }[];
  readonly invitations: number;
  readonly account: 'none' | 'erased' | 'stays';
  readonly sharedName: boolean;
  readonly fileNames: number;
  /** Versions of process maps whose bytes, as they came, hold him. */
  readonly mapFiles: number;
}

/** Looks through payloads, records, history and the rest; `kept` are entries of signed versions that stay as they are. */
export const findPerson = async (tx: Tx, person: string, kept: readonly string[]): Promise<Finds> => {
  const rows = await tx.query<{ kind: string; place: string | null; id: string | null; amount: number }>(
    sql`select kind, place, id, amount from erasure_finds(${person}::uuid, ${kept}::uuid[], null)`,
  );
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const texts = [...Map.groupBy(of('text'), ({ place }) => place ?? '')].map(([table, found]) => ({
    table,
    rows: found.reduce((sum, { amount }) => sum + amount, 0),
    records: found.flatMap(({ id }) => (id === null ? [] : [id])),
  }));
  return {
    entries: of('entry').flatMap(({ id }) => (id === null ? [] : [id])),
    texts,
    invitations: of('invitation').length,
    account: of('account-stays').length > 0 ? 'stays' : of('account').length > 0 ? 'erased' : 'none',
    sharedName: of('shared').length > 0,
    fileNames: of('envelope').length,
    mapFiles: of('map-file').length,
  };
};

const MOST = 100;

/** The texts found, with the records that a reader can open. */
export const textsView = async (tx: Tx, texts: Finds['texts']): Promise<ErasureView['goes']['texts']> => {
  const views: ErasureView['goes']['texts'] = [];
  for (const { table, rows, records } of texts) {
    const register = registers.find((one) => one.table === table);
    const view = register === undefined ? [] : await titles(tx, register, records.slice(0, MOST));
    views.push({ table, register: register?.name ?? null, rows, records: view });
  }
  return views.toSorted((a, b) => b.rows - a.rows || a.table.localeCompare(b.table));
};

const titles = async (tx: Tx, register: Register, ids: readonly string[]) => {
  const title = sql.ref(columnOf(register.title, register.fields[register.title] ?? { kind: 'text', max: 1 }));
  const rows = await tx.query<{ id: string; number: number; title: string | null }>(
    sql`select id, number, ${title} as title from ${sql.table(register.table)} where organization_id = ${tx.organisationId}::uuid and id = any(${ids}::uuid[]) order by number`,
  );
  return rows.map((row) => ({
    register: register.name,
    id: row.id,
    identifier: identifierOf(register, row.number),
    title: row.title ?? '',
  }));
};
