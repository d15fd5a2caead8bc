import { holds } from './rule.ts';
import type { Source } from './run.ts';
import { listOf, type Seen, type Value } from './values.ts';

/** Records by register, as tests and what-ifs write them: what is left out is absent. */
export type Dataset = Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>;

/** A source over records in memory. Pages are small on purpose, so that paging is always at work. */
export const memorySource = (dataset: Dataset, pageSize = 3): Source => {
  const all = (register: string): readonly Seen[] =>
    (dataset[register] ?? []).map((values, index) => seen(register, values, index)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    page: ({ register, after }) =>
      Promise.resolve(
        all(register)
          .filter((record) => after === null || record.id > after)
          .slice(0, pageSize),
      ),
    matching: ({ register, theirs, keys }) =>
      Promise.resolve(all(register).filter((record) => listOf(record[theirs]).some((key) => keys.includes(key)))),
    fact: (read) =>
      Promise.resolve('rows' in read ? all(read.rows) : all(read.count).filter((record) => holds(read.where ?? {}, record)).length),
  };
};

const absent = {
  get: (target: Readonly<Record<string, Value>>, name: string | symbol): Value =>
    typeof name === 'string' ? (target[name] ?? null) : null,
};

// Fields left out read as null, as they come from the database, so that no rule depends on `undefined`.
const seen = (register: string, values: Readonly<Record<string, Value>>, index: number): Seen => {
  const number = String(index + 1);
  const target = {
    id: `${register}-${number.padStart(6, '0')}`,
    identifier: `${register}-${number}`,
    title: `${register} ${number}`,
    ...values,
  };
  return new Proxy(target, absent as ProxyHandler<typeof target>) as unknown as Seen;
};
