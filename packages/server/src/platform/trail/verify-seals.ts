import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../database/pool.ts';
import { remainsSealed } from './erased-remains.ts';
import { belongs, hashOfLines, LINES, RUNS, type Seal, sealColumns, type SealedKind, sealedKinds } from './seals.ts';
import type { Fault } from './verify-records.ts';
import { readSaid } from './verify-said.ts';

/** What stands there without being what its newest entry tells. */
export interface Unsettled {
  /** `register id` of what is sealed, or `lines entry` for lines of a run's history. */
  readonly key: string;
  /** What stands there now; null where nothing does. */
  readonly now: Seal | string | null;
  readonly seq: number | null;
  readonly message: string;
}

/** So many of a kind are held in memory at a time, with what was told of them. */
const PAGE = 200;
const MOST = 200;

/** Holds what is sealed against the newest seal of each, its lines against the entry of each, both ways. */
export const sealFaults = async (tx: Tx): Promise<Fault[]> => [
  ...(await unsettled(tx, MOST)).map(({ seq, message }): Fault => ({ what: 'record', entry: seq, message })),
  ...(await strayFaults(tx)),
  ...(await putOffFaults(tx)),
];

/** All that differs, at most `most` of each kind. */
export const unsettled = async (tx: Tx, most = Number.POSITIVE_INFINITY): Promise<Unsettled[]> => {
  const left = await remainsSealed(tx);
  const found: Unsettled[] = [];
  for (const kind of sealedKinds) {
    const ofKind: Unsettled[] = [];
    for (
      let ids = await idsAfter(tx, kind, null);
      ids.length > 0 && ofKind.length < most;
      ids = await idsAfter(tx, kind, ids.at(-1) ?? null)
    )
      for (const one of await differing(tx, kind, ids, left)) ofKind.push(one);
    found.push(...ofKind.slice(0, most));
  }
  return found;
};

/** Ids of rows and of entries: what is gone was told of all the same. */
const idsAfter = async (tx: Tx, kind: SealedKind, after: string | null): Promise<string[]> => {
  const organisation = sql`${tx.organisationId}::uuid`;
  const above = (column: string) => (after === null ? sql`true` : sql`${sql.ref(column)} > ${after}::uuid`);
  const rows = await tx.query<{ id: string }>(sql`
    select id from (
      (select o.id from ${sql.table(kind.own.table)} o where o.organization_id = ${organisation} and ${above('o.id')} order by o.id limit ${PAGE})
      union (select distinct e.record_id from trail_entries e where e.organization_id = ${organisation} and e.register = ${kind.register} and ${above('e.record_id')} order by e.record_id limit ${PAGE})
    ) both_ways order by id limit ${PAGE}`);
  return rows.map(({ id }) => id);
};

interface Told {
  readonly entry: string;
  readonly record: string;
  readonly seq: number | null;
  readonly seal: Seal | null;
}

const toldOf = async (tx: Tx, kind: SealedKind, ids: readonly string[]): Promise<Map<string, Told[]>> => {
  const rows = await tx.query<{ entry: string; record: string; seq: number | null; payload: Buffer | null }>(sql`
    select e.id as entry, e.record_id as record, l.seq, p.payload from trail_entries e
    left join trail_payloads p on p.organization_id = e.organization_id and p.entry_id = e.id
    left join trail_leaves l on l.organization_id = e.organization_id and l.entry_id = e.id
    where e.organization_id = ${tx.organisationId}::uuid and e.register = ${kind.register} and e.record_id = any(${ids as string[]}::uuid[])
      and e.command not in ('read', 'export') order by l.seq nulls last, e.id`);
  return Map.groupBy(
    rows.map(({ payload, ...row }) => ({ ...row, seal: sealIn(readSaid(payload)?.['seal']) })),
    ({ record }) => record,
  );
};

/** What is verified may hold anything. */
const sealIn = (said: unknown): Seal | null => {
  const seal = said as Partial<Seal> | null | undefined;
  return typeof seal === 'object' && seal !== null && typeof seal.turn === 'number' && typeof seal.rows === 'object'
    ? (seal as Seal)
    : null;
};

const differing = async (tx: Tx, kind: SealedKind, ids: readonly string[], left: ReadonlyMap<string, unknown>): Promise<Unsettled[]> => {
  const told = await toldOf(tx, kind, ids);
  const rows = await tx.query<Seal & { readonly id: string }>(sql`
    select o.id, ${sealColumns(kind)} from ${sql.table(kind.own.table)} o where o.organization_id = ${tx.organisationId}::uuid and o.id = any(${ids as string[]}::uuid[])`);
  const stands = new Map(rows.map(({ id, ...seal }) => [id, seal]));
  return [
    ...ids.flatMap((id) => {
      const entries = told.get(id) ?? [];
      return subjectDiffers(kind, id, entries, stands.get(id) ?? null, sealIn(left.get(`${kind.register} ${id}`)));
    }),
    ...(kind === RUNS ? await linesDiffer(tx, ids, told, left) : []),
  ];
};

