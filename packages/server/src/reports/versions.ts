import type { ReportVersion } from '@aimwell/contract/reports/endpoints';
import type { Register } from '@aimwell/contract/platform/register';
import type { scopeStatements } from '@aimwell/contract/scope/scope';
import type { soaVersions } from '@aimwell/contract/soa/soa';
import type { treatmentPlans } from '@aimwell/contract/treatment/treatments';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError } from '../platform/errors.ts';
import { dayIn } from '../platform/context.ts';
import type { Cell, Report } from '../platform/reports/model.ts';
import { longDate } from '../platform/reports/text.ts';
import { joined } from './words.ts';
import { type Named, readAll, readViews, type View } from './views.ts';

type Versioned = typeof scopeStatements | typeof soaVersions | typeof treatmentPlans;
/** What the registers of versions have in common. */
export type Signed = Pick<
  View<typeof soaVersions>,
  | 'id'
  | 'updatedAt'
  | 'state'
  | 'versionNumber'
  | 'approvedBy'
  | 'approvedName'
  | 'approvedFunction'
  | 'approvedStatement'
  | 'approvedHash'
  | 'approvedOn'
  | 'approvedAt'
  | 'lateReason'
>;

const isFrozen = ({ state }: Pick<Signed, 'state'>): boolean => state === 'approved' || state === 'superseded';

/** The version to print: the one named, else the one in force, else that with the highest number; null when there is none at all. */
export const findVersion = async <R extends Versioned>(tx: Tx, register: R, wanted: string | undefined): Promise<View<R> | null> => {
  const named = wanted !== undefined && wanted !== 'latest';
  const [chosen] = await readAll<{ id: string }>(
    tx,
    sql`
    select t.id from ${sql.table(register.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null
    ${named ? sql`and t.id = ${wanted}::uuid` : sql``}
    order by ${wanted === undefined ? sql`t.state = 'approved' desc,` : sql``} t.version_number desc nulls last, t.number desc limit 1`,
  );
  if (chosen === undefined && named)
    throw new ProblemError('NOT_FOUND', {
      detail: 'No version with this id in this organisation.',
      remedy: 'Take one from the list of reports.',
    });
  if (chosen === undefined) return null;
  const [version] = await readViews<R>(tx, register, sql`t.id = ${chosen.id}::uuid`);
  return version ?? null;
};

/** Like `findVersion`, and says what has to be made first. */
export const versionToPrint = async <R extends Versioned>(
  tx: Tx,
  register: R,
  wanted: string | undefined,
  missing: string,
): Promise<View<R>> => {
  const version = await findVersion(tx, register, wanted);
  if (version === null) throw new ProblemError('NOT_FOUND', { detail: missing, remedy: 'Make a draft; it can be printed at once.' });
  return version;
};

/** "Version 3", "Version 2, superseded", "Draft 4", "Draft 4, in review". */
export const labelOf = ({ state, versionNumber }: Pick<Signed, 'state' | 'versionNumber'>): string => {
  const number = versionNumber === null ? '' : ` ${versionNumber}`;
  return isFrozen({ state })
    ? `Version${number}${state === 'superseded' ? ', superseded' : ''}`
    : `Draft${number}${state === 'in_review' ? ', in review' : ''}`;
};

/** Version, watermark and approval line of a document. */
export const standingOf = (version: Signed): Pick<Report, 'version' | 'draft' | 'approval'> => {
  const { approvedBy, approvedName, approvedFunction, approvedAt, approvedHash, approvedStatement } = version;
  const draft = !isFrozen(version);
  if (draft || approvedBy === null || approvedAt === null || approvedHash === null) return { version: labelOf(version), draft: true };
  return {
    version: labelOf(version),
    draft: false,
    approval: {
      name: approvedName ?? approvedBy.title,
      function: approvedFunction ?? 'no function recorded',
      at: approvedAt,
      statement: approvedStatement ?? '',
      hash: approvedHash,
    },
  };
};

/** "Approved on 3 March 2026, recorded on 14 March 2026 because …", for a table of facts; nothing for drafts. */
export const approvalFacts = (version: Signed, timeZone: string): (readonly [string, Cell])[] => {
  if (!isFrozen(version) || version.approvedOn === null) return [];
  const recorded = version.approvedAt === null ? version.approvedOn : dayIn(timeZone, new Date(version.approvedAt));
  const late = recorded === version.approvedOn ? '' : joined([`recorded on ${longDate(recorded)}`, version.lateReason], ': ');
  return [
    ['Approved on', joined([longDate(version.approvedOn), late], ', ')],
    ...(version.state === 'superseded'
      ? [['Standing', { kind: 'status', status: { shape: 'superseded', word: 'Superseded by a later version' } }] as const]
      : []),
  ];
};

/** "Treatment plan 2, approved on 3 March 2026", as other documents rest on it. */
export const restsOn = (name: string, version: Pick<Signed, 'state' | 'approvedOn' | 'versionNumber'>): string =>
  joined(
    [
      name,
      version.state === 'approved' && version.approvedOn !== null
        ? `approved on ${longDate(version.approvedOn)}`
        : version.state === 'superseded'
          ? 'superseded'
          : 'not approved',
    ],
    ', ',
  );

/** Every version of a register for the list of reports, newest first. */
export const listVersions = async (tx: Tx, register: Register, timeZone: string): Promise<ReportVersion[]> => {
  const rows = await readAll<Pick<Signed, 'state' | 'versionNumber' | 'approvedOn' | 'updatedAt'> & Pick<Named, 'id'>>(
    tx,
    sql`
    select t.id, t.state, t.version_number as "versionNumber", t.approved_on as "approvedOn", t.updated_at as "updatedAt" from ${sql.table(register.table)} t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null order by t.version_number desc nulls last, t.number desc`,
  );
  return rows.map((row) => ({
    id: row.id,
    label: labelOf(row),
    standing: row.state === 'approved' || row.state === 'superseded' ? row.state : 'draft',
    on: (isFrozen(row) ? row.approvedOn : null) ?? dayIn(timeZone, new Date(row.updatedAt)),
  }));
};
