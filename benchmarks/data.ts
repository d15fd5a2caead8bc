import type { Field } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import { people } from '@aimwell/contract/roles/people';
import { risks } from '@aimwell/contract/risks/risks';
import { systems } from '@aimwell/contract/systems/systems';
import type { OpenHouse } from '@aimwell/server/compose';
import { createContext } from '@aimwell/server/platform/context';
import { systemActor } from '@aimwell/server/platform/identity/founding';
import { writeRecords } from '@aimwell/server/platform/register/write';
import type { Tenant } from './house.ts';

/** Records of the large organisation's registers; the small one has a hundredth. */
export const LARGE = 20_000;
export const SMALL = 200;
/** Records that hold the rare value of a filter, and as many that hold none: alike in both organisations, at the end of each list. */
export const FEW = 25;
const CHUNK = 2_000;

const prose =
  'Reads what people send, compares it with earlier cases and proposes an answer that a person checks before it goes out; the log of each answer is kept for a year and sampled every month.';

/** Values of a field that can be filtered: one that few records hold, and those that the others share in turn. */
export const valuesOf = (field: Field, ids: Readonly<Record<string, readonly string[]>>): { rare: unknown; common: readonly unknown[] } => {
  const split = (all: readonly unknown[]) => ({ rare: all.at(-1), common: all.slice(0, Math.min(all.length - 1, 5)) });
  switch (field.kind) {
    case 'choice':
      return split(field.choices);
    case 'choices': {
      const { rare, common } = split(field.choices);
      return { rare: [rare], common: common.map((value) => [value]) };
    }
    case 'boolean':
      return { rare: true, common: [false] };
    case 'integer':
      return split(Array.from({ length: 6 }, (_, index) => field.min + index));
    case 'date':
      return { rare: '2031-01-01', common: ['2026-02-01', '2026-05-01', '2026-08-01', '2026-11-01'] };
    case 'code':
      return split(ids[field.catalog] ?? []);
    case 'reference':
      return split(ids[field.to] ?? []);
    case 'text':
      return { rare: 'Unit R', common: ['Unit A', 'Unit B', 'Unit C', 'Unit D'] };
    default:
      return { rare: null, common: [null] };
  }
};

/** Each field turns through its values at a pace of its own, so that no field foretells another. */
const turn = (name: string, position: number) => {
  let hash = position + 1;
  for (const letter of name) hash = (Math.imul(hash ^ letter.charCodeAt(0), 0x9e3779b1) >>> 0) ^ (hash >>> 15);
  return hash >>> 3;
};

const valueAt = (
  name: string,
  field: Field,
  position: number,
  count: number,
  ids: Readonly<Record<string, readonly string[]>>,
): unknown => {
  const { rare, common } = valuesOf(field, ids);
  const fromEnd = count - position;
  if (fromEnd <= FEW) return rare;
  // The title and choices that are never empty keep a value; the rest of this stretch holds none.
  if (fromEnd <= 2 * FEW) return field.kind === 'choices' ? [] : 'initial' in field && field.initial !== undefined ? common[0] : null;
  return common[turn(name, position) % common.length];
};

/** A number between 0 and `count` for each position, each once, in no order: titles must not be sorted like numbers. */
const scattered = (position: number, count: number) => (position * 7919) % count;

const titleOf = (register: Register, position: number, count: number) =>
  `${register === systems ? 'Assistant' : 'Wrong answers reach customers'} ${String(scattered(position, count)).padStart(6, '0')}${count - position <= FEW ? ' zirconium' : ''}`;

const recordAt = (
  register: Register,
  position: number,
  count: number,
  ids: Readonly<Record<string, readonly string[]>>,
): Record<string, unknown> => {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(register.fields)) {
    if (name === register.title) values[name] = titleOf(register, position, count);
    else if (field.kind === 'longText' && field.managed === undefined) values[name] = `${prose} ${scattered(position, count)}`;
    else if (field.filter === true || field.sort === true) values[name] = valueAt(name, field, position, count, ids);
  }
  return values;
};

/** Writes the people, systems and risks of one organisation by the product's own way of writing, and answers with their ids. */
export const furnish = async (house: OpenHouse, tenant: Tenant, count: number, codes: Readonly<Record<string, readonly string[]>>) => {
  const context = createContext({ actor: systemActor, organisation: tenant.organisation, now: new Date('2026-06-01T09:00:00Z') });
  const write = async (register: Register, records: readonly Record<string, unknown>[]): Promise<string[]> => {
    const ids: string[] = [];
    for (let start = 0; start < records.length; start += CHUNK) {
      const changes = records.slice(start, start + CHUNK).map((set) => ({ before: null, set }));
      const rows = await house.database.inOrganisation(tenant.organisation.id, (tx) =>
        writeRecords(tx, context, register, changes, { command: 'import' }),
      );
      ids.push(...rows.map((row) => row.id));
    }
    return ids;
  };
  const ids: Record<string, readonly string[]> = { ...codes };
  ids['people'] = await write(
    people,
    Array.from({ length: 5 }, (_, index) => ({ name: `Owner ${index + 1}`, function: 'System owner' })),
  );
  for (const register of [systems, risks]) {
    ids[register.name] = await write(
      register,
      Array.from({ length: count }, (_, position) => recordAt(register, position, count, ids)),
    );
  }
  return ids;
};
