import { type CheckCause, type IntegrityView } from '@aimwell/contract/platform/integrity';
import { CHECK_SPEAKS_DAYS } from '@aimwell/core/conformity/rules/integrity';
import { sql } from 'kysely';
import { actorId, type Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from './append.ts';
import type { Verification } from './verify.ts';
import type { Fault } from './verify-records.ts';

/** A check that ended: what it read, and what did not verify. */
export interface Check {
  readonly cause: CheckCause;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly found: Verification;
}

interface Line {
  readonly cause: CheckCause | 'serve';
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly entries: number;
  readonly notAnchored: number;
  readonly records: number;
  readonly files: number;
  readonly faults: readonly Fault[];
  readonly from: number | null;
  readonly held: number | null;
  readonly keyFromOutside: boolean;
}

/** Faults kept with a check; the first are enough to begin with, their number stands beside them. */
const MOST_KEPT = 100;

/** Keeps the result of a check, marks R069 to be judged anew and tells the trail: that somebody looked is evidence too. */
export const saveCheck = async (tx: Tx, context: Context | null, { cause, startedAt, endedAt, found }: Check): Promise<string> =>
  saveLine(tx, context, {
    cause,
    startedAt,
    endedAt,
    entries: found.entries,
    notAnchored: found.notAnchored,
    records: found.records,
    files: found.files,
    faults: found.faults,
    from: found.from,
    held: found.against,
    keyFromOutside: found.keyFromOutside,
  });

const saveLine = async (tx: Tx, context: Context | null, line: Line): Promise<string> => {
  const id = newId();
  const faults = JSON.stringify(line.faults.slice(0, MOST_KEPT));
  await tx.query(sql`
    insert into integrity_checks (organization_id, id, cause, started_at, ended_at, entries, not_anchored, records, files, faults, fault_count, first_bad, held, key_from_outside)
    values (${tx.organisationId}::uuid, ${id}::uuid, ${line.cause}, ${line.startedAt.toISOString()}::timestamptz, ${line.endedAt.toISOString()}::timestamptz, ${line.entries}, ${line.notAnchored},
      ${line.records}, ${line.files}, ${faults}::jsonb, ${line.faults.length}, ${line.from}, ${line.held}, ${line.keyFromOutside})`);
  await appendToTrail(tx, [
    {
      entry: newId(),
      register: 'integrity-checks',
      record: id,
      version: null,
      command: 'check',
      actor: context === null ? null : actorId(context.actor),
      time: line.endedAt.toISOString(),
      request: context?.requestId ?? null,
      payload: {
        ...line,
        startedAt: line.startedAt.toISOString(),
        endedAt: line.endedAt.toISOString(),
        faults: line.faults.slice(0, MOST_KEPT),
        faultCount: line.faults.length,
      },
    },
  ]);
  await tx.query(
    sql`insert into conformity_stale (organization_id, id, register) values (${tx.organisationId}::uuid, ${newId()}::uuid, 'integrity-checks')`,
  );
  return id;
};

/** What stands behind a moment: the newest check that had ended, with what was met since then when a file was asked for. */
const standing = async (tx: Tx, at: Date) => {
  const [check] = await tx.query<StoredCheck>(sql`
    select id, cause, started_at, ended_at, entries, not_anchored, records, files, faults, fault_count, first_bad, held, key_from_outside from integrity_checks
    where organization_id = ${tx.organisationId}::uuid and cause <> 'serve' and ended_at <= ${at.toISOString()}::timestamptz order by ended_at desc, id desc limit 1`);
  const met = await tx.query<{ faults: Fault[] }>(sql`
    select faults from integrity_checks where organization_id = ${tx.organisationId}::uuid and cause = 'serve' and ended_at <= ${at.toISOString()}::timestamptz
      and ended_at >= ${(check?.started_at ?? new Date(0)).toISOString()}::timestamptz order by ended_at, id limit ${MOST_KEPT}`);
  const kept = check?.faults ?? [];
  // A file that the check names as well is one fault.
  const since = met.flatMap(({ faults }) => faults).filter((fault) => !kept.some(({ message }) => message === fault.message));
  return { check: check ?? null, faults: [...kept, ...since], faultCount: (check?.fault_count ?? 0) + since.length };
};

interface StoredCheck {
  readonly id: string;
  readonly cause: CheckCause;
  readonly started_at: Date;
  readonly ended_at: Date;
  readonly entries: number;
  readonly not_anchored: number;
  readonly records: number;
  readonly files: number;
  readonly faults: Fault[];
  readonly fault_count: number;
  readonly first_bad: number | null;
  readonly held: number | null;
  readonly key_from_outside: boolean;
}

/** The newest check as answers show it, as of `now`. */
export const readIntegrityOf = async (tx: Tx, now: Date): Promise<IntegrityView> => {
  const { check, faults, faultCount } = await standing(tx, now);
  const old = check !== null && now.getTime() - check.ended_at.getTime() > (CHECK_SPEAKS_DAYS + 1) * 86_400_000;
  const from = check?.first_bad ?? null;
  return {
    state: faultCount > 0 ? 'faults' : check === null ? 'never' : old ? 'overdue' : 'verifies',
    sentence: faultCount > 0 ? sentenceOf(from, faultCount) : null,
    from,
    faultCount,
    faults: [...faults],
    check:
      check === null
        ? null
        : {
            id: check.id,
            cause: check.cause,
            startedAt: check.started_at.toISOString(),
            endedAt: check.ended_at.toISOString(),
            entries: check.entries,
            notAnchored: check.not_anchored,
            records: check.records,
            files: check.files,
            held: check.held,
            keyFromOutside: check.key_from_outside,
          },
  };
};

const sentenceOf = (from: number | null, faults: number): string =>
  from !== null
    ? `The record history does not verify from entry ${from}.`
    : `${faults} ${faults === 1 ? 'record or file does' : 'records or files do'} not verify.`;

/** The lines that the rules read: what stands today, or what stood at `now`. */
export const checksForRules = async (tx: Tx, now: Date) => {
  const { check, faultCount } = await standing(tx, now);
  if (check === null && faultCount === 0) return [];
  const endedOn = (check?.ended_at ?? now).toISOString().slice(0, 10);
  const from = check?.first_bad ?? null;
  return [{ id: check?.id ?? '', identifier: '', title: 'Check of the trail', endedOn, faultCount, from }];
};

/**
 * Writes down that a file which was asked for is not what its name says: a fault that the rules and the banner see. Once for
 * each file and check; nothing for bytes that no row of this organisation names, or that were removed on purpose.
 */
export const saveDamagedFile = async (tx: Tx, sha256: string, now: Date): Promise<void> => {
  const message = damagedFile(sha256);
  const { faults } = await standing(tx, now);
  if (faults.some((fault) => fault.message === message)) return;
  const named = await tx.query(
    sql`select 1 from files where organization_id = ${tx.organisationId}::uuid and sha256 = ${sha256} and purged_at is null`,
  );
  if (named.length === 0) return;
  await saveLine(tx, null, {
    cause: 'serve',
    startedAt: now,
    endedAt: now,
    entries: 0,
    notAnchored: 0,
    records: 0,
    files: 1,
    faults: [{ what: 'file', entry: null, message }],
    from: null,
    held: null,
    keyFromOutside: false,
  });
};

const damagedFile = (sha256: string) => `The file ${sha256} is missing or damaged`;
