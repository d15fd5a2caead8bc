import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDatabase, type Database } from '@aimwell/server/platform/database/pool';
import { newId } from '@aimwell/server/platform/ids';
import { appendToTrail } from '@aimwell/server/platform/trail/append';
import { startSequencer } from '@aimwell/server/platform/trail/sequencer';
import { sql } from 'kysely';
import pg from 'pg';
import type { Heavy } from './heavy.ts';
import type { BenchHouse } from './house.ts';
import { median } from './measure.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

const CLIENTS = 16;
const SLICE_MS = 2500;
const ROUNDS = 5;
const RECORDS = 2000;
const prose = 'Reads what people send, compares it with earlier cases and proposes an answer that a person checks before it goes out.';

/** What a slice of writing brought: writes per second, and when each was acknowledged. */
interface Slice {
  readonly perSecond: number;
  readonly acknowledged: readonly { readonly entry: string; readonly at: number }[];
}
type Write = (database: Database, organisation: string, turn: number) => Promise<string>;

const payloadOf = (turn: number) => ({
  record: { identifier: `SYS-${turn}`, values: { name: `Assistant ${turn}`, purpose: prose, oversight: prose } },
});
const touch = (organisation: string, turn: number) =>
  sql`update bench_records set version = version + 1, body = ${prose + turn} where organization_id = ${organisation}::uuid and id = ${turn % RECORDS}`;

/** A change and its entry, as the product writes them. */
const withTrail: Write = (database, organisation, turn) =>
  database.inOrganisation(organisation, async (tx) => {
    const entry = newId();
    await tx.query(touch(organisation, turn));
    await appendToTrail(tx, [
      {
        entry,
        register: 'systems',
        record: entry,
        version: null,
        command: 'read',
        actor: entry,
        time: new Date().toISOString(),
        request: entry,
        payload: payloadOf(turn),
      },
    ]);
    return entry;
  });

/** The same change, and as many bytes as its entry has, by one plain INSERT: no digest, no queue, no tree. */
const withInsert: Write = (database, organisation, turn) =>
  database.inOrganisation(organisation, async (tx) => {
    const entry = newId();
    await tx.query(touch(organisation, turn));
    const line = {
      entry,
      organisation,
      register: 'systems',
      record: entry,
      command: 'read',
      actor: entry,
      at: entry,
      digest: entry + entry,
    };
    const bytes = JSON.stringify(line).padEnd(430) + JSON.stringify(payloadOf(turn));
    await tx.query(sql`insert into bench_plain (organization_id, id, bytes) values (${organisation}::uuid, ${entry}::uuid, ${bytes})`);
    return entry;
  });

