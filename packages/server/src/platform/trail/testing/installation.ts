import type pg from 'pg';
import { INSTALLATION } from '../installation.ts';
import { readSaid } from '../verify-said.ts';

/** An entry of the installation log, with what its payload says. */
export interface LogLine {
  readonly id: string;
  readonly command: string;
  readonly record: string | null;
  readonly actor: string | null;
  readonly envelope: string;
  /** Place in the tree; null while it waits. */
  readonly seq: string | null;
  /** Null where it was erased. */
  readonly said: Readonly<Record<string, unknown>> | null;
}

/** The entries of the installation log, or those of one kind, in the order in which they were made. `owner` is a superuser's connection. */
export const installationLog = async (owner: pg.Client, command: string | null = null): Promise<LogLine[]> => {
  const { rows } = await owner.query<Omit<LogLine, 'said'> & { payload: Buffer }>(
    `select e.id, e.command, e.record_id as record, e.actor, e.envelope, l.seq, p.payload from trail_entries e
     join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
     left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
     where e.organization_id = $1 and ($2::text is null or e.command = $2) order by e.id`,
    [INSTALLATION, command],
  );
  return rows.map(({ payload, ...row }) => ({ ...row, said: readSaid(payload) }));
};
