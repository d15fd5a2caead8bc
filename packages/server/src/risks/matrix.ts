import type { criteriaScales } from '@aimwell/contract/risks/criteria';
import { type RiskCriteria, levelTable } from '@aimwell/core/risks/criteria';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { criteriaOf, criteriaOn, readApprovedCriteria } from './reads.ts';

export interface Cell { readonly likelihood: number; readonly consequence: number; readonly level: number; readonly count: number }

export interface RiskMatrix {
  /** The version in force today gives the axes; null while none is. */
  readonly criteria: {
    readonly id: string; readonly versionNumber: number; readonly threshold: number;
    readonly likelihood: string[]; readonly consequence: string[]; readonly bands: z.input<typeof criteriaScales>['bands'];
  } | null;
  readonly cells: Cell[];
  readonly unrated: number;
  readonly total: number;
  /** Risks in cells above the threshold in force; 0 while none is. */
  readonly aboveThreshold: number;
}

/** Open risks by cell, before treatment or after it. Cells of the scale without a risk are there with 0, so that the picture is whole. */
export const readRiskMatrix = async (tx: Tx, context: Context, kind: 'inherent' | 'residual', filters: { readonly system?: string | undefined } = {}): Promise<RiskMatrix> => {
  const version = criteriaOn(await readApprovedCriteria(tx), context.today);
  const column = (name: string) => sql.ref(`t.${kind}_${name}`);
  const found = await tx.query<{ likelihood: number | null; consequence: number | null; level: number | null; count: number }>(sql`
    select ${column('likelihood')} as likelihood, ${column('consequence')} as consequence, ${column('level')} as level, count(*) as count from risks t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and t.state <> 'closed' and coalesce(t.kind, 'risk') = 'risk'
      ${filters.system === undefined ? sql`` : sql`and t.system_id = ${filters.system}::uuid`}
    group by 1, 2, 3 order by 1, 2, 3`);
  const rated = found.filter((cell): cell is Cell => cell.level !== null);
  const sum = (cells: readonly { readonly count: number }[]) => cells.reduce((total, cell) => total + cell.count, 0);
  const criteria = version === null ? null : criteriaOf(version);
  return {
    criteria: version === null || criteria === null ? null : {
      id: version.id, versionNumber: version.versionNumber ?? 0, threshold: criteria.threshold,
      likelihood: criteria.likelihood.map(({ label }) => label), consequence: criteria.consequence.map(({ label }) => label),
      bands: (version.scales as z.input<typeof criteriaScales>).bands,
    },
    cells: criteria === null ? rated : withEmptyCells(rated, criteria),
    unrated: sum(found) - sum(rated),
    total: sum(found),
    aboveThreshold: criteria === null ? 0 : sum(rated.filter((cell) => cell.level > criteria.threshold)),
  };
};

/** Ratings made under other scales keep their own level and stand beside the cells of the present ones. */
const withEmptyCells = (rated: readonly Cell[], criteria: RiskCriteria): Cell[] => {
  const keyOf = (cell: Omit<Cell, 'count'>) => `${cell.likelihood} ${cell.consequence} ${cell.level}`;
  const taken = new Set(rated.map(keyOf));
  const empty = levelTable(criteria).flatMap((row, l) => row.map((level, c) => ({ likelihood: l + 1, consequence: c + 1, level, count: 0 })));
  return [...rated, ...empty.filter((cell) => !taken.has(keyOf(cell)))].toSorted((a, b) => a.likelihood - b.likelihood || a.consequence - b.consequence || a.level - b.level);
};
