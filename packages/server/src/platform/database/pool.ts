import { type RawBuilder, Kysely, DummyDriver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Context } from '../context.ts';
import { alone, inOneWrite, talking } from './conversation.ts';

/** Compiles `sql` fragments; it never connects. */
const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** A moment of the past, and the checkpoint that says which entries had been anchored by then. */
export interface AsOf {
  /** As it was asked: a day or an RFC 3339 moment. */
  readonly asked: string;
  readonly moment: Date;
  /** Null before the first checkpoint: nothing was recorded. `root` in base64, as in the signed note. */
  readonly checkpoint: { readonly size: number; readonly root: string; readonly at: Date } | null;
}

/** A record before (null: it is new) and after it was written, field names as in its declaration. */
export interface WrittenRecord {
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> & { readonly id: string };
}

/** Told of the records of one register that were written, in the transaction that wrote them. */
export type Written = (tx: Tx, context: Context, register: string, records: readonly WrittenRecord[]) => Promise<void>;

/** What runs inside one transaction of one organisation. */
export interface Tx {
  readonly organisationId: string;
  /** Who is told of each record that is written; nobody in a transaction of the past. */
  readonly written?: Written | undefined;
  /** The moment at which this transaction sees the records; null for now. */
  readonly asOf: AsOf | null;
  /**
   * Rows of a `sql` fragment, columns as PostgreSQL names them. `kept`: for a question that is asked all day in the same words; each
   * connection then takes it apart and plans it once (docs/decisions/0024). `last`: kept, and the transaction ends with it, in the same
   * message; nothing can be asked after it.
   */
  query<Row>(fragment: RawBuilder<Row>, how?: 'kept' | 'last'): Promise<Row[]>;
  /**
   * Rows of a question without parameters as a binary COPY (platform/database/binary-rows reads them), for a million of them: read it
   * to its end before the next question.
   */
  copyOut(fragment: RawBuilder<unknown>): AsyncIterable<Buffer>;
  /**
   * Turns this transaction to the past: from here on every register, link and history is read as it stood (schema `past`), and
   * nothing can be written any more. What has to be written (an auditor's read, an export) comes before.
   */
  goBackTo(asOf: AsOf): Promise<Tx>;
}

export interface TransactionOptions {
  readonly asOf?: AsOf | null;
  readonly snapshot?: boolean;
}

export interface Database {
  /**
   * Runs `work` in one transaction with the organisation set for row-level security. The whole transaction is tried
   * again (at most five times) when PostgreSQL asks for it: serialisation failure, deadlock. With `asOf` it is a transaction
   * of the past from the start; with `snapshot` it sees one moment throughout and writes nothing.
   */
  inOrganisation<T>(organisationId: string, work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Calls one of the audited functions that cross organisations (list in docs/decisions/0006). There is no other way
   * to query outside an organisation.
   */
  callAcross<Row>(fragment: RawBuilder<Row>): Promise<Row[]>;
  end(): Promise<void>;
}

const again = new Set(['40001', '40P01']);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// Numbers of counts come as text from PostgreSQL's bigint; every count here fits a double.
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === 20 ? Number : oid === 1082 ? String : pg.types.getTypeParser(oid, format as 'text'),
};

/**
 * Names of statements that connections keep, by their words. A connection forgets them with itself and nothing depends on their being
 * there. No more than so many: each costs memory in each connection.
 */
const kept = new Map<string, string>();
const MOST_KEPT = 200;
const keep = (text: string): { readonly name?: string } => {
  const known = kept.get(text);
  if (known !== undefined) return { name: known };
  if (kept.size >= MOST_KEPT) return {};
  const name = `kept_${kept.size + 1}`;
  kept.set(text, name);
  return { name };
};

interface Talk {
  readonly client: pg.PoolClient;
  /** Resolves when the transaction has begun; what is asked meanwhile is answered after that. */
  readonly begun: Promise<unknown>;
}

