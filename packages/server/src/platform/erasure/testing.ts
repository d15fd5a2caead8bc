import type pg from 'pg';
import { createJourney, type Journey } from '../../journey/testing.ts';
import { startSequencer } from '../trail/sequencer.ts';
import { until } from '../trail/testing/organisation.ts';
import { verifyLive } from '../trail/verify.ts';

/** Every place of every table, of whatever schema, whose text holds one of the words: `schema.table.column`. */
export const placesOf = async (owner: pg.Client, words: readonly string[]): Promise<string[]> => {
  const { rows } = await owner.query<{ place: string; schema: string; table: string; column: string; type: string }>(`
    select n.nspname || '.' || c.relname || '.' || a.attname as place, n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`);
  const found: string[] = [];
  const spellings = words.flatMap((word) => {
    const encoded = encodeURIComponent(word);
    return [
      word,
      word.toUpperCase(),
      word.toLowerCase(),
      word.normalize('NFD'),
      encoded,
      encoded.replaceAll('%20', '+'),
      JSON.stringify(word).slice(1, -1),
    ];
  });
  for (const { place, schema, table, column, type } of rows) {
    const holds =
      type === 'bytea'
        ? `position(convert_to(s, 'UTF8') in "${column}") > 0`
        : `position(lower(normalize(s, NFC)) in lower(normalize("${column}"::text, NFC))) > 0`;
    const { rows: hits } = await owner.query(
      `select 1 from "${schema}"."${table}" where exists (select 1 from unnest($1::text[]) s where ${holds}) limit 1`,
      [spellings],
    );
    if (hits.length > 0) found.push(place);
  }
  return [...new Set(found)].toSorted();
};

/** Anchors everything that waits, as a running server does. */
export const anchorAll = async ({ house, owner }: Journey, keys: string): Promise<void> => {
  const sequencer = startSequencer({ connection: house.migrated.sequencer, keys, now: () => new Date(), report: () => {} });
  await until(async () => Number((await owner.query<{ n: string }>('select count(*) as n from trail_pending')).rows[0]?.n) === 0);
  await sequencer.stop();
};

/** What `aimwell verify --live` finds. */
export const faultsIn = async ({ house, organisation }: Journey, against: string | null = null): Promise<string[]> => {
  const { faults } = await verifyLive({
    database: house.database,
    files: house.files,
    organisationId: organisation.id,
    keys: null,
    against,
  });
  return faults.map(({ what, message }) => `${what}: ${message}`);
};

export { createJourney, type Journey };
export { password } from '../../journey/testing.ts';
