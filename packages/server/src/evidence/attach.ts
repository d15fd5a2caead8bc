import { evidence } from '@aimwell/contract/evidence/evidence';
import type { Summary } from '@aimwell/core/evidence/recognise/summary';
import { holdsOneOf } from '@aimwell/core/roles/permissions';
import { refusal } from '@aimwell/core/shared/refusal';
import { fileTypeFromBuffer } from 'file-type';
import { sql } from 'kysely';
import { actorId, type Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError, refused } from '../platform/errors.ts';
import type { Received } from '../platform/files/receive.ts';
import type { FileStore } from '../platform/files/store.ts';
import { loadRow } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';

/** What the bytes are, whatever the file calls itself. Text has no signature, so its absence of control bytes decides. */
export const typeByContent = async (head: Uint8Array): Promise<string> => {
  const found = await fileTypeFromBuffer(head);
  if (found !== undefined) return found.mime;
  return head.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13) ? 'text/plain' : 'application/octet-stream';
};

/** A file's last name without what paths, terminals and headers could trip over; at most 200 characters. */
export const safeName = (name: string): string => {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // Control and direction-changing characters make a name read as something it is not.
  const clean = last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();
  // A cut between the halves of a character would leave one that no header and no database takes.
  return (clean === '' || /^\.+$/.test(clean) ? 'file' : clean)
    .toWellFormed()
    .slice(0, 200)
    .replace(/[\ud800-\udbff]$/, '');
};

/** A file in the store and what it says, if its format is one that is read. */
export type Stored = Received & { readonly summary: Summary | null };

/** Makes a stored file the content of a piece of evidence: file row, record and trail entry in one transaction. */
export const attachFile = async (
  tx: Tx,
  context: Context,
  store: FileStore,
  { id, version }: { readonly id: string; readonly version: number | null },
  stored: Stored,
): Promise<void> => {
  const before = await loadRow(tx, evidence, id, { lock: true });
  mustBeAllowed(context, before);
  await mustHaveBrought(tx, context, id, before);
  if (version !== null && before.version !== version) throw new ProblemError('VERSION_CONFLICT', { currentVersion: before.version });
  if (before['archivedAt'] !== null)
    throw refused([
      refusal('ARCHIVED', 'expected a record in use, got an archived one', 'Create new evidence; an archived record stays as it was.'),
    ]);
  const type = await typeByContent(stored.head);
  const name = safeName(stored.name);
  await tx.query(
    sql`insert into files (organization_id, sha256, size, type) values (${tx.organisationId}::uuid, ${stored.sha256}, ${stored.size}, ${type})
      on conflict (organization_id, sha256) do update set purged_at = null, purged_by = null`,
  );
  // The row is ours now; whoever deleted equal bytes under it a moment ago has finished doing so.
  if (!(await store.has(tx.organisationId, stored.sha256)))
    throw new ProblemError('UNAVAILABLE', { detail: 'Equal bytes were being deleted while these came.', remedy: 'Send the file again.' });
  const attests = stored.summary === null ? [] : await attested(tx, id, stored.summary);
  await writeRecords(
    tx,
    context,
    evidence,
    [
      {
        before,
        set: {
          kind: 'file',
          fileName: name,
          fileType: type,
          fileSize: stored.size,
          sha256: stored.sha256,
          summary: stored.summary,
          attests,
        },
      },
    ],
    { command: 'upload', file: { name, sha256: stored.sha256 } },
  );
};

/** Whoever may not change evidence (an auditor, management) gives a file to what he recorded himself, and only its first. */
const mustBeAllowed = ({ actor }: Context, before: Readonly<Record<string, unknown>>): void => {
  if (holdsOneOf(actor.roles, evidence.permissions.change)) return;
  if (actor.personId === null || before['createdBy'] !== actor.personId || before['sha256'] !== null)
    throw new ProblemError('FORBIDDEN', {
      detail: `A file of others is added or replaced by one of the roles ${evidence.permissions.change.join(', ')}; you hold ${actor.roles.join(', ')}.`,
    });
};

/** A token for evidence alone may lie in a pipeline that many can change: it replaces no file but those of evidence it brought. */
const mustHaveBrought = async (tx: Tx, { actor }: Context, id: string, before: Readonly<Record<string, unknown>>): Promise<void> => {
  if (actor.only !== 'evidence' || before['sha256'] === null) return;
  const [own] = await tx.query(sql`
    select 1 from evidence_history h join trail_entries e on e.organization_id = h.organization_id and e.id = h.entry_id
    where h.organization_id = ${tx.organisationId}::uuid and h.id = ${id}::uuid and h.version = 1 and h.source = 'api' and e.actor = ${actorId(actor)}::uuid`);
  if (own === undefined)
    throw new ProblemError('FORBIDDEN', {
      detail: 'This token is for evidence alone and did not bring this one, which has a file already.',
      remedy: 'Bring the file as evidence of its own (aimwell evidence add), or replace it with a token or account without that limit.',
    });
};

/** Evidence in use whose file is one of the subjects. */
const attested = async (tx: Tx, id: string, { subjects }: Summary): Promise<string[]> => {
  const hashes = subjects.flatMap(({ sha256 }) => sha256 ?? []);
  if (hashes.length === 0) return [];
  const rows = await tx.query<{ id: string }>(sql`
    select t.id from evidence t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null
      and t.sha256 = any(${hashes}) and t.id <> ${id}::uuid order by t.number limit 200`);
  return rows.map((row) => row.id);
};
