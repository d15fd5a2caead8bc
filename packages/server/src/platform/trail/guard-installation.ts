import type { CheckCause } from '@aimwell/contract/platform/integrity';
import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from './append.ts';
import { type GuardParts, newestNote, unreadable } from './guard-check.ts';
import { nextTurn } from './guard-due.ts';
import { INSTALLATION, INSTALLATION_LOG } from './installation.ts';
import { tellRotations } from './rotations.ts';
import { type Verification, verifyLive } from './verify.ts';

interface CheckInput {
  readonly cause: CheckCause;
  /** Keys and an older checkpoint that somebody brought; else those that the guard holds. */
  readonly keys?: readonly Uint8Array[] | null;
  readonly against?: string | null;
}

const CHECK = 'check';
const MOST_TOLD = 100;

/**
 * Checks the installation log as the trail of an organisation is checked, and tells it the result. No organisation has a finding
 * of it: whoever keeps the installation does.
 */
export const checkInstallation = async ({ database, files, anchors, now }: GuardParts, input: CheckInput): Promise<Verification> => {
  const inside = <T>(work: (tx: Tx) => Promise<T>) => database.inOrganisation(INSTALLATION, work);
  await inside((tx) => tellRotations(tx, now()));
  const candidate = await inside(newestNote);
  const keys = input.keys === undefined ? await anchors.keys() : input.keys;
  const against = input.against === undefined ? await anchors.held(INSTALLATION) : input.against;
  const found = await verifyLive({ database, files, organisationId: INSTALLATION, keys, against }).catch((error: unknown) =>
    unreadable(error, keys !== null),
  );
  await inside((tx) => tellCheck(tx, input.cause, found, now()));
  const own = input.keys === undefined && input.against === undefined;
  if (own && found.faults.length === 0 && candidate !== null) await anchors.hold(INSTALLATION, candidate);
  return found;
};

const tellCheck = (tx: Tx, cause: CheckCause, { entries, from, faults, against, keyFromOutside }: Verification, at: Date): Promise<void> =>
  appendToTrail(tx, [
    {
      entry: newId(),
      register: INSTALLATION_LOG,
      record: null,
      version: null,
      command: CHECK,
      actor: null,
      time: at.toISOString(),
      request: null,
      payload: { cause, entries, from, faultCount: faults.length, faults: faults.slice(0, MOST_TOLD), held: against, keyFromOutside },
    },
  ]);

/** True when its turn of the night, in UTC, has come since it was checked last. */
export const isInstallationDue = async ({ database, hour, now }: GuardParts): Promise<boolean> => {
  const [last] = await database.inOrganisation(INSTALLATION, (tx) =>
    tx.query<{ at: Date }>(sql`
      select at from trail_entries where organization_id = ${tx.organisationId}::uuid and register = ${INSTALLATION_LOG} and record_id is null and command = ${CHECK}
      order by at desc limit 1`),
  );
  return last === undefined || nextTurn(last.at, hour, 'UTC') <= now();
};

/** What its check found, for whoever reads the server's messages; null when it verifies. */
export const installationSentence = ({ from, faults }: Verification): string | null =>
  faults.length === 0
    ? null
    : `The installation log does not verify${from === null ? '' : ` from entry ${from}`}: ${faults[0]?.message}. Run \`npx aimwell verify --live\` for the rest.`;
