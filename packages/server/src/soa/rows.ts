import type { ReferenceView } from '@aimwell/contract/platform/schema';
import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { soaEntries } from '@aimwell/contract/soa/soa';
import { contradictionsOf, type Surroundings } from '@aimwell/core/soa/contradictions';
import { compareControls } from '@aimwell/core/soa/diff';
import { gapsOf, type SoaEntry } from '@aimwell/core/soa/entry';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { viewColumns } from '../platform/register/columns.ts';
import type { readOpenTreatments } from '../treatment/reads.ts';
import { bandOf } from './catalog.ts';
import { controlsNamed } from './facts.ts';
import { noEvidence, readEvidenceByControl, readLastTests } from './proof.ts';

/** An entry as it is answered by its register: references with identifier and title. */
type Viewed = Omit<SoaRow, 'control' | 'area' | 'treatments' | 'treatmentCount' | 'evidence' | 'lastTest' | 'contradictions' | 'gaps'> & {
  readonly control: string | null;
};

const readViews = async (tx: Tx, version: string, archived: boolean): Promise<Viewed[]> => {
  const rows = await tx.query<{ row: Viewed }>(sql`
    select row_to_json(x) as row from (select ${viewColumns(soaEntries)} from ${sql.table(soaEntries.table)} t
    where t.organization_id = ${tx.organisationId}::uuid and t.soa_id = ${version}::uuid ${archived ? sql`` : sql`and t.archived_at is null`}) x`);
  return rows.map(({ row }) => row);
};

const entryOf = (row: Viewed, control: string): SoaEntry => ({
  ...row,
  control,
  risks: row.risks.map(({ identifier }) => identifier),
  objectives: row.objectives.map(({ identifier }) => identifier),
  owner: row.owner?.title ?? null,
});

/** The entries of a version with identifiers and names instead of ids, as people compare and read them. */
export const readReadableEntries = async (tx: Tx, version: string): Promise<{ readonly entry: SoaEntry; readonly title: string }[]> =>
  (await readViews(tx, version, false)).map((row) => ({ entry: entryOf(row, controlOfView(row)), title: row.title }));

const controlOfView = (row: Viewed): string => row.control ?? row.ownControl?.identifier ?? '';

interface Around {
  readonly today: string;
  readonly own: ReadonlyMap<string, string>;
  readonly surroundings: Surroundings;
  readonly treatments: Awaited<ReturnType<typeof readOpenTreatments>>;
  readonly judged: boolean;
  readonly archived: boolean;
}

/** One row for each control of a version, with what proves it, what speaks against it and what an auditor would ask next. */
export const readRows = async (tx: Tx, version: string, around: Around): Promise<SoaRow[]> => {
  const views = await readViews(tx, version, around.archived);
  const [proof, tests] = [await readEvidenceByControl(tx, around.today), await readLastTests(tx)];
  const naming = new Map<string, (ReferenceView & { state: string })[]>();
  for (const treatment of around.treatments) {
    const told = { id: treatment.id, identifier: treatment.code, title: treatment.title, state: treatment.status };
    for (const control of controlsNamed(treatment, around.own)) naming.set(control, [...(naming.get(control) ?? []), told]);
  }
  return views
    .map((row): SoaRow => {
      const control = controlOfView(row);
      const entry = entryOf(row, control);
      const treatments = naming.get(control) ?? [];
      return {
        id: row.id,
        identifier: row.identifier,
        version: row.version,
        control,
        ownControl: row.ownControl,
        title: row.title,
        area: row.ownControl === null ? bandOf(control) : 'own',
        decision: row.decision,
        reasons: row.reasons,
        justification: row.justification,
        risks: row.risks,
        objectives: row.objectives,
        laws: row.laws,
        contracts: row.contracts,
        linksConfirmed: row.linksConfirmed === true,
        contradictionNote: row.contradictionNote,
        status: row.status,
        owner: row.owner,
        targetDate: row.targetDate,
        statusNote: row.statusNote,
        treatments: treatments.slice(0, 20),
        treatmentCount: treatments.length,
        evidence: proof.get(control) ?? noEvidence,
        lastTest: tests.get(row.ownControl?.id ?? control) ?? null,
        contradictions: around.judged
          ? contradictionsOf(entry, around.surroundings).map((found) => ({
              kind: found.kind,
              message: found.message,
              remedy: found.remedy,
              blocks: found.blocks,
              records: found.records.slice(0, 20),
              recordCount: found.records.length,
            }))
          : [],
        gaps: [...gapsOf(entry)],
      };
    })
    .toSorted((a, b) => compareControls(a.control, b.control));
};
