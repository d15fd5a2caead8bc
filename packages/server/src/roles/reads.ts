import { identifierOf, type Register } from '@aimwell/contract/platform/register';
import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { people } from '@aimwell/contract/roles/people';
import { authorities, roleAssignments } from '@aimwell/contract/roles/roles';
import { type HeldRole, incompatibilities } from '@aimwell/core/roles/incompatible';
import type { Authority } from '@aimwell/core/shared/authority';
import type { Tx } from '../platform/database/pool.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows, loadRows } from '../platform/register/read.ts';

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

/** Duties that lie in one hand today and should not, with the names of people and assignments. */
export const readIncompatible = async (tx: Tx, today: string) => {
  const rows = (await findRows(tx, roleAssignments, { state: ['proposed', 'accepted'] })).filter(
    (row) => ((row['fromDate'] as string | null) ?? today) <= today && ((row['untilDate'] as string | null) ?? today) >= today,
  );
  const held = rows.map((row): HeldRole => ({
    id: row.id,
    holder: String(row['holder']),
    responsibility: String(row['responsibility']),
    object: (row['object'] as string | null) ?? null,
  }));
  const found = incompatibilities(held, await readAuthorities(tx), today);
  const persons = new Map(
    (await loadRows(tx, people, [...new Set(found.map(({ holder }) => holder))])).map((row) => [row.id, told(people, row)]),
  );
  const assignments = new Map(rows.map((row) => [row.id, told(roleAssignments, row)]));
  return found.map(({ kind, holder, message, remedy, assignments: ids }) => ({
    kind,
    message,
    remedy,
    person: persons.get(holder) ?? { id: holder, identifier: '', title: '' },
    assignments: ids.flatMap((id) => assignments.get(id) ?? []),
  }));
};

const told = (register: Register, row: Row): ReferenceView => ({
  id: row.id,
  identifier: identifierOf(register, row.number),
  title: String(row[register.title] ?? ''),
});
