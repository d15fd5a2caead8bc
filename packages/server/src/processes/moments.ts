import { type RawBuilder, sql } from 'kysely';

/** A timestamp as RFC 3339 in UTC with milliseconds; null stays null. `column` is one of ours, such as `t.due_at`. */
export const momentOf = (column: string): RawBuilder<string> =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