const slice = async (write: Write, database: Database, organisation: string): Promise<Slice> => {
  const acknowledged: { entry: string; at: number }[] = [];
  const started = performance.now();
  let turn = Math.floor(started);
  const client = async () => {
    while (performance.now() - started < SLICE_MS) {
      const entry = await write(database, organisation, (turn += 1));
      acknowledged.push({ entry, at: performance.now() });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { perSecond: (acknowledged.length / (performance.now() - started)) * 1000, acknowledged };
};

/** Looks for new checkpoints as a reader of the database would, every few milliseconds; when each size was first seen. */
const watchCheckpoints = (client: pg.Client, organisation: string) => {
  const seen: { size: number; at: number }[] = [];
  const ending = new AbortController();
  const running = (async () => {
    while (!ending.signal.aborted) {
      const { rows } = await client.query<{ size: string }>(
        'select size from trail_checkpoints where organization_id = $1 order by size desc limit 1',
        [organisation],
      );
      const size = Number(rows[0]?.size ?? 0);
      if (size > (seen.at(-1)?.size ?? 0)) seen.push({ size, at: performance.now() });
      await new Promise((resolve) => void setTimeout(resolve, 5));
    }
  })();
  return {
    seen,
    stop: async () => {
      ending.abort();
      await running;
    },
  };
};

const waitUntilAnchored = async (client: pg.Client): Promise<void> => {
  for (;;) {
    const { rows } = await client.query<{ waits: boolean }>('select exists (select 1 from trail_pending) as waits');
    if (rows[0]?.waits === false) return;
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
};

/** From the acknowledgement of each write to the moment at which a checkpoint over it could be read. */
const integrated = async (
  client: pg.Client,
  organisation: string,
  slices: readonly Slice[],
  seen: readonly { size: number; at: number }[],
) => {
  const { rows } = await client.query<{ entry_id: string; seq: string }>(
    'select entry_id, seq from trail_leaves where organization_id = $1',
    [organisation],
  );
  const places = new Map(rows.map((row) => [row.entry_id, Number(row.seq)]));
  return slices
    .flatMap(({ acknowledged }) => acknowledged)
    .map(({ entry, at }) => {
      const place = places.get(entry);
      const covering = place === undefined ? undefined : seen.find(({ size }) => size > place);
      if (covering === undefined) throw new Error(`expected the acknowledged entry ${entry} under a checkpoint`);
      return Math.max(0, covering.at - at);
    })
    .toSorted((a, b) => a - b);
};

/** Sixteen clients that change records of one organisation, with the trail and without, in turn; the sequencer runs throughout. */
export const measureWrites = async ({ house, owner }: BenchHouse, organisation: string): Promise<Heavy[]> => {
  const client = new pg.Client(owner);
  await client.connect();
  await client.query(`
    create table bench_records (organization_id uuid not null, id integer not null, version integer not null, body text not null, primary key (organization_id, id));
    create table bench_plain (organization_id uuid not null, id uuid not null, bytes text not null, primary key (organization_id, id));
    insert into bench_records select '${organisation}', n, 1, '' from generate_series(0, ${RECORDS - 1}) n;
    alter table bench_records enable row level security; alter table bench_plain enable row level security;
    create policy tenant on bench_records using (organization_id = current_setting('app.tenant')::uuid);
    create policy tenant on bench_plain using (organization_id = current_setting('app.tenant')::uuid);
    grant select, insert, update on bench_records, bench_plain to aimwell_app`);
  const keys = await mkdtemp(path.join(tmpdir(), 'aimwell-bench-keys-'));
  const database = createDatabase(house.migrated.app, { max: CLIENTS });
  const sequencer = startSequencer({
    connection: house.migrated.sequencer,
    keys,
    now: () => new Date(),
    report: (line) => process.stderr.write(`${line}\n`),
  });
  const checkpoints = watchCheckpoints(client, organisation);
  const [trail, plain]: [Slice[], Slice[]] = [[], []];
  const other = new pg.Client(owner);
  await other.connect();
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const kind of round % 2 === 0 ? ['trail', 'plain'] : ['plain', 'trail']) {
      const brought = await slice(kind === 'trail' ? withTrail : withInsert, database, organisation);
      await waitUntilAnchored(other);
      // The first turn warms up and does not count.
      if (round > 0) (kind === 'trail' ? trail : plain).push(brought);
    }
  }
  await new Promise((resolve) => void setTimeout(resolve, 100));
  await checkpoints.stop();
  await sequencer.stop();
  const waits = await integrated(other, organisation, trail, checkpoints.seen);
  await Promise.all([database.end(), client.end(), other.end()]);
  await removeFolder(keys);
  const each = (slices: readonly Slice[]) => 1000 / median(slices.map(({ perSecond }) => perSecond));
  const p99 = waits[Math.floor(waits.length * 0.99)] ?? 0;
  return [
    {
      name: `a change and its entry, ${CLIENTS} clients`,
      ms: each(trail),
      floorName: 'the change and a plain INSERT of as many bytes',
      floor: each(plain),
      bar: 1 / 0.6,
    },
    {
      name: `from acknowledged to under a checkpoint, p99 of ${waits.length.toLocaleString('en')}`,
      ms: p99,
      floorName: 'three turns of the sequencer',
      floor: 300,
      bar: 1,
    },
  ];
};
