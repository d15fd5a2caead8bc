import { evidence } from '@aimwell/contract/evidence/evidence';
import type { EvidenceFile } from '@aimwell/contract/evidence/endpoints';
import { registerNamed } from '@aimwell/contract/registers';
import { refusal } from '@aimwell/core/shared/refusal';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError, refused } from '../platform/errors.ts';
import { damagedFile } from '../platform/files/damaged.ts';
import type { FileStore } from '../platform/files/store.ts';
import { identifierSql } from '../platform/register/columns.ts';
import { loadRow } from '../platform/register/read.ts';

/** Every file a piece of evidence has had, newest first. A change that left the file as it was makes no new one. */
export const readVersions = async (tx: Tx, id: string): Promise<EvidenceFile[]> => {
  const { sha256, purgedOn } = await loadRow(tx, evidence, id);
  const rows = await tx.query<Omit<EvidenceFile, 'current' | 'purgedOn'>>(sql`
    select t.version, to_char(t.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, t.file_name as "fileName", t.file_type as "fileType",
      t.file_size as "fileSize", t.sha256,
      (select json_build_object('id', r.id, 'identifier', ${identifierSql(registerNamed('people'), 'r')}, 'title', r.name) from people r
        where r.organization_id = t.organization_id and r.id = t.updated_by) as by,
      (select k.name from api_tokens k where k.organization_id = e.organization_id and k.id = e.actor) as token
    from evidence_history t join trail_entries e on e.organization_id = t.organization_id and e.id = t.entry_id
    where t.organization_id = ${tx.organisationId}::uuid and t.id = ${id}::uuid and e.command = 'upload' and t.sha256 is not null
    order by t.version desc`);
  return rows.map((row, index) => ({ ...row, current: index === 0 && row.sha256 === sha256, purgedOn: purgedOn as string | null }));
};

const noFile = (detail: string) => new ProblemError('NOT_FOUND', { detail });

interface Kept {
  readonly sha256: string;
  readonly name: string;
  readonly type: string;
}

/** The file a record had at one of its versions; the present one without a version. */
const keptAt = async (tx: Tx, id: string, version: number | undefined): Promise<Kept> => {
  const now = await loadRow(tx, evidence, id);
  if (now['purgedOn'] !== null)
    throw refused([
      refusal(
        'FILE_DELETED',
        `expected a file that is kept, got one deleted under retention on ${String(now['purgedOn'])}`,
        'Its record, its SHA-256 and the reason stand in the history; the bytes may lie in an older audit pack or backup.',
      ),
    ]);
  const of = (row: { readonly sha256: unknown; readonly fileName: unknown; readonly fileType: unknown }): Kept => {
    if (typeof row.sha256 !== 'string') throw noFile('This evidence has no file.');
    return { sha256: row.sha256, name: String(row.fileName ?? 'file'), type: String(row.fileType ?? 'application/octet-stream') };
  };
  if (version === undefined) return of(now as never);
  const [then] = await tx.query<{ sha256: string | null; fileName: string | null; fileType: string | null }>(sql`
    select t.sha256, t.file_name as "fileName", t.file_type as "fileType" from evidence_history t
    where t.organization_id = ${tx.organisationId}::uuid and t.id = ${id}::uuid and t.version = ${version}`);
  if (then === undefined) throw noFile('This evidence has no such version.');
  return of(then);
};

/** A file of a piece of evidence, checked against its hash before a byte of it is served. */
export const openFile = async (
  tx: Tx,
  store: FileStore,
  id: string,
  version?: number,
): Promise<{ open: () => Promise<NodeJS.ReadableStream>; name: string; type: string }> => {
  const { sha256, name, type } = await keptAt(tx, id, version);
  return {
    name,
    type,
    open: async () => {
      if (!(await store.isIntact(tx.organisationId, sha256))) throw damagedFile(sha256);
      return store.get(tx.organisationId, sha256);
    },
  };
};
