import { isMany } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import type { Row } from '../register/columns.ts';
import { normaliseLists } from '../register/write.ts';

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const sorted = (value: unknown) => (Array.isArray(value) ? value.toSorted() : value);

/**
 * What a row says otherwise than the record. An empty cell takes nothing away, except in an export that comes back:
 * there it was full when it left.
 * @param options.brought fields that only a new record may bring along; afterwards their commands move them
 */
export const difference = (
  register: Register,
  record: Row,
  values: Readonly<Record<string, unknown>>,
  custom: Readonly<Record<string, string>>,
  options: { readonly mapped: readonly string[]; readonly exported: boolean; readonly brought: readonly string[] },
): Record<string, unknown> => {
  const set: Record<string, unknown> = {};
  for (const name of new Set([...options.mapped, ...Object.keys(values)])) {
    const field = register.fields[name];
    if (field === undefined || options.brought.includes(name)) continue;
    const empty = isMany(field) ? [] : null;
    const given = normaliseLists(register, { [name]: values[name] })[name];
    if (given === undefined && (!options.exported || field.required === true)) continue;
    const wanted = given ?? empty;
    // The order of a list of choices says nothing.
    if (!same(sorted(record[name]), sorted(wanted))) set[name] = wanted;
  }
  const before = record['custom'] as Record<string, string>;
  const own = options.exported
    ? Object.fromEntries(Object.entries(before).flatMap(([key]) => (Object.hasOwn(custom, key) ? [[key, custom[key]]] : [])))
    : before;
  const after = { ...own, ...custom };
  if (
    Object.keys(after).length !== Object.keys(before).length ||
    Object.entries(after).some(([key, text]) => !Object.hasOwn(before, key) || before[key] !== text)
  )
    set['custom'] = after;
  return set;
};
