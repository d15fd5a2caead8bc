import { evidence } from '@aimwell/contract/evidence/evidence';
import { addMonths } from '@aimwell/core/shared/dates';
import { isBlank, refusal } from '@aimwell/core/shared/refusal';
import { fileTypeFromBuffer } from 'file-type';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError, refused } from '../platform/errors.ts';
import type { Received } from '../platform/files/receive.ts';
import type { FileStore } from '../platform/files/store.ts';
import { lateProblems } from '../platform/register/actions.ts';
import type { Behaviour, Intended } from '../platform/register/behaviour.ts';
import { loadRow } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';

/** Evidence is collected on a day that was, written down soon or with a reason, and holds from a day to a later one. */
const againstEvidence = (context: Context, { deed, before, after }: Intended) => {
  if (deed === 'archive') return [];
  const [collectedOn, lateReason] = [after['collectedOn'] as string, after['lateReason'] as string | null];
  const [from, until] = [after['validFrom'] as string | null, after['validUntil'] as string | null];
  return [
    ...(before?.['collectedOn'] === collectedOn
      ? []
      : lateProblems(
          context,
          { happenedOn: collectedOn, ...(isBlank(lateReason) ? {} : { lateReason: lateReason ?? '' }) },
          'collectedOn',
        )),
    ...(from !== null && until !== null && until < from
      ? [refusal('ENDS_BEFORE_START', `expected an end on or after ${from}, got ${until}`, 'Correct one of the two days.', 'validUntil')]
      : []),
  ];
};

/** How a new piece came here. What a token or a command of the operator brings came without a person at the keyboard. */
const cameBy = (context: Context, { deed, before }: Intended) => {
  if (before !== null) return {};
  if (deed === 'import' || context.source === 'import') return { source: 'import' };
  return { source: context.actor.kind === 'person' || context.source === 'demo' ? 'person' : 'api' };
};

/** The next day follows from the interval and the day of collection, unless a person says another. */
const dueAfter = ({ before, after }: Intended) => {
  const months = after['intervalMonths'] as number | null;
  const changed = (name: string) => (before?.[name] ?? null) !== (after[name] ?? null);
  if (months === null || changed('nextDue') || !(changed('intervalMonths') || changed('collectedOn'))) return {};
  return { nextDue: addMonths(after['collectedOn'] as string, months) };
};

export const evidenceBehaviour: Behaviour = {
  register: evidence,
  prepare: async (_tx, context, intended) =>
    intended.map((one) => {
      const problems = againstEvidence(context, one);
      return problems.length > 0 ? { refused: problems } : { set: { ...cameBy(context, one), ...dueAfter(one) } };
    }),
};

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

/** Makes a stored file the content of a piece of evidence: file row, record and trail entry in one transaction. */
export const attachFile = async (tx: Tx, context: Context, id: string, version: number | null, stored: Received): Promise<void> => {
  const before = await loadRow(tx, evidence, id, { lock: true });
  if (version !== null && before.version !== version) throw new ProblemError('VERSION_CONFLICT', { currentVersion: before.version });
  if (before['archivedAt'] !== null)
    throw refused([
      refusal('ARCHIVED', 'expected a record in use, got an archived one', 'Create new evidence; an archived record stays as it was.'),
    ]);
  const type = await typeByContent(stored.head);
  const name = safeName(stored.name);
  await tx.query(
    sql`insert into files (organization_id, sha256, size, type) values (${tx.organisationId}::uuid, ${stored.sha256}, ${stored.size}, ${type}) on conflict (organization_id, sha256) do update set purged_at = null, purged_by = null`,
  );
  await writeRecords(
    tx,
    context,
    evidence,
    [{ before, set: { kind: 'file', fileName: name, fileType: type, fileSize: stored.size, sha256: stored.sha256 } }],
    { command: 'upload', file: { name, sha256: stored.sha256 } },
  );
};

/** The file of a piece of evidence, checked against its hash before a byte of it is served. */
export const openFile = async (
  tx: Tx,
  store: FileStore,
  id: string,
): Promise<{ open: () => Promise<NodeJS.ReadableStream>; name: string; type: string }> => {
  const row = await loadRow(tx, evidence, id);
  const sha256 = row['sha256'];
  if (typeof sha256 !== 'string') throw new ProblemError('NOT_FOUND', { detail: 'This evidence has no file.' });
  return {
    name: String(row['fileName']),
    type: String(row['fileType']),
    open: async () => {
      if (!(await store.isIntact(tx.organisationId, sha256)))
        throw new ProblemError('REFUSED', {
          problems: [
            {
              code: 'FILE_DAMAGED',
              message: `expected bytes with SHA-256 ${sha256}, found others or none`,
              remedy: 'Restore the file from a backup; it is not served while it differs.',
            },
          ],
        });
      return store.get(tx.organisationId, sha256);
    },
  };
};
