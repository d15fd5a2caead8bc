import type { Field } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { newId } from '../platform/ids.ts';
import { loadRow } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';
import type { Chance } from './fuzz.ts';
import { sampleValue } from './house.ts';

/** Ids of what exists, by register; `names` are those of people who will be erased: texts name the last of them. */
export type Existing = Record<string, string[]>;

const some = <T>(from: readonly T[], random: Chance): T[] => from.filter(() => random.once(0.3)).slice(0, 4);

/** A value that the field accepts, another on most calls; references name what exists. */
const anyValue = (register: Register, name: string, field: Field, existing: Existing, random: Chance): unknown => {
  const many = Math.floor(random.next() * 1000);
  switch (field.kind) {
    case 'text':
    case 'longText':
      // A name under a signature stays while its retention runs.
      if (!name.endsWith('Name') && random.once(0.04)) return `Told by ${existing['names']?.at(-1)} in passing`;
      // Of people names alone: whoever is erased is looked for in every text, and a sentence is nobody's name.
      if (register.name === 'people') return `Person ${many}`;
      return `Ünïque word ${many} "quoted" \u2028 end`;
    case 'integer':
      return field.min + (many % Math.max(1, Math.min(field.max - field.min, 5)));
    case 'boolean':
      return random.once(0.5);
    case 'date':
      return `2026-0${1 + (many % 9)}-1${many % 10}`;
    case 'moment':
      return `2026-0${1 + (many % 9)}-15T10:00:00.${100 + (many % 900)}Z`;
    case 'choice':
      return random.pick(field.choices);
    case 'choices':
      return some(field.choices, random);
    case 'reference':
      return random.pick(existing[field.to] ?? []) ?? null;
    case 'references':
      return some(existing[field.to] ?? [], random);
    case 'codes':
      return random.once(0.5) ? sampleValue(field) : [];
    case 'result':
      return { value: many, list: [many], text: 'x' };
    default:
      return sampleValue(field);
  }
};

const isEmptied = (field: Field, random: Chance): boolean => field.required !== true && random.once(0.15);

const changesOf = (register: Register, existing: Existing, random: Chance, share: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(register.fields)
      .filter(([, field]) => field.required === true || random.once(share))
      .filter(([, field]) => field.kind !== 'reference' || field.required !== true || (existing[field.to] ?? []).length > 0)
      .map(([name, field]) => {
        const many = field.kind === 'choices' || field.kind === 'codes' || field.kind === 'references';
        return [name, isEmptied(field, random) ? (many ? [] : null) : anyValue(register, name, field, existing, random)];
      }),
  );

/**
 * One step of a history without sense: a few records of any register created, changed by patch or command, archived or taken
 * back. Written as the product writes; rooms' rules are not asked, since what is tested is what remains of it.
 */
export const randomStep = async (tx: Tx, context: Context, existing: Existing, random: Chance): Promise<void> => {
  for (let deeds = 1 + Math.floor(random.next() * 5); deeds > 0; deeds -= 1) {
    const register = random.pick(registers);
    const ids = (existing[register.name] ??= []);
    const needs = Object.values(register.fields).filter((field) => field.kind === 'reference' && field.required === true);
    if (ids.length === 0 || (ids.length < 12 && random.once(0.4))) {
      if (needs.some((field) => (existing[(field as { to: string }).to] ?? []).length === 0)) continue;
      const id = newId();
      const set = { ...changesOf(register, existing, random, 0.5), custom: random.once(0.3) ? { Unit: 'North' } : {} };
      await writeRecords(tx, context, register, [{ before: null, id, set }], { command: 'create' });
      ids.push(id);
      continue;
    }
    const before = await loadRow(tx, register, random.pick(ids));
    const archive = random.once(0.12);
    const set = archive
      ? { archivedAt: context.now.toISOString(), archivedReason: 'not needed' }
      : { ...changesOf(register, existing, random, 0.2), archivedAt: null, archivedReason: null };
    const command = archive ? 'archive' : (random.pick(register.commands)?.name ?? 'patch');
    await writeRecords(tx, context, register, [{ before, set }], { command, reason: random.once(0.3) ? 'found out' : undefined });
  }
};
