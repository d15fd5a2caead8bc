import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import type { Fault } from './verify-records.ts';
import { readSaid } from './verify-said.ts';

interface Gate {
  readonly register: string;
  readonly command: string;
  readonly process: string;
}

/** Holds the gates that are switched on against the entries that set and removed them. */
export const gateFaults = async (tx: Tx): Promise<Fault[]> => {
  const rows = await tx.query<Gate>(
    sql`select register, command, map_key as process from process_gates where organization_id = ${tx.organisationId}::uuid`,
  );
  const entries = await tx.query<{ command: string; seq: number | null; payload: Buffer | null }>(sql`
    select e.command, l.seq, p.payload from trail_entries e
    left join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.register = 'process-gates' and e.command in ('set', 'remove') order by l.seq nulls last, e.id`);
  const stands = new Map(rows.map((gate) => [`${gate.register} ${gate.command}`, gate.process]));
  const told = new Map<string, { readonly process: string | null; readonly seq: number | null }>();
  let erased = false;
  for (const { command, seq, payload } of entries) {
    const said = readSaid(payload) as Partial<Gate> | null;
    if (said === null) erased = true;
    else told.set(`${said.register} ${said.command}`, { process: command === 'set' ? (said.process ?? null) : null, seq });
  }
  // Once words of an entry were erased, which gate it was of is not known any more.
  if (erased) return [];
  return [...new Set([...stands.keys(), ...told.keys()])].flatMap((gate): Fault[] => {
    const [now, said] = [stands.get(gate) ?? null, told.get(gate)];
    if (now === (said?.process ?? null)) return [];
    const what = now === null ? 'is not there' : `is bound to "${now}"`;
    const entry =
      said === undefined ? 'no entry says so' : `its newest entry says ${said.process === null ? 'that it is free' : `"${said.process}"`}`;
    return [{ what: 'record', entry: said?.seq ?? null, message: `The gate before ${gate} ${what}; ${entry}` }];
  });
};
