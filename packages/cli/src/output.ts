/** What a script reads: results, and nothing else. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What a person reads beside the result; it never mixes with it. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** The result as JSON for `--json`, else as lines for people. */
export const answer = (json: boolean | undefined, value: unknown, lines: readonly string[]): void => {
  if (json === true) print(JSON.stringify(value, null, 2));
  else for (const line of lines) print(line);
};

/** Columns padded to the widest cell, for lists on a terminal. */
export const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)), []);
  return rows.map((row) => row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  '));
};

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
/** "1 row", "3 rows". */
export const counted = (n: number, noun: string): string => count(n, noun, `${noun}s`);
