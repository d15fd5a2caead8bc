import words from '@aimwell/catalog/words/en/registers.json' with { type: 'json' };

type Choices = Readonly<Record<string, Readonly<Record<string, string>>>>;
const registers = words as unknown as Readonly<Record<string, { readonly choices?: Choices }>>;

/** The word of a choice as people read it everywhere else; the value itself where the catalog has none. */
export const wordOf = (register: string, field: string, value: string | null | undefined): string =>
  value === null || value === undefined ? '' : (registers[register]?.choices?.[field]?.[value] ?? value);

export const wordsOf = (register: string, field: string, values: readonly string[]): string =>
  values.map((value) => wordOf(register, field, value)).join(', ');

/** "1 control", "2 controls". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** Words after one another, empty ones left out. */
export const joined = (parts: readonly (string | null | undefined | false)[], separator = '; '): string =>
  parts.filter((part) => typeof part === 'string' && part.trim() !== '').join(separator);
