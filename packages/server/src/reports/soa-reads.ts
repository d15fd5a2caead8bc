import { evidence } from '@aimwell/contract/evidence/evidence';
import type { SoaRow, SoaView } from '@aimwell/contract/soa/endpoints';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { identifierSql } from '../platform/register/columns.ts';
import { readSoaView } from '../soa/reads.ts';
import { readAll } from './views.ts';

/** A piece of evidence that names a control. */
interface Proof {
  readonly control: string;
  readonly id: string;
  readonly identifier: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

/** One line of the statement with the evidence that names its control, longest valid first. */
export type Line = SoaRow & { readonly proofs: readonly Proof[] };

const readProofs = (tx: Tx): Promise<Proof[]> =>
  readAll<Proof>(
    tx,
    sql`
    select c.control, t.id, ${identifierSql(evidence)} as identifier, t.valid_from as "validFrom", t.valid_until as "validUntil"
    from evidence t, unnest(t.controls) as c(control)
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null order by t.valid_until desc nulls first, t.collected_on desc, t.number`,
  );

/** A version of the statement as its room shows it, and each line's evidence by identifier. */
export const readStatement = async (
  tx: Tx,
  today: string,
  version: string,
): Promise<{ readonly lines: readonly Line[]; readonly against: SoaView['against'] }> => {
  const { rows, against } = await readSoaView(tx, today, version);
  const proofs = Map.groupBy(await readProofs(tx), ({ control }) => control);
  return { lines: rows.map((row) => ({ ...row, proofs: proofs.get(row.control) ?? [] })), against };
};