/** Of seals of one turn the last counts; what an erasure left counts after that. */
const newestOf = (seals: readonly Seal[]): Seal | null =>
  seals.reduce<Seal | null>((newest, seal) => (newest === null || seal.turn >= newest.turn ? seal : newest), null);

const subjectDiffers = (kind: SealedKind, id: string, entries: readonly Told[], now: Seal | null, left: Seal | null): Unsettled[] => {
  const said = newestOf([...entries.flatMap(({ seal }) => seal ?? []), ...(left === null ? [] : [left])]);
  const seq = entries.findLast(({ seal }) => seal === said)?.seq ?? entries.at(-1)?.seq ?? null;
  const fault = (message: string): Unsettled[] => [{ key: `${kind.register} ${id}`, now, seq, message: `${kind.what} ${id}${message}` }];
  if (said === null) return now === null ? [] : fault(' has no entry');
  if (now === null) return fault(' has an entry and is not there');
  const parts = new Set([...Object.keys(said.rows), ...Object.keys(now.rows)]);
  const other = [...parts].filter((part) => said.rows[part] !== now.rows[part]).map((part) => NAMES[part] ?? part);
  if (said.turn !== now.turn && other.length === 0) other.push(NAMES['row'] ?? '');
  return other.length === 0 ? [] : fault(`: ${other.join(', ')} differ from what its newest entry tells`);
};

const NAMES: Readonly<Record<string, string>> = {
  row: 'the values of its own row',
  place: 'where it stands and what it waits for',
  tasks: 'its tasks',
  incidents: 'its incidents',
  evidence: 'the evidence of its tasks',
  starts: 'what starts its runs',
};

const linesDiffer = async (
  tx: Tx,
  ids: readonly string[],
  told: ReadonlyMap<string, readonly Told[]>,
  left: ReadonlyMap<string, unknown>,
): Promise<Unsettled[]> => {
  const rows = await tx.query<{ instance: string; entry: string; hash: string }>(sql`
    select h.instance_id as instance, h.entry_id as entry, ${hashOfLines} as hash from ${sql.table(LINES.table)} h
    where h.organization_id = ${tx.organisationId}::uuid and h.instance_id = any(${ids as string[]}::uuid[]) group by h.instance_id, h.entry_id`);
  const kept = new Map(rows.map((row) => [row.entry, row]));
  const entries = new Map([...told.values()].flat().map((one) => [one.entry, one]));
  return [...new Set([...kept.keys(), ...entries.keys()])].flatMap((id): Unsettled[] => {
    const [line, entry] = [kept.get(id), entries.get(id)];
    const said = left.get(`lines ${id}`) ?? entry?.seal?.lines;
    const isOfRun = entry !== undefined && (line === undefined || line.instance === entry.record);
    if (isOfRun && said === line?.hash) return [];
    const message = `The run ${line?.instance ?? entry?.record}: the lines of its history that came with the entry ${id} ${
      line === undefined ? 'are not there' : isOfRun ? 'are not those that it tells' : 'have no such entry'
    }`;
    return [{ key: `lines ${id}`, now: line?.hash ?? null, seq: entry?.seq ?? null, message }];
  });
};

/** What failed waits a minute, which no seal holds; only a suspended run has timers that wait for good. */
const putOffFaults = async (tx: Tx): Promise<Fault[]> => {
  const [organisation, late] = [sql`${tx.organisationId}::uuid`, sql`held_until > now() + interval '1 day'`];
  const timers = await tx.query<{ instance: string; node: string }>(sql`
    select s.instance_id as instance, s.node from process_subscriptions s join process_instances i on i.organization_id = s.organization_id and i.id = s.instance_id
    where s.organization_id = ${organisation} and s.${late} and i.status <> 'suspended' order by 1, 2 limit ${MOST}`);
  const starts = await tx.query<{ version: string; node: string }>(
    sql`select s.version_id as version, s.node from process_starts s where s.organization_id = ${organisation} and s.${late} order by 1, 2 limit ${MOST}`,
  );
  const fault = (message: string): Fault => ({ what: 'record', entry: null, message });
  return [
    ...timers.map(({ instance, node }) => fault(`The run ${instance}: the timer at ${node} is put off, though the run is not suspended`)),
    ...starts.map(({ version, node }) => fault(`The version of a process map ${version}: its start at ${node} is put off`)),
  ];
};

/** Rows of what is not there belong to no seal. */
const strayFaults = async (tx: Tx): Promise<Fault[]> => {
  const faults: Fault[] = [];
  for (const kind of sealedKinds)
    for (const one of [...Object.values(kind.groups).flat(), ...(kind === RUNS ? [LINES] : [])]) {
      const stray: RawBuilder<{ id: string }> = sql`
        select distinct ${belongs('r', one)} as id from ${sql.table(one.table)} r where r.organization_id = ${tx.organisationId}::uuid
          and not exists (select 1 from ${sql.table(kind.own.table)} o where o.organization_id = r.organization_id and o.id = ${belongs('r', one)}) limit ${MOST}`;
      const what = kind.what.replace(/^The /, 'the ');
      for (const { id } of await tx.query(stray))
        faults.push({ what: 'record', entry: null, message: `${one.table} has rows of ${what} ${id}, which is not there` });
    }
  return faults;
};
