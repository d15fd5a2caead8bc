import { importMapping, type ImportMapping } from '@aimwell/contract/platform/transfer';
import { CannotRun } from './failure.ts';

/** Headers of the file and the fields they go to; `null` leaves a column out, what is not named stays as guessed. */
export interface PlainMap {
  readonly columns: Readonly<Record<string, string | null>>;
  readonly idColumns?: readonly string[];
  readonly dateOrder?: 'dmy' | 'mdy';
}

export type MapFile = { readonly kind: 'whole'; readonly mapping: ImportMapping } | { readonly kind: 'plain'; readonly map: PlainMap };

const remedy = 'Write {"columns": {"Header of the file": "field"}}, or take "mapping" of a dry run with --json.';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the file of `--map`: the mapping that a dry run answers, or the short form by hand. */
export const readMapFile = (text: string): MapFile => {
  const found = parse(text);
  if (!isObject(found)) throw new CannotRun('The file of --map holds no object.', remedy);
  if (Array.isArray(found['columns'])) {
    const whole = importMapping.safeParse(found);
    if (!whole.success)
      throw new CannotRun(
        `The file of --map is not a mapping: ${whole.error.issues
          .map((issue) => `${issue.path.join('.')} ${issue.message}`)
          .slice(0, 3)
          .join('; ')}.`,
        remedy,
      );
    return { kind: 'whole', mapping: whole.data };
  }
  const { columns, idColumns, dateOrder } = found;
  const fits =
    isObject(columns) &&
    Object.values(columns).every((field) => field === null || typeof field === 'string') &&
    (idColumns === undefined || (Array.isArray(idColumns) && idColumns.every((key) => typeof key === 'string'))) &&
    (dateOrder === undefined || dateOrder === 'dmy' || dateOrder === 'mdy');
  if (!fits) throw new CannotRun('The file of --map is not a mapping.', remedy);
  return { kind: 'plain', map: found as unknown as PlainMap };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CannotRun(`The file of --map is not JSON: ${(error as Error).message}.`, remedy);
  }
};

/** Lays the short form over what was guessed. Throws for a header that the table does not have. */
export const overlay = <M extends { readonly columns: readonly { readonly key: string }[] }>(
  guessed: M,
  { columns, idColumns, dateOrder }: PlainMap,
): M => {
  const keys = new Set(guessed.columns.map(({ key }) => key));
  const unknown = [...Object.keys(columns), ...(idColumns ?? [])].filter((key) => !keys.has(key));
  if (unknown.length > 0)
    throw new CannotRun(
      `The table has no column "${unknown.join('", "')}".`,
      `Its columns are: ${[...keys].slice(0, 20).join(', ')}${keys.size > 20 ? ' …' : ''}`,
    );
  return {
    ...guessed,
    columns: guessed.columns.map((column) => {
      const field = columns[column.key];
      if (field === undefined) return column;
      return field === null ? { ...column, to: 'skip', field: undefined } : { ...column, to: 'field', field, confidence: 1 };
    }),
    ...(idColumns === undefined ? {} : { idColumns }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  };
};
