import pg from 'pg';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What the driver is sent while `work` runs: the product's own statements, caught on their way out. Begin and commit are not among them. */
export const statementsOf = async (work: () => Promise<unknown>): Promise<Statement[]> => {
  const statements: Statement[] = [];
  const own = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  const replace = (query: unknown) => Object.assign(pg.Client.prototype, { query });
  replace(function recording(this: pg.Client, ...given: unknown[]) {
    const [first] = given;
    if (typeof first === 'object' && first !== null && 'values' in first) statements.push(first as Statement);
    return own.apply(this, given);
  });
  try {
    await work();
  } finally {
    replace(own);
  }
  return statements.map(({ text, values }) => ({ text, values }));
};

/** A value as a literal of SQL. What the driver would send as an array becomes one. */
const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  if (Array.isArray(value)) return value.length === 0 ? "'{}'" : `array[${value.map(literal).join(',')}]`;
  if (typeof value === 'string') return escaped(value);
  throw new Error(`expected a value that can be written as SQL, got ${typeof value}`);
};

// pgbench takes a colon before a letter for a variable of its own, also within a text.
const colon = String.raw`\x3a`;
const escaped = (text: string) =>
  /[:\\\n]/.test(text)
    ? `E'${text
        .replaceAll('\\', '\\\\')
        .replaceAll("'", "''")
        .replaceAll('\n', String.raw`\n`)
        .replaceAll(':', colon)}'`
    : `'${text.replaceAll("'", "''")}'`;

/** A statement with its values in it, on one line, as pgbench reads it. */
export const written = ({ text, values }: Statement): string =>
  text
    .replaceAll(/'(?:[^']|'')*'/g, (quoted) =>
      quoted.includes(':') ? `E'${quoted.slice(1, -1).replaceAll('\\', '\\\\').replaceAll(':', colon)}'` : quoted,
    )
    .replaceAll(/\$(\d+)/g, (_, place: string) => literal(values[Number(place) - 1]))
    .replaceAll(/\s*\n\s*/g, ' ');
