import { createHash } from 'node:crypto';
import { trimmedCell } from './types.ts';
import type { Header, Row } from './types.ts';

/** What tells a row apart from all others of its source, now and when the file comes again. */
export interface RowIdentity {
  readonly row: number;
  /** `id:` and the external id, or `sha256:` and the content hash, `#` and the occurrence (from 1). */
  readonly identity: string;
  readonly basis: 'columns' | 'content';
}

export interface Identities {
  readonly identities: readonly RowIdentity[];
  /** External ids that more than one row bears; a person decides which row is right. */
  readonly duplicates: readonly { readonly identity: string; readonly rows: readonly number[] }[];
}

/**
 * Gives each row its identity: the cells of the chosen external-id columns where any is filled, else a hash of the content.
 * Rows with equal content are kept apart by their occurrence in the order of the file.
 * @param idColumns keys of the external-id columns; none chosen means content for all
 */
export function identifyRows(headers: readonly Header[], rows: readonly Row[], idColumns: readonly string[] = []): Identities {
  const columns = idColumns.flatMap((key) => headers.find((header) => header.key === key)?.index ?? []);
  const order = headers.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const seen = new Map<string, number[]>();
  const identities = rows.map((row): RowIdentity => {
    const external = columns.map((index) => trimmedCell(row, index));
    const basis = external.some((cell) => cell !== '') ? 'columns' : 'content';
    const name =
      basis === 'columns' ? `id:${external.length === 1 ? external[0] : JSON.stringify(external)}` : `sha256:${contentHash(order, row)}`;
    const bearers = seen.get(name) ?? [];
    bearers.push(row.number);
    seen.set(name, bearers);
    return { row: row.number, identity: basis === 'columns' ? name : `${name}#${bearers.length}`, basis };
  });
  const duplicates = [...seen]
    .filter(([name, bearers]) => name.startsWith('id:') && bearers.length > 1)
    .map(([identity, bearers]) => ({ identity, rows: bearers }));
  return { identities, duplicates };
}

/**
 * SHA-256 over the filled cells as [key, text] in the order of their keys. So neither the order of columns, nor an empty
 * column more, nor another line end (a sheet saved on another system) makes a new record; every other character does.
 */
function contentHash(order: readonly Header[], row: Row): string {
  const content = order
    .map(({ key, index }) => [key, (row.cells[index] ?? '').replaceAll(/\r\n?/gu, '\n')])
    .filter(([, text]) => text !== '');
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