/** The transaction that a client is in, and its end. Going back puts the views of the past before the tables of the same names. */
const transactionOn = (
  { client, begun }: Talk,
  organisationId: string,
  written: Written | undefined,
): { readonly tx: Tx; readonly commit: () => Promise<unknown> } => {
  let ended: Promise<unknown> | undefined;
  const query = async <Row>(fragment: RawBuilder<Row>, how?: 'kept' | 'last'): Promise<Row[]> => {
    if (ended !== undefined) throw new Error('expected nothing after the last question of a transaction');
    const { sql: text, parameters } = fragment.compile(compiler);
    if (how === 'last') inOneWrite(client);
    const asked = client.query({ text, values: parameters as unknown[], ...(how === undefined ? {} : keep(text)) });
    if (how === 'last') {
      ended = client.query('commit');
      ended.catch(() => {});
    }
    return (await asked).rows as Row[];
  };
  const copyOut = async function* (fragment: RawBuilder<unknown>): AsyncIterable<Buffer> {
    const { sql: text, parameters } = fragment.compile(compiler);
    if (parameters.length > 0) throw new Error('expected a question without parameters: COPY takes none');
    await begun;
    yield* alone(client, () => client.query(copyTo(`copy (${text}) to stdout (format binary)`)));
  };
  const goBackTo = async (asOf: AsOf): Promise<Tx> => {
    const size = asOf.checkpoint?.size ?? 0;
    if (!Number.isSafeInteger(size)) throw new Error('expected the size of a checkpoint');
    await client.query(
      `select set_config('search_path', 'past, public', true), set_config('app.as_of_size', '${size}', true); set transaction read only`,
    );
    return { organisationId, asOf, query, copyOut, goBackTo: () => Promise.reject(new Error('expected a transaction of the present')) };
  };
  return { tx: { organisationId, written, asOf: null, query, copyOut, goBackTo }, commit: () => ended ?? client.query('commit') };
};

/** Opens the pool of the app role. `connection` must be a login of `aimwell_app`, never the owner. */
export const createDatabase = (connection: pg.ClientConfig, options: { max?: number; written?: Written } = {}): Database => {
  const pool = new pg.Pool({
    ...connection,
    ...talking,
    max: options.max ?? 16,
    types: types as pg.CustomTypesConfig,
    // No question of ours takes two minutes; one that does must not hold a connection for good.
    options: '-c timezone=UTC -c jit=off -c statement_timeout=120000',
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
  });
  // A connection that dies while idle must not end the process; the next query opens another.
  pool.on('error', () => {});

  const { written } = options;
  const once = async <T>(organisationId: string, work: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      // The id is a checked uuid, so it may stand in the text. The first question of `work` goes along: should the transaction not begin,
      // that question meets row-level security without an organisation.
      const mode = options.snapshot === true ? ' isolation level repeatable read, read only' : '';
      inOneWrite(client);
      const begun = client.query(`begin${mode}; select set_config('app.tenant', '${organisationId}', true)`);
      begun.catch(() => {});
      const { tx, commit } = transactionOn({ client, begun }, organisationId, written);
      const asOf = options.asOf ?? null;
      const answer = await work(asOf === null ? tx : await tx.goBackTo(asOf));
      await begun;
      await commit();
      return answer;
    } catch (error) {
      await client.query('rollback').catch((rollback: Error) => {
        broken ??= rollback;
      });
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  };

  return {
    inOrganisation: async (organisationId, work, options = {}) => {
      if (!uuid.test(organisationId)) throw new Error('expected the id of an organisation');
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(organisationId, work, options);
        } catch (error) {
          if (attempt >= 5 || !again.has((error as { code?: string }).code ?? '')) throw error;
        }
      }
    },
    callAcross: async <Row>(fragment: RawBuilder<Row>) => {
      const { sql: text, parameters } = fragment.compile(compiler);
      if (!/^\s*select\s[\s\S]*\sfrom\s+[a-z_]+\s*\(/i.test(text)) throw new Error('expected a call of an audited function');
      const { rows } = await pool.query({ text, values: parameters as unknown[], ...keep(text) });
      return rows as Row[];
    },
    end: () => pool.end(),
  };
};
