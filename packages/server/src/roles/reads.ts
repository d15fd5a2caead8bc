import { authorities } from '@aimwell/contract/roles/roles';
import type { Authority } from '@aimwell/core/shared/authority';
import type { Tx } from '../platform/database/pool.ts';
import { findRows } from '../platform/register/read.ts';

/** Every recorded authority; core judges which of them hold on a day. */
export const readAuthorities = async (tx: Tx): Promise<Authority[]> =>
  (await findRows(tx, authorities, {})).map((row) => ({
    holder: String(row['holder']),
    riskLevelLimit: Number(row['riskLevelLimit']),
    approvesPlans: row['approvesPlans'] === true,
    approvesSoa: row['approvesSoa'] === true,
    approvesCriteria: row['approvesCriteria'] === true,
    fromDate: String(row['fromDate']),
    untilDate: (row['untilDate'] as string | null) ?? null,
  }));
