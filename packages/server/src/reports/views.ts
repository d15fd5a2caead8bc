import type { Field } from '@aimwell/contract/platform/field';
import type { Register, Values } from '@aimwell/contract/platform/register';
import type { risks } from '@aimwell/contract/risks/risks';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import { viewColumns } from '../platform/register/columns.ts';

/** A record that another one names. */
export interface Named {
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
}

/** Fields whose options narrow a default have the type `never` in the contract, which must not read as a reference. */
type Shown<F, Plain> = [F] extends [never]
  ? Plain
  : F extends { kind: 'reference' }
    ? Named | null
    : F extends { kind: 'references' }
      ? readonly Named[]
      : Plain;

/** A record as it is answered: references with identifier and title. */
export type View<R extends Register> = Named & {
  readonly createdAt: string;
  readonly updatedAt: string;
} & {
  readonly [K in keyof R['fields']]: R['fields'][K] extends Field
    ? Shown<R['fields'][K], K extends keyof Values<R> ? Values<R>[K] : never>
    : never;
};

/** What the ratings of a risk are, since the declaration loses the type of fields with limits of their own. */
export interface Levels {
  readonly statement: string;
  readonly inherentLikelihood: number | null;
  readonly inherentConsequence: number | null;
  readonly inherentLevel: number | null;
  readonly residualLikelihood: number | null;
  readonly residualConsequence: number | null;
  readonly residualLevel: number | null;
}
export type RiskView = Omit<View<typeof risks>, keyof Levels> & Levels;

/** Rows of a query as JSON has them: days and moments as ISO 8601 text. */
export const readAll = async <T>(tx: Tx, query: RawBuilder<unknown>): Promise<T[]> =>
  (await tx.query<{ row: T }>(sql`select row_to_json(x) as row from (${query}) x`)).map(({ row }) => row);

/** Records in use that meet a condition on `t`, in the order of their numbers. */
export const readViews = <R extends Register, V = View<R>>(tx: Tx, register: R, where: RawBuilder<unknown> = sql`true`): Promise<V[]> =>
  readAll<V>(
    tx,
    sql`
    select ${viewColumns(register)} from ${sql.table(register.table)} t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and ${where} order by t.number`,
  );
