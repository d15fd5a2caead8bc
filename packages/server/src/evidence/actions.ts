import { evidence } from '@aimwell/contract/evidence/evidence';
import { fileTypeFromBuffer } from 'file-type';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError } from '../platform/errors.ts';
import type { FileStore } from '../platform/files/store.ts';
import { loadRow } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';

export interface Stored {
  readonly sha256: string;
  readonly size: number;
  readonly head: Uint8Array;
  readonly name: string;
}

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
  return (clean === '' || /^\.+$/.test(clean) ? 'file' : clean).slice(0, 200);
};

/** Makes a stored file the content of a piece of evidence: file row, record and trail entry in one transaction. */
export const attachFile = async (tx: Tx, context: Context, id: string, version: number | null, stored: Stored): Promise<void> => {
  const before = await loadRow(tx, evidence, id, { lock: true });
  if (version !== null && before.version !== version) throw new ProblemError('VERSION_CONFLICT', { currentVersion: before.version });
  const type = await typeByContent(stored.head);
  const name = safeName(stored.name);
  await tx.query(
    sql`insert into files (organization_id, sha256, size, type) values (${tx.organisationId}::uuid, ${stored.sha256}, ${stored.size}, ${type}) on conflict do nothing`,
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
