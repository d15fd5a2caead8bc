import { sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import type { Fault } from './verify-records.ts';
import { readSaid } from './verify-said.ts';

interface Feed {
  readonly id: string;
  readonly person: string;
  readonly address: string;
}

/** Holds the addresses of calendars against the entries that made them and took them back: of each person the newest counts. */
export const feedFaults = async (tx: Tx): Promise<Fault[]> => {
  const rows = await tx.query<Feed>(
    sql`select id, person_id as person, token_hash as address from process_feeds where organization_id = ${tx.organisationId}::uuid`,
  );
  const entries = await tx.query<{ id: string; command: string; seq: number | null; payload: Buffer | null }>(sql`
    select e.record_id as id, e.command, l.seq, p.payload from trail_entries e
    left join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.register = 'process-feeds' and e.command in ('create', 'revoke') order by l.seq nulls last, e.id`);
  const told = new Map<string, Partial<Feed> & { readonly seq: number | null }>();
  for (const { id, command, seq, payload } of entries) {
    const said = readSaid(payload) as { person?: string; address?: string } | null;
    if (said?.person === undefined) continue;
    const { person, address } = said;
    told.set(person, command === 'create' ? { id, person, seq, ...(address === undefined ? {} : { address }) } : { person, seq });
  }
  const stands = Map.groupBy(rows, ({ person }) => person);
  return [...new Set([...stands.keys(), ...told.keys()])].flatMap((person): Fault[] => {
    const [now = [], said] = [stands.get(person), told.get(person)];
    const [feed] = now;
    if (now.length <= 1 && feed?.id === said?.id && feed?.address === said?.address) return [];
    return [
      { what: 'record', entry: said?.seq ?? null, message: `The calendar of the person ${person} is not what its newest entry says` },
    ];
  });
};
