import { evidence } from '@aimwell/contract/evidence/evidence';
import { controls, controlTests, soaEntries, soaVersions } from '@aimwell/contract/soa/soa';
import { systems } from '@aimwell/contract/systems/systems';
import { type Contradiction, contradictionsOf, type Surroundings } from '@aimwell/core/soa/contradictions';
import { hasReason, type SoaEntry } from '@aimwell/core/soa/entry';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { identifierSql } from '../platform/register/columns.ts';
import { readOpenTreatments, type TreatmentBasis } from '../treatment/reads.ts';
import { type Named, readAll, readViews, type View } from './views.ts';

export type Entry = View<typeof soaEntries>;
export type SoaVersion = View<typeof soaVersions>;

/** A piece of evidence that names a control. */
export interface Proof { readonly control: string; readonly id: string; readonly identifier: string; readonly validFrom: string | null; readonly validUntil: string | null }
export interface LastTest { readonly control: string | null; readonly ownControl: string | null; readonly testedOn: string; readonly outcome: string }

/** Pieces that hold longest come first; those without an end before all. */
const readProofs = (tx: Tx): Promise<Proof[]> =>
  readAll<Proof>(tx, sql`
    select c.control, t.id, ${identifierSql(evidence)} as identifier, t.valid_from as "validFrom", t.valid_until as "validUntil"
    from evidence t, unnest(t.controls) as c(control)
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null order by t.valid_until desc nulls first, t.collected_on desc, t.number`);

const readLastTests = (tx: Tx): Promise<LastTest[]> =>
  readAll<LastTest>(tx, sql`
    select distinct on (coalesce(t.own_control_id::text, t.control)) t.control, t.own_control_id as "ownControl", t.tested_on as "testedOn", t.outcome
    from ${sql.table(controlTests.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null
    order by coalesce(t.own_control_id::text, t.control), t.tested_on desc, t.number desc`);

/** What the inventory says against exclusions: the systems in scope by what is done with them, and those who supply them. */
const readInventory = async (tx: Tx): Promise<Omit<Surroundings, 'treatments'>> => {
  const [found] = await tx.query<Omit<Surroundings, 'treatments'>>(sql`
    select coalesce(array_agg(code order by number) filter (where 'developer' = any(roles_standard)), '{}') as developed,
      coalesce(array_agg(code order by number) filter (where trains_on_data), '{}') as trained,
      coalesce(array_agg(code order by number) filter (where 'user' = any(roles_standard) or 'deployer' = any(roles_law)), '{}') as used,
      coalesce(array_agg(distinct provider) filter (where provider is not null and origin is distinct from 'built'), '{}') as suppliers
    from (select ${identifierSql(systems)} as code, t.* from systems t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and t.scope_decision = 'in' and t.state not in ('retired', 'not_an_ai_system')) s`);
  return found ?? { developed: [], trained: [], used: [], suppliers: [] };
};

/** An entry as core judges it; an own control goes by its id. */
const asCore = (entry: Entry): SoaEntry => ({
  control: entry.control ?? entry.ownControl?.id ?? '', decision: entry.decision ?? 'undecided', reasons: entry.reasons, justification: entry.justification,
  risks: entry.risks.map(({ id }) => id), objectives: entry.objectives.map(({ id }) => id), laws: entry.laws, contracts: entry.contracts, linksConfirmed: entry.linksConfirmed === true,
  contradictionNote: entry.contradictionNote, status: entry.status ?? 'not_started', owner: entry.owner?.id ?? null, targetDate: entry.targetDate,
});

/** One line of the statement with all that hangs on it. */
export interface Line {
  readonly entry: Entry;
  readonly control: string | null;
  readonly ownControl: Named | null;
  readonly treatments: readonly TreatmentBasis[];
  readonly proofs: readonly Proof[];
  readonly lastTest: LastTest | null;
  readonly contradictions: readonly Contradiction[];
  readonly hasReason: boolean;
}

/** Every entry of a version in the order of the register, with treatments, evidence, tests and contradictions of today. */
export const readLines = async (tx: Tx, version: SoaVersion): Promise<Line[]> => {
  const entries = await readViews(tx, soaEntries, sql`t.soa_id = ${version.id}::uuid`);
  const treatments = await readOpenTreatments(tx);
  const proofs = Map.groupBy(await readProofs(tx), ({ control }) => control);
  const tests = new Map((await readLastTests(tx)).map((test) => [test.ownControl ?? test.control, test]));
  const inventory = await readInventory(tx);
  const surroundings: Surroundings = { ...inventory, treatments: treatments.map(({ code, controls: named, ownControls, status }) => ({ code, controls: [...named, ...ownControls], status })) };
  return entries.map((entry): Line => {
    const core = asCore(entry);
    return {
      entry, control: entry.control, ownControl: entry.ownControl,
      treatments: treatments.filter((treatment) => treatment.controls.includes(core.control) || treatment.ownControls.includes(core.control)),
      proofs: proofs.get(core.control) ?? [], lastTest: tests.get(core.control) ?? null, contradictions: contradictionsOf(core, surroundings), hasReason: hasReason(core),
    };
  });
};

/** The organisation's own controls that a statement could name. */
export const countOwnControls = async (tx: Tx): Promise<number> =>
  (await readAll<{ count: number }>(tx, sql`select count(*)::int as count from ${sql.table(controls.table)} t where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null`))[0]?.count ?? 0;
