import { type RawBuilder, sql } from 'kysely';
import { actorId, type Context } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { newId } from '../ids.ts';
import { appendToTrail } from './append.ts';

/**
 * What the rows of a run, a map, a version or a deviation come to, as an entry tells it: those have no history twin whose payload could
 * speak for each row. The newest seal of each has to be that of the rows that stand there.
 */
export interface Seal {
  /** Grows with each change of the rows: the highest is the newest. */
  readonly turn: number;
  /** SHA-256 in hex of each group of rows; a group without rows is left out. */
  readonly rows: Readonly<Record<string, string>>;
  /** SHA-256 in hex of the lines of a run's history that came with the entry. */
  readonly lines?: string;
}

/** Rows that a seal is taken of. */
interface Sealed {
  readonly table: string;
  /** In which order they are read. */
  readonly order: readonly string[];
  /** JSON, kept as it is written: what is null inside counts. */
  readonly json: readonly string[];
  /** What proves nothing. */
  readonly except?: readonly string[];
  /** Bytes, which count by their hash. */
  readonly bytes?: readonly string[];
  /** The column that names what it belongs to, where that is no run. */
  readonly of?: string;
}

export interface SealedKind {
  /** Its name in the trail. */
  readonly register: string;
  readonly what: string;
  /** Of the row itself, in SQL. */
  readonly turn: string;
  readonly own: Sealed;
  /** Rows that belong to it, in groups. */
  readonly groups: Readonly<Record<string, readonly Sealed[]>>;
}

/** Lines of a run's history. */
export const LINES: Sealed = { table: 'process_happenings', order: ['line'], json: ['detail'], except: ['entry_id'] };

const row = (table: string, json: readonly string[] = []): Sealed => ({ table, order: ['id'], json });

export const RUNS: SealedKind = {
  register: 'process-instances',
  what: 'The run',
  turn: 'o.revision + o.lines',
  own: row('process_instances', ['given', 'held']),
  groups: {
    place: [
      row('process_scopes', ['variables', 'loop']),
      row('process_tokens', ['detail']),
      { ...row('process_subscriptions', ['correlation', 'timer']), except: ['held_until'] },
    ],
    tasks: [row('process_tasks', ['step'])],
    incidents: [row('process_incidents')],
    evidence: [{ table: 'process_evidence', order: ['task_id', 'evidence_id'], json: [] }],
  },
};

export const sealedKinds: readonly SealedKind[] = [
  RUNS,
  { register: 'processes', what: 'The process map', turn: '0', own: row('process_maps'), groups: {} },
  {
    register: 'process-versions',
    what: 'The version of a process map',
    turn: 'o.revision',
    own: { ...row('process_versions', ['graph', 'refusals', 'warnings']), bytes: ['file'] },
    groups: { starts: [{ table: 'process_starts', order: ['node'], json: ['timer'], except: ['held_until'], of: 'version_id' }] },
  },
  { register: 'process-deviations', what: 'The deviation', turn: '0', own: row('process_deviations'), groups: {} },
];

const hashed = (text: RawBuilder<unknown>) => sql<string>`encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

/** A row as text. What is empty is left out, so that a column which is added later changes no hash. */
const textOf = (alias: string, { json, except = [], bytes = [] }: Sealed): RawBuilder<unknown> => {
  const instead = [
    ...json.map((column) => sql`${sql.lit(column)}, ${sql.ref(`${alias}.${column}`)}::text`),
    ...bytes.map((column) => sql`${sql.lit(column)}, encode(sha256(${sql.ref(`${alias}.${column}`)}), 'hex')`),
  ];
  const gone = except.map((column) => sql` - ${sql.lit(column)}`);
  const built = instead.length === 0 ? sql`` : sql` || jsonb_build_object(${sql.join(instead)})`;
  return sql`jsonb_strip_nulls(to_jsonb(${sql.ref(alias)})${sql.join(gone, sql``)}${built})::text`;
};

/** Rows of one table as one text; null where there are none. */
export const linesText = (alias: string, of: Sealed): RawBuilder<unknown> =>
  sql`string_agg(${textOf(alias, of)}, E'\n' order by ${sql.join(of.order.map((column) => sql.ref(`${alias}.${column}`)))})`;

export const hashOfLines = hashed(linesText('h', LINES));

/** The id of what a row belongs to. */
export const belongs = (alias: string, { of = 'instance_id' }: Sealed): RawBuilder<unknown> => sql.ref(`${alias}.${of}`);

const groupHash = (tables: readonly Sealed[]): RawBuilder<unknown> => {
  const texts = tables.map(
    (of) =>
      sql`(select ${linesText('r', of)} from ${sql.table(of.table)} r where r.organization_id = o.organization_id and ${belongs('r', of)} = o.id)`,
  );
  const [only] = texts;
  // Where one of several tables has no rows, its place between the others still counts.
  const text =
    texts.length === 1 && only !== undefined
      ? only
      : sql`nullif(concat_ws('|', ${sql.join(texts.map((one) => sql`coalesce(${one}, '')`))}), ${sql.lit('|'.repeat(texts.length - 1))})`;
  return hashed(text);
};

/** Turn and hashes of the rows `o` of a kind, as columns; the same for one that is written and for many that are verified. */
export const sealColumns = (kind: SealedKind): RawBuilder<unknown> => {
  const groups = Object.entries(kind.groups).map(([name, tables]) => sql`${sql.lit(name)}, ${groupHash(tables)}`);
  return sql`(${sql.raw(kind.turn)})::integer as turn,
    json_strip_nulls(json_build_object('row', ${hashed(textOf('o', kind.own))}${groups.length === 0 ? sql`` : sql`, ${sql.join(groups)}`})) as rows`;
};

/** The seal of what this transaction has written; `lines`: how many lines of a run's history came with it. */
const sealNow = async (tx: Tx, kind: SealedKind, id: string, lines: number): Promise<Seal> => {
  const told =
    lines === 0
      ? sql``
      : sql`, (select ${hashOfLines} from ${sql.table(LINES.table)} h where h.organization_id = o.organization_id and h.instance_id = o.id and h.line > o.lines - ${lines}) as lines`;
  const [seal] = await tx.query<Seal>(sql`
    select ${sealColumns(kind)}${told} from ${sql.table(kind.own.table)} o where o.organization_id = ${tx.organisationId}::uuid and o.id = ${id}::uuid`);
  if (seal === undefined) throw new Error(`expected a row of ${kind.own.table} with the id ${id}`);
  return seal;
};

export interface SealedDeed {
  readonly register: string;
  readonly record: string;
  readonly command: string;
  readonly payload: object;
  /** Id of the entry, where rows name it. */
  readonly entry?: string;
  /** Lines of a run's history that came with it. */
  readonly lines?: number;
}

/**
 * Tells the trail of a change of what is sealed. It comes after everything that the change writes to those rows: what is written later in
 * the transaction without another call would look like a change past the product.
 */
export const tellSealed = async (tx: Tx, context: Context, deed: SealedDeed): Promise<void> => {
  const { register, record, command, payload, entry = newId(), lines = 0 } = deed;
  const kind = sealedKinds.find((one) => one.register === register);
  if (kind === undefined) throw new Error(`expected a register whose rows are sealed, got ${register}`);
  await appendToTrail(tx, [
    {
      entry,
      register,
      record,
      version: null,
      command,
      actor: actorId(context.actor),
      time: context.now.toISOString(),
      request: context.requestId,
      payload: { ...payload, seal: await sealNow(tx, kind, record, lines) },
    },
  ]);
};
