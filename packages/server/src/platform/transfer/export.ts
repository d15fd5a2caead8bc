import { Readable } from 'node:stream';
import type { Field } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import type { AsOf, Database, Tx } from '../database/pool.ts';
import { viewColumns } from '../register/columns.ts';
import { conditionsOf, type ListQuery } from '../register/list.ts';
import { type Covering, coveringCheckpoint } from '../trail/covering.ts';
import { writeCsv, writeXlsx } from '../tables/write.ts';
import { choiceLabel, wordsOf } from './fields.ts';
import { fieldHeaders, identifierHeader, ownHeaders } from './headers.ts';

type View = Readonly<Record<string, unknown>> & { readonly identifier: string; readonly custom: Readonly<Record<string, string>> };
export type ExportFormat = 'csv' | 'xlsx' | 'json';

/** Records read at once; each page is a transaction of its own, so that a slow reader holds none. */
const pageSize = 500;

const readPage = (tx: Tx, register: Register, query: Partial<ListQuery>, after: number) =>
  tx.query<{ view: View; number: number }>(sql`
  select row_to_json(v) as view, t.number from ${sql.table(register.table)} t, lateral (select ${viewColumns(register)}) v
  where ${conditionsOf(tx, register, query)} and t.number > ${after}::integer order by t.number limit ${pageSize}`);

/** What is exported: one register of one organisation, by the filters of its list, now or as of a moment. */
export interface Wanted {
  readonly organisation: string;
  readonly register: Register;
  readonly query: Partial<ListQuery>;
  readonly asOf?: AsOf | null;
}

async function* views(database: Database, { organisation, register, query, asOf = null }: Wanted): AsyncGenerator<View> {
  for (let after = 0; ;) {
    const rows = await database.inOrganisation(organisation, (tx) => readPage(tx, register, query, after), { asOf });
    for (const { view } of rows) yield view;
    const last = rows.at(-1);
    if (rows.length < pageSize || last === undefined) return;
    after = last.number;
  }
}

const readOwnKeys = async (database: Database, { organisation, register, query, asOf = null }: Wanted): Promise<string[]> =>
  database.inOrganisation(
    organisation,
    async (tx) => {
      const rows = await tx.query<{ key: string }>(
        sql`select distinct jsonb_object_keys(t.custom) as key from ${sql.table(register.table)} t where ${conditionsOf(tx, register, query)} order by 1`,
      );
      return rows.map(({ key }) => key);
    },
    { asOf },
  );

interface Reference {
  readonly identifier: string;
  readonly title: string;
}

/** A value as people read it and import understands it again. */
const cellOf = (register: Register, name: string, field: Field, value: unknown): string => {
  if (value === null || value === undefined) return '';
  switch (field.kind) {
    case 'choice':
      return choiceLabel(register, name, String(value));
    case 'choices':
      return (value as string[]).map((each) => choiceLabel(register, name, each)).join('; ');
    case 'reference':
      return `${(value as Reference).identifier} ${(value as Reference).title}`.trim();
    case 'references':
      return (value as Reference[]).map(({ identifier }) => identifier).join('; ');
    case 'codes':
      return (value as string[]).join('; ');
    case 'boolean':
      return value === true ? 'yes' : 'no';
    default:
      return String(value);
  }
};

const jsonValue = (field: Field, value: unknown): unknown => {
  if (field.kind === 'reference') return value === null ? null : cellOf({} as Register, '', field, value);
  return field.kind === 'references' ? (value as Reference[]).map(({ identifier }) => identifier) : value;
};

async function* jsonParts(
  register: Register,
  records: AsyncIterable<View>,
  covering: () => Promise<Covering | null>,
): AsyncGenerator<string> {
  yield `{"register":${JSON.stringify(register.name)},"rows":[`;
  let separator = '\n';
  for await (const view of records) {
    const fields = Object.entries(register.fields).map(([name, field]) => [name, jsonValue(field, view[name])]);
    yield `${separator}${JSON.stringify({ identifier: view.identifier, ...Object.fromEntries(fields), custom: view.custom })}`;
    separator = ',\n';
  }
  // After the rows, so that it covers what was anchored by then.
  yield `\n],"checkpoint":${JSON.stringify((await covering())?.note ?? null)}}\n`;
}

export const exportTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The checkpoint that goes with an export: JSON and workbooks carry it, CSV has no place for it but the answer's header or a file beside it. */
export const exportCheckpoint = (
  database: Database,
  { organisation, asOf = null }: Pick<Wanted, 'organisation' | 'asOf'>,
): Promise<Covering | null> => database.inOrganisation(organisation, coveringCheckpoint, { asOf });

/**
 * A register as a table: identifier, fields under their labels, own fields under their names; JSON by field names. What
 * it writes, import reads back without a difference. CSV and JSON stream; a workbook is made in memory.
 */
export const openExport = async (database: Database, wanted: Wanted, format: ExportFormat): Promise<Readable> => {
  const { register } = wanted;
  const records = views(database, wanted);
  const covering = () => exportCheckpoint(database, wanted);
  if (format === 'json') return Readable.from(encoded(jsonParts(register, records, covering)));
  const fields = fieldHeaders(register);
  const keys = await readOwnKeys(database, wanted);
  const own = ownHeaders(register);
  const headers = [identifierHeader, ...fields.map(({ header }) => header), ...keys.map((key) => own.write(key))];
  const rows = (async function* () {
    for await (const view of records)
      yield [
        view.identifier,
        ...fields.map(({ name }) => cellOf(register, name, register.fields[name] as Field, view[name])),
        ...keys.map((key) => (Object.hasOwn(view.custom, key) ? (view.custom[key] ?? '') : '')),
      ];
  })();
  if (format === 'csv') return Readable.from(encoded(writeCsv(headers, rows)));
  const beside = async () => checkpointSheet(await covering());
  return Readable.from([Buffer.from(await writeXlsx(headers, rows, { sheet: wordsOf(register)?.many ?? register.name, beside }))]);
};

/** Lines for a sheet behind the table; import reads the first one. */
const checkpointSheet = (covering: Covering | null) =>
  covering === null
    ? null
    : {
        sheet: 'Checkpoint',
        lines: [
          ['Entries of the trail', String(covering.size)],
          ['Root', covering.root],
          ['Signed', covering.at.toISOString()],
          ['Checkpoint', covering.note],
        ] as const,
      };

async function* encoded(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield Buffer.from(part, 'utf8');
}
