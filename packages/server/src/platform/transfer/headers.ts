import type { Register } from '@aimwell/contract/platform/register';
import type { ColumnMap } from '../tables/mapping.ts';
import type { Table } from '../tables/types.ts';
import { labelOf, targetFields } from './fields.ts';

/** Names of the columns of an export, so that the same table is known again when it comes back. */
export const identifierHeader = 'Identifier';
/** The column of an own field whose name a field bears already gets this behind it. */
const mark = ' (as imported)';

/** The column headings of the register's fields: labels, with the field's name where two labels are equal. */
export const fieldHeaders = (register: Register): { readonly name: string; readonly header: string }[] => {
  const names = Object.entries(register.fields)
    .filter(([, field]) => field.kind !== 'result')
    .map(([name]) => name);
  const labels = names.map((name) => labelOf(register, name));
  return names.map((name, index) => {
    const label = labels[index] ?? name;
    return {
      name,
      header: labels.filter((other) => other === label).length > 1 || label === identifierHeader ? `${label} (${name})` : label,
    };
  });
};

const bare = (key: string): string => (key.endsWith(mark) ? bare(key.slice(0, -mark.length)) : key);

/** Own field → heading and back; no own field can be taken for a field. */
export const ownHeaders = (register: Register) => {
  const taken = new Set([
    identifierHeader,
    'identifier',
    'custom',
    ...fieldHeaders(register).flatMap(({ name, header }) => [name, header]),
  ]);
  return {
    write: (key: string) => (taken.has(bare(key)) ? `${key}${mark}` : key),
    read: (header: string) => (header.endsWith(mark) && taken.has(bare(header)) ? header.slice(0, -mark.length) : header),
  };
};

/** True when the table is an export of this register: it begins with its identifiers. Rows without one are new. */
export const isExport = (register: Register, table: Table): boolean => {
  const first = table.headers[0]?.text;
  const pattern = new RegExp(`^${register.prefix}-\\d{4,9}$`);
  return (
    (first === identifierHeader || first === 'identifier') &&
    table.rows.every(({ cells }) => cells[0] === '' || pattern.test(cells[0] ?? '')) &&
    table.rows.some(({ cells }) => cells[0] !== '') &&
    table.headers.some(({ text }) => fieldHeaders(register).some(({ name, header }) => header === text || name === text))
  );
};

/** Where the columns of an export go: exactly back. Fields that commands set stay as they are. */
export const exportMapping = (register: Register, table: Table): ColumnMap[] => {
  const byHeader = new Map(
    fieldHeaders(register).flatMap(
      ({ name, header }) =>
        [
          [header, name],
          [name, name],
        ] as const,
    ),
  );
  const writable = new Set(targetFields(register).map(({ name }) => name));
  return table.headers.map(({ index, key, text }): ColumnMap => {
    const base = { index, key, confidence: 1, samples: [] };
    if (index === 0 || text === 'custom') return { ...base, to: 'skip' };
    const field = byHeader.get(text);
    if (field === undefined) return { ...base, to: 'own' };
    return writable.has(field) ? { ...base, to: 'field', field } : { ...base, to: 'skip' };
  });
};
