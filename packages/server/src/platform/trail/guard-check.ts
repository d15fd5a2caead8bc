import type { CheckCause } from '@aimwell/contract/platform/integrity';
import { sql } from 'kysely';
import { type Context } from '../context.ts';
import type { Database, Tx } from '../database/pool.ts';
import { refused } from '../errors.ts';
import type { FileStore } from '../files/store.ts';
import { newId } from '../ids.ts';
import type { Anchors } from './guard-anchors.ts';
import { nextTurn } from './guard-due.ts';
import { saveCheck } from './guard-store.ts';
import { tellRotations } from './rotations.ts';
import { type Verification, verifyLive } from './verify.ts';

/** What a check works with. */
export interface GuardParts {
  readonly database: Database;
  /** The store itself: what is found damaged here is part of the check, not a refused download. */
  readonly files: FileStore;
  readonly anchors: Anchors;
  /** Hour of the night, 0 to 23, in each organisation's time zone. */
  readonly hour: number;
  readonly now: () => Date;
}

export interface CheckInput {
  readonly organisationId: string;
  readonly cause: CheckCause;
  /** Who asked for it; null when the product did. */
  readonly context: Context | null;
  /** Keys and an older checkpoint that somebody brought; else those that the guard holds. */
  readonly keys?: readonly Uint8Array[] | null;
  readonly against?: string | null;
}

const CLAIM_MINUTES = 10;

/**
 * Checks everything of one organisation and keeps the result. Only one check of an organisation runs at a time, whatever the number
 * of servers. What verified becomes the checkpoint that the next one is held against.
 * @throws REFUSED (CHECK_RUNNING)
 */
export const checkOrganisation = async (parts: GuardParts, input: CheckInput): Promise<Verification> => {
  const { database, files, anchors, now } = parts;
  const { organisationId } = input;
  const inside = <T>(work: (tx: Tx) => Promise<T>) => database.inOrganisation(organisationId, work);
  const claim = newId();
  if (!(await inside((tx) => takeClaim(tx, claim, input.cause)))) throw alreadyRunning();
  const renewing = setInterval(
    () => void inside((tx) => takeClaim(tx, claim, input.cause)).catch(() => false),
    (CLAIM_MINUTES / 3) * 60_000,
  );
  let done = false;
  try {
    const startedAt = now();
    await inside((tx) => tellRotations(tx, startedAt));
    const candidate = await inside(newestNote);
    const keys = input.keys === undefined ? await anchors.keys() : input.keys;
    const against = input.against === undefined ? await anchors.held(organisationId) : input.against;
    const found = await verifyLive({ database, files, organisationId, keys, against }).catch((error: unknown) =>
      unreadable(error, keys !== null),
    );
    await inside((tx) => saveCheck(tx, input.context, { cause: input.cause, startedAt, endedAt: now(), found }));
    // Read before the check, it was among what the check held against the tree. Only what verified against the one held takes its place.
    const own = input.keys === undefined && input.against === undefined;
    if (own && found.faults.length === 0 && candidate !== null) await anchors.hold(organisationId, candidate);
    done = true;
    return found;
  } finally {
    clearInterval(renewing);
    await inside((tx) => endClaim(tx, claim, parts, done));
  }
};

/** What could not be read at all (a damaged page, bytes in no form there is) is a fault like any other; a database that is away is none. */
export const unreadable = (error: unknown, keyFromOutside: boolean): Verification => {
  const { code, message } = error as { code?: string; message: string };
  const damaged = error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError || /^(XX|22)/.test(code ?? '');
  if (!damaged) throw error;
  const faults = [{ what: 'tree', entry: null, message: `Not everything could be read: ${message}` } as const];
  return { entries: 0, checkpoints: 0, notAnchored: 0, records: 0, files: 0, from: null, faults, keyFromOutside, against: null };
};

export const alreadyRunning = () =>
  refused([
    {
      code: 'CHECK_RUNNING',
      message: 'expected no check of this organisation under way, got one',
      remedy: 'Wait for its result; it is shown when it ends.',
    },
  ]);

/** True when the check is ours: nobody has it, its claim has run out, or it was ours before. A turn that another server took is over. */
const takeClaim = async (tx: Tx, claim: string, cause: CheckCause): Promise<boolean> =>
  (
    await tx.query(sql`
      insert into integrity_due as d (organization_id, due_at, claimed_by, claimed_until)
      values (${tx.organisationId}::uuid, clock_timestamp(), ${claim}::uuid, clock_timestamp() + ${CLAIM_MINUTES} * interval '1 minute')
      on conflict (organization_id) do update set claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
        where d.claimed_by = excluded.claimed_by
          or (d.claimed_until < clock_timestamp() and (${cause} <> 'night' or d.due_at <= clock_timestamp()))
      returning organization_id`)
  ).length > 0;

/** Gives the claim back. The next turn is the coming night; a check that could not run is tried again before. */
const endClaim = async (tx: Tx, claim: string, { hour, now }: GuardParts, done: boolean): Promise<void> => {
  const [row] = await tx.query<{ time_zone: string }>(sql`select time_zone from organizations where id = ${tx.organisationId}::uuid`);
  const due = done ? nextTurn(now(), hour, row?.time_zone ?? 'UTC') : new Date(now().getTime() + CLAIM_MINUTES * 60_000);
  await tx.query(sql`
    update integrity_due set due_at = ${due.toISOString()}::timestamptz, claimed_until = '-infinity'
    where organization_id = ${tx.organisationId}::uuid and claimed_by = ${claim}::uuid`);
};

/** The newest checkpoint as it is signed. */
export const newestNote = async (tx: Tx): Promise<string | null> => {
  const [row] = await tx.query<{ note: string }>(
    sql`select note from trail_checkpoints where organization_id = ${tx.organisationId}::uuid order by size desc limit 1`,
  );
  return row?.note ?? null;
};

/** True while some server checks this organisation. */
export const isChecking = async (tx: Tx): Promise<boolean> =>
  (
    await tx.query(
      sql`select 1 from integrity_due where organization_id = ${tx.organisationId}::uuid and claimed_until > clock_timestamp()`,
    )
  ).length > 0;
