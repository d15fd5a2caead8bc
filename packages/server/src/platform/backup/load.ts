import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import type { FileStore } from '../files/store.ts';
import { type End, FileHead, KeyHead, kinds, type LeftOut, type Manifest, type TableHead } from './content.ts';
import { BackupError, damaged } from './errors.ts';
import { isLeftOut } from './reading.ts';
import type { BackupReader, Section } from './sections.ts';
import { copyIn, listTables, quoted, steady, sumOf } from './tables.ts';
import { UNFINISHED_TABLE } from './unfinished.ts';

export interface LoadTarget {
  readonly client: pg.Client;
  readonly files: FileStore;
  readonly keys: string;
  /** Where the ledger of erasures goes. */
  readonly ledger: string;
}

/**
 * Loads a backup into a database of the same schema, in one transaction: tables, then a second reading of each table that must
 * give the same bytes, then the foreign keys, which PostgreSQL checks as it takes them back. Files and keys are written on the way.
 */
export const loadBackup = async (
  target: LoadTarget,
  reader: BackupReader,
  leftOut: readonly LeftOut[],
  onTable: (name: string) => void,
): Promise<void> => {
  const { client } = target;
  await client.query(steady);
  await client.query('begin');
  try {
    const tables = match(reader.manifest, await listTables(client));
    const putBack = await takeApart(client, tables);
    const ends: { readonly table: TableHead; readonly end: End }[] = [];
    let at = 0;
    for await (const section of reader.sections()) {
      const table = section.kind === kinds.table ? tables[at++] : undefined;
      if (table !== undefined) {
        onTable(table.name);
        await copyIn(client, table, section.content);
        ends.push({ table, end: section.end() });
      } else await loadOther(target, section, leftOut);
    }
    for (const { table, end } of ends) await compare(client, table, end);
    for (const { schema, name, last } of reader.manifest.sequences)
      await client.query('select setval($1::regclass, $2::bigint)', [quoted({ schema, name }), last]);
    for (const statement of putBack) await client.query(statement);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  // Without it the first questions would be planned as for empty tables.
  await client.query('analyze');
};

const nameOf = ({ schema, name }: TableHead): string => `${schema}.${name}`;

/** The tables of the backup, in its order, as this database has them; refused when the two differ. */
const match = (manifest: Manifest, found: readonly TableHead[]): TableHead[] => {
  const here = new Map(found.filter(({ name }) => name !== UNFINISHED_TABLE).map((table) => [nameOf(table), table]));
  const differing = manifest.tables.find(
    (table) => here.get(nameOf(table))?.columns.toSorted().join('\n') !== table.columns.toSorted().join('\n'),
  );
  const more = [...here.keys()].find((name) => !manifest.tables.some((table) => nameOf(table) === name));
  if (differing !== undefined || more !== undefined)
    throw new BackupError(
      'TARGET_DIFFERS',
      `The table ${differing === undefined ? more : nameOf(differing)} is another one in the backup than in this database.`,
      'Restore into a new, empty database, with the release that took the backup or a later one.',
    );
  return manifest.tables;
};

/**
 * Empties the tables and takes their foreign keys away, which go in circles, so that they can be loaded in any order. Answers the
 * statements that put them back.
 */
const takeApart = async (client: pg.Client, tables: readonly TableHead[]): Promise<string[]> => {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(`
    select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname !~ '^pg_' order by 1, 2`);
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`);
  await client.query(`truncate ${tables.map(quoted).join(', ')}`);
  return rows.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`);
};

const compare = async (client: pg.Client, table: TableHead, end: End): Promise<void> => {
  const now = await sumOf(client, table);
  if (now.sha256 === end.sha256 && now.bytes === end.bytes && now.rows === end.rows) return;
  throw new BackupError(
    'DOES_NOT_VERIFY',
    `The table ${nameOf(table)} reads otherwise after loading: expected ${end.rows} rows with the sum ${end.sha256}, got ${now.rows} with ${now.sha256}.`,
    'Nothing was kept. Repeat; if it stays, look at the disk of the database.',
  );
};

const loadOther = async (target: LoadTarget, section: Section, leftOut: readonly LeftOut[]): Promise<void> => {
  if (section.kind === kinds.file) {
    const head = FileHead.parse(section.head);
    if (isLeftOut(leftOut, head)) return;
    const { sha256 } = await target.files.put(head.organisation, section.content, Number.MAX_SAFE_INTEGER);
    if (sha256 !== head.sha256) throw damaged(`the file ${head.sha256} has another content`);
  } else if (section.kind === kinds.key) {
    const { name } = KeyHead.parse(section.head);
    await writeWhole(path.join(target.keys, name), section.content);
  } else if (section.kind === kinds.ledger) await writeWhole(target.ledger, section.content);
};

const writeWhole = async (file: string, content: AsyncIterable<Buffer>): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'w', 0o600);
  try {
    for await (const part of content) await handle.appendFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
};
