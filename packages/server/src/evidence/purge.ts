import { evidence } from '@aimwell/contract/evidence/evidence';
import { againstPurge } from '@aimwell/core/evidence/retention';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Database, Tx } from '../platform/database/pool.ts';
import { ProblemError, refused } from '../platform/errors.ts';
import type { FileStore } from '../platform/files/store.ts';
import type { Row } from '../platform/register/columns.ts';
import { loadRow } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';
import { retentionFacts } from './retention.ts';

interface Mine {
  readonly sha256: string;
  /** True when other evidence whose files are kept has, or had, the same bytes. */
  readonly shared: boolean;
}

/** Every file the record has had; the rows are held until the transaction ends. */
const filesOf = (tx: Tx, id: string): Promise<Mine[]> =>
  tx.query<Mine>(sql`
    select f.sha256, exists (select 1 from evidence_history o join evidence t on t.organization_id = o.organization_id and t.id = o.id
      where o.organization_id = f.organization_id and o.sha256 = f.sha256 and o.id <> ${id}::uuid and t.purged_on is null) as shared
    from files f where f.organization_id = ${tx.organisationId}::uuid
      and f.sha256 in (select h.sha256 from evidence_history h where h.organization_id = f.organization_id and h.id = ${id}::uuid)
    order by f.sha256 for update of f`);

const against = async (tx: Tx, context: Context, row: Row, files: readonly Mine[]): Promise<readonly Refusal[]> => {
  if (row['purgedOn'] !== null)
    return [
      refusal(
        'FILE_DELETED',
        `expected evidence with a file, got one whose file was deleted on ${String(row['purgedOn'])}`,
        'Nothing is left to delete.',
      ),
    ];
  if (files.length === 0) return [refusal('NO_FILE', 'expected evidence with a file, got none', 'Choose evidence that has a file.')];
  return againstPurge(await retentionFacts(tx, context, row), context.today);
};

/**
 * Records that the files of a piece of evidence are deleted, and answers whose bytes may go once that is committed: bytes
 * that other evidence has too stay. Refused with reason and day while an approved version rests on it or retention runs.
 */
export const recordPurge = async (
  tx: Tx,
  context: Context,
  { id, version, reason }: { readonly id: string; readonly version: number | null; readonly reason: string },
): Promise<string[]> => {
  const before = await loadRow(tx, evidence, id, { lock: true });
  if (version !== null && before.version !== version) throw new ProblemError('VERSION_CONFLICT', { currentVersion: before.version });
  const files = await filesOf(tx, id);
  const problems = await against(tx, context, before, files);
  if (problems.length > 0) throw refused(problems);
  const present = typeof before['sha256'] === 'string' ? { name: String(before['fileName']), sha256: before['sha256'] } : undefined;
  await writeRecords(tx, context, evidence, [{ before, set: { purgedOn: context.today } }], {
    command: 'purge',
    reason,
    input: { files: files.map(({ sha256 }) => sha256) },
    ...(present === undefined ? {} : { file: present }),
  });
  const gone = files.filter(({ shared }) => !shared).map(({ sha256 }) => sha256);
  await tx.query(sql`
    update files f set purged_at = ${context.now.toISOString()}::timestamptz, purged_by = h.entry_id from evidence_history h
    where f.organization_id = ${tx.organisationId}::uuid and f.sha256 = any(${gone}) and h.organization_id = f.organization_id
      and h.id = ${id}::uuid and h.version = ${before.version + 1}`);
  return gone;
};

/**
 * Deletes bytes that a committed purge gave up. The row of each file is held meanwhile: whoever brings equal bytes now
 * either takes the row first, and they stay, or comes after and finds them gone.
 */
export const removePurged = (database: Database, store: FileStore, organisationId: string, hashes: readonly string[]): Promise<number> =>
  database.inOrganisation(organisationId, async (tx) => {
    const rows = await tx.query<{ sha256: string }>(sql`
      select sha256 from files where organization_id = ${tx.organisationId}::uuid and sha256 = any(${hashes as string[]}) and purged_at is not null for update`);
    for (const { sha256 } of rows) await store.remove(organisationId, sha256);
    return rows.length;
  });
