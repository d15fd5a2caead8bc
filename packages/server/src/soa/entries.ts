import { identifierOf, type Values } from '@aimwell/contract/platform/register';
import { controls, soaEntries } from '@aimwell/contract/soa/soa';
import { compareControls } from '@aimwell/core/soa/diff';
import type { SoaEntry } from '@aimwell/core/soa/entry';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { identifierSql, type Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';

export type EntryRow = Row & Values<typeof soaEntries>;

/** Identifiers of own controls by id, archived ones included: entries of old versions still name them. */
export const readOwnCodes = async (tx: Tx): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.query<{ id: string; code: string }>(
    sql`select t.id, ${identifierSql(controls)} as code from controls t where t.organization_id = ${tx.organisationId}::uuid`,
  );
  return new Map(rows.map(({ id, code }) => [id, code]));
};

/** Own controls in use, in the order of their numbers. */
export const readOwnControls = async (tx: Tx): Promise<{ readonly id: string; readonly code: string; readonly title: string }[]> =>
  (await findRows(tx, controls, {})).map((row) => ({ id: row.id, code: identifierOf(controls, row.number), title: String(row['title']) }));

/** The entries of a version, Annex A first and in its order. `lock` holds them until the transaction ends. */
export const readEntries = async (
  tx: Tx,
  version: string,
  own: ReadonlyMap<string, string>,
  options: { readonly lock?: boolean } = {},
): Promise<EntryRow[]> =>
  ((await findRows(tx, soaEntries, { soa: version }, options)) as EntryRow[]).toSorted((a, b) =>
    compareControls(controlOf(a, own), controlOf(b, own)),
  );

/** What an entry is about: "A.6.2.4", or the identifier of an own control. */
export const controlOf = (row: Pick<EntryRow, 'control' | 'ownControl'>, own: ReadonlyMap<string, string>): string =>
  row.control ?? own.get(row.ownControl ?? '') ?? '';

/** A stored entry as core judges it. */
export const toEntry = (row: EntryRow, own: ReadonlyMap<string, string>): SoaEntry => ({
  control: controlOf(row, own),
  decision: row.decision ?? 'undecided',
  reasons: row.reasons,
  justification: row.justification,
  risks: row.risks,
  objectives: row.objectives,
  laws: row.laws,
  contracts: row.contracts,
  linksConfirmed: row.linksConfirmed === true,
  contradictionNote: row.contradictionNote,
  status: row.status ?? 'not_started',
  owner: row.owner,
  targetDate: row.targetDate,
});

/** How far a control is: it goes on after approval, see docs/decisions/0007. */
export const progressFields = ['status', 'owner', 'targetDate', 'statusNote'] as const;

/** What an approval freezes, and what its hash is made of. */
export const frozenFields = [
  'decision',
  'reasons',
  'justification',
  'risks',
  'objectives',
  'laws',
  'contracts',
  'linksConfirmed',
  'contradictionNote',
] as const;

/** The frozen part of an entry; lists in a fixed order, since their order says nothing. */
export const frozenContent = (row: EntryRow, own: ReadonlyMap<string, string>): Record<string, unknown> => ({
  control: controlOf(row, own),
  title: row.title,
  ...Object.fromEntries(
    frozenFields.map((name) => [name, Array.isArray(row[name]) ? (row[name] as string[]).toSorted() : (row[name] ?? null)]),
  ),
});
