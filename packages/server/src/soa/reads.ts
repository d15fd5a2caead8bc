import { identifierOf } from '@aimwell/contract/platform/register';
import type { ReferenceView } from '@aimwell/contract/platform/schema';
import type { SoaRow, SoaVersionView, SoaView } from '@aimwell/contract/soa/endpoints';
import { soaVersions } from '@aimwell/contract/soa/soa';
import { diff } from '@aimwell/core/soa/diff';
import { againstSubmission } from '@aimwell/core/soa/submission';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { notFound } from '../platform/errors.ts';
import { viewColumns } from '../platform/register/columns.ts';
import { readOpenTreatments } from '../treatment/reads.ts';
import { annexAIds, bandOf, bands } from './catalog.ts';
import { readEntries, readOwnCodes, toEntry } from './entries.ts';
import { readSurroundings } from './facts.ts';
import { readReadableEntries, readRows } from './rows.ts';

type Brief = SoaView['versions'][number];

const readVersions = async (tx: Tx): Promise<Brief[]> =>
  (
    await tx.query<Omit<Brief, 'identifier'> & { number: number }>(sql`
    select t.id, t.number, t.name, t.version_number as "versionNumber", t.state, t.approved_on::text as "approvedOn" from ${sql.table(soaVersions.table)} t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null order by t.version_number desc`)
  ).map(({ number, ...version }) => ({
    id: version.id,
    identifier: identifierOf(soaVersions, number),
    name: version.name,
    versionNumber: version.versionNumber,
    state: version.state,
    approvedOn: version.approvedOn,
  }));

/** The version at work, else the one in force, else the newest. */
const chosen = (versions: readonly Brief[]): Brief | undefined =>
  versions.find(({ state }) => state === 'draft' || state === 'in_review') ??
  versions.find(({ state }) => state === 'approved') ??
  versions[0];

type ViewedVersion = SoaVersionView & { readonly archivedAt: string | null };

const readVersion = async (tx: Tx, id: string): Promise<ViewedVersion> => {
  const [found] = await tx.query<{
    row: ViewedVersion & { treatmentPlan: ReferenceView | null };
    plan: NonNullable<SoaVersionView['treatmentPlan']>['state'] | null;
  }>(sql`
    select row_to_json(x) as row, (select p.state from soa_versions v join treatment_plans p on p.organization_id = v.organization_id and p.id = v.treatment_plan_id where v.organization_id = ${tx.organisationId}::uuid and v.id = x.id) as plan
    from (select ${viewColumns(soaVersions)} from ${sql.table(soaVersions.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.id = ${id}::uuid) x`);
  if (found === undefined) throw notFound('version of the Statement of Applicability');
  const { row, plan } = found;
  return {
    id: row.id,
    identifier: row.identifier,
    name: row.name,
    versionNumber: row.versionNumber,
    state: row.state,
    version: row.version,
    createdAt: row.createdAt,
    submittedAt: row.submittedAt,
    submittedBy: row.submittedBy,
    approvedOn: row.approvedOn,
    approvedAt: row.approvedAt,
    approvedBy: row.approvedBy,
    approvedFunction: row.approvedFunction,
    approvedStatement: row.approvedStatement,
    approvedHash: row.approvedHash,
    treatmentPlan: row.treatmentPlan === null || plan === null ? null : { ...row.treatmentPlan, state: plan },
    ownControlsStatement: row.ownControlsStatement,
    note: row.note,
    archivedAt: row.archivedAt,
  };
};

const countsOf = (rows: readonly SoaRow[]): SoaView['counts'] => ({
  total: rows.length,
  included: rows.filter(({ decision }) => decision === 'included').length,
  excluded: rows.filter(({ decision }) => decision === 'excluded').length,
  undecided: rows.filter(({ decision }) => decision === 'undecided').length,
  inForce: rows.filter(({ decision, status }) => decision === 'included' && (status === 'implemented' || status === 'effective')).length,
});

const areasOf = (rows: readonly SoaRow[]): SoaView['areas'] => {
  const own = rows.filter(({ area }) => area === 'own');
  return [
    ...bands.map(({ id, title, objectives }) => ({
      id,
      title,
      objectives: [...objectives],
      counts: rows.length === 0 ? blank(id) : countsOf(rows.filter(({ area }) => area === id)),
    })),
    ...(own.length === 0 ? [] : [{ id: 'own', title: 'Own controls', objectives: [], counts: countsOf(own) }]),
  ];
};

/** An area while no version exists: its controls are there, nothing is decided. */
const blank = (area: string): SoaView['counts'] => {
  const total = annexAIds.filter((control) => bandOf(control) === area).length;
  return { total, included: 0, excluded: 0, undecided: total, inForce: 0 };
};

const editableIn = (state: Brief['state'], archived: boolean): SoaView['editable'] =>
  archived ? 'nothing' : state === 'draft' ? 'all' : state === 'approved' ? 'status' : 'nothing';

/** The Statement of Applicability as one page; `version` names one, else the one at work or in force. Throws NOT_FOUND. */
export const readSoaView = async (tx: Tx, today: string, version?: string): Promise<SoaView> => {
  const versions = await readVersions(tx);
  const id = version ?? chosen(versions)?.id;
  if (id === undefined)
    return { version: null, versions: [], editable: 'nothing', counts: countsOf([]), areas: areasOf([]), rows: [], against: [] };
  const { archivedAt, ...found } = await readVersion(tx, id);
  const archived = archivedAt !== null;
  const own = await readOwnCodes(tx);
  const treatments = await readOpenTreatments(tx);
  const surroundings = await readSurroundings(tx, treatments, own);
  const rows = await readRows(tx, id, {
    today,
    own,
    surroundings,
    treatments,
    judged: found.state !== 'superseded' && !archived,
    archived,
  });
  const open = !archived && (found.state === 'draft' || found.state === 'in_review');
  const entries = open ? (await readEntries(tx, id, own)).map((row) => toEntry(row, own)) : [];
  return {
    version: found,
    versions,
    // Nobody changes the past.
    editable: tx.asOf === null ? editableIn(found.state, archived) : 'nothing',
    counts: countsOf(rows),
    areas: areasOf(rows),
    rows,
    against: open ? [...againstSubmission(entries, { annexA: annexAIds, surroundings })] : [],
  };
};

const brief = ({ id, identifier, name, versionNumber, state, approvedOn }: SoaVersionView): Brief => ({
  id,
  identifier,
  name,
  versionNumber,
  state,
  approvedOn,
});

/** What changed from one version to another, by control and field; records and people by identifier or name. */
export const readSoaDiff = async (tx: Tx, from: string, to: string) => {
  const versions = { from: brief(await readVersion(tx, from)), to: brief(await readVersion(tx, to)) };
  const [before, after] = [await readReadableEntries(tx, from), await readReadableEntries(tx, to)];
  const titles = new Map([...before, ...after].map(({ entry, title }) => [entry.control, title]));
  const changes = diff(
    before.map(({ entry }) => entry),
    after.map(({ entry }) => entry),
  );
  const told = (value: unknown) => value as string | boolean | string[] | null;
  return {
    ...versions,
    changes: changes.map(({ control, change, fields }) => ({
      control,
      title: titles.get(control) ?? '',
      change,
      fields: fields.map(({ field, from: old, to: now }) => ({ field, from: told(old), to: told(now) })),
    })),
  };
};
