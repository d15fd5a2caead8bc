import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../database/pool.ts';

/** One erasure in opaque ids, so that a restore of an older backup repeats it. One line of JSON each. */
export interface LedgerLine {
  readonly organisation: string;
  readonly person: string;
  readonly entry: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly signaturesKept: boolean;
  /** Hex SHA-256 of salt and address in lower case; both null where no address was known. */
  readonly salt: string | null;
  readonly mark: string | null;
}

export const ledgerOf = (dataDirectory: string): string => path.join(dataDirectory, 'erasures.jsonl');

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });

/**
 * The lines of a ledger; none where there is no file. A last line that was cut off while it was written is left out: the
 * next start writes it again.
 * @throws Error naming another line that cannot be read: an erasure that is not repeated would be a person brought back
 */
export const readLedger = async (file: string): Promise<LedgerLine[]> => {
  const lines = (await textOf(file)).split('\n');
  return lines.flatMap((line, index): LedgerLine[] => {
    if (line.trim() === '') return [];
    const read = lineOf(line);
    if (read === null && index < lines.length - 1)
      throw new Error(`${file}, line ${index + 1}: expected an erasure, got ${line.slice(0, 60)}`);
    return read === null ? [] : [read];
  });
};

const lineOf = (line: string): LedgerLine | null => {
  try {
    const read = JSON.parse(line) as Partial<LedgerLine>;
    const ids = [read.organisation, read.person, read.entry];
    return ids.every((id) => typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) && typeof read.at === 'string'
      ? { organisation: '', person: '', entry: '', at: '', signaturesKept: false, salt: null, mark: null, ...read }
      : null;
  } catch {
    return null;
  }
};

/**
 * Brings the ledger up to what the database has recorded; on the disk before it answers. After each erasure and at each
 * start, so that one whose process died in between is not forgotten.
 */
export const rememberErasures = async (database: Database, file: string): Promise<number> => {
  const rows = await database.callAcross<{
    organization_id: string;
    person_id: string;
    entry_id: string;
    at: Date;
    signatures_kept: boolean;
    mark_salt: string | null;
    mark: string | null;
  }>(sql`select * from erasures_to_remember()`);
  if (rows.length === 0) return 0;
  const text = await textOf(file);
  const known = new Set(text.split('\n').flatMap((line) => lineOf(line)?.entry ?? []));
  const lines = rows
    .filter((row) => !known.has(row.entry_id))
    .map((row): LedgerLine => ({
      organisation: row.organization_id,
      person: row.person_id,
      entry: row.entry_id,
      at: row.at.toISOString(),
      signaturesKept: row.signatures_kept,
      salt: row.mark_salt,
      mark: row.mark,
    }));
  const written = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  if (lines.length > 0) await append(file, text === '' || text.endsWith('\n') ? written : `\n${written}`);
  return lines.length;
};

const append = async (file: string, text: string): Promise<void> => {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.appendFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};
