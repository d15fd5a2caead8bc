import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { canonicalJson, type Envelope, envelopeBytes, payloadDigest } from './envelope.ts';

export interface Entry extends Omit<Envelope, 'digest' | 'organisation'> {
  /** What was said: values, reason, input. Canonical JSON is made of it. */
  readonly payload: unknown;
}

// Stands in the order of the queue for what has no record.
const nobody = '00000000-0000-0000-0000-000000000000';

/** Appends entries to the organisation's trail in the running transaction: both the change and its entry, or neither. */
export const appendToTrail = async (tx: Tx, entries: readonly Entry[]): Promise<void> => {
  if (entries.length === 0) return;
  const rows = entries.map(({ payload, ...entry }) => {
    const bytes = Buffer.from(canonicalJson(payload), 'utf8');
    const salt = randomBytes(16);
    const envelope = envelopeBytes({ ...entry, organisation: tx.organisationId, digest: payloadDigest(salt, bytes) });
    return {
      id: entry.entry,
      register: entry.register,
      record_id: entry.record,
      version: entry.version,
      command: entry.command,
      actor: entry.actor,
      at: entry.time,
      envelope,
      salt: salt.toString('hex'),
      payload: bytes.toString('hex'),
    };
  });
  await tx.query(sql`
    with fresh as (select * from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id uuid, register text, record_id uuid, version integer, command text, actor uuid, at timestamptz, envelope text, salt text, payload text)),
    entries as (insert into trail_entries (organization_id, id, register, record_id, version, command, actor, at, envelope)
      select ${tx.organisationId}::uuid, id, register, record_id, version, command, actor, at, envelope from fresh),
    waiting as (insert into trail_pending (organization_id, record_id, version, entry_id)
      select ${tx.organisationId}::uuid, coalesce(record_id, ${nobody}::uuid), coalesce(version, 0), id from fresh)
    insert into trail_payloads (organization_id, entry_id, salt, payload)
    select ${tx.organisationId}::uuid, id, decode(salt, 'hex'), decode(payload, 'hex') from fresh`);
};
