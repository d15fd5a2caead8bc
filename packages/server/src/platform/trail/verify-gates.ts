import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import type { Fault } from './verify-records.ts';
import { readSaid } from './verify-said.ts';

interface Gate {
  readonly register: string;
  readonly command: string;
  readonly process: string;
}

interface Told extends Omit<Gate, 'process'> {
  readonly process?: string;
}

const transition = ({ register, command }: Told): string => `${register} ${command}`;

/** A gate stands for one command before one process. */
const keyOf = (gate: Gate): string => `${transition(gate)} ${gate.process}`;

/** The gates that entries leave standing, and the place of the newest that speaks of each, standing or not. */
interface Replayed {
  readonly standing: ReadonlySet<string>;
  readonly newest: ReadonlyMap<string, { readonly gate: Gate; readonly seq: number | null }>;
}

interface Entry {
  readonly deed: string;
  readonly said: Told;
  readonly seq: number | null;
}

const replay = (entries: readonly Entry[]): Replayed => {
  const standing = new Set<string>();
  const newest = new Map<string, { gate: Gate; seq: number | null }>();
  for (const { deed, said, seq } of entries) {
    // Until a command could be bound to several processes, to set a gate took the place of the one before it, and to remove it named none.
    if (deed === 'set' || deed === 'remove')
      for (const [key, one] of newest)
        if (transition(one.gate) === transition(said)) {
          standing.delete(key);
          newest.set(key, { gate: one.gate, seq });
        }
    if (said.process === undefined) continue;
    const gate: Gate = { ...said, process: said.process };
    newest.set(keyOf(gate), { gate, seq });
    if (deed === 'free') standing.delete(keyOf(gate));
    else if (deed !== 'remove') standing.add(keyOf(gate));
  }
  return { standing, newest };
};

/** Holds the gates that are switched on against the entries that bound and freed them. */
export const gateFaults = async (tx: Tx): Promise<Fault[]> => {
  const rows = await tx.query<Gate>(
    sql`select register, command, map_key as process from process_gates where organization_id = ${tx.organisationId}::uuid`,
  );
  const entries = await tx.query<{ command: string; seq: number | null; payload: Buffer | null }>(sql`
    select e.command, l.seq, p.payload from trail_entries e
    left join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.register = 'process-gates' and e.command in ('bind', 'free', 'set', 'remove') order by l.seq nulls last, e.id`);
  const told = entries.map(({ command, seq, payload }) => ({ deed: command, said: readSaid(payload) as Told | null, seq }));
  // Once words of an entry were erased, which gate it was of is not known any more.
  if (told.some(({ said }) => said === null)) return [];
  const { standing, newest } = replay(told as readonly Entry[]);
  const there = new Map(rows.map((gate) => [keyOf(gate), gate]));
  const gates = new Map([...[...newest].map(([key, { gate }]) => [key, gate] as const), ...there]);
  return [...gates].flatMap(([key, gate]): Fault[] => {
    if (there.has(key) === standing.has(key)) return [];
    const last = newest.get(key);
    const what = there.has(key) ? 'is there' : 'is not there';
    const entry =
      last === undefined ? 'no entry says so' : `its newest entry says ${standing.has(key) ? 'that it is bound' : 'that it is free'}`;
    const message = `The gate before ${transition(gate)} for "${gate.process}" ${what}; ${entry}`;
    return [{ what: 'record', entry: last?.seq ?? null, message }];
  });
};
