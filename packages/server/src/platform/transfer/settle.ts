import type { Field } from '@aimwell/contract/platform/field';
import type { ImportProblem } from '@aimwell/contract/platform/transfer';
import type { Register } from '@aimwell/contract/platform/register';
import { codeProblems } from '../catalog/codes.ts';
import type { FieldValue } from '../tables/convert.ts';
import type { ColumnMap } from '../tables/mapping.ts';
import type { Lookup } from './lookup.ts';
import { storable } from './own.ts';

/** Stands in a value for a person who is to be added to the directory; the name as the sheet writes it. */
export interface NewPerson {
  readonly person: string;
}
export const isNewPerson = (value: unknown): value is NewPerson => typeof value === 'object' && value !== null && 'person' in value;

type Settled = {
  readonly value?: unknown;
  readonly problem?: { readonly code: string; readonly severity: 'error' | 'warning'; readonly message: string };
};

const cut = (text: string, most: number): string => {
  const head = text.slice(0, most - 1);
  const space = head.lastIndexOf(' ');
  return `${(space > most / 2 ? head.slice(0, space) : head).trimEnd().toWellFormed()}…`;
};

/** A text within the bounds of its field. The full text is then kept as own field; only a field that must be filled is cut. */
const textOf = (field: { readonly kind: string; readonly max: number; readonly required?: boolean }, given: string): Settled => {
  const text = storable(field.kind === 'text' ? given.replaceAll(/\s*[\r\n]+\s*/gu, ' ') : given).trim();
  if (text.length <= field.max) return { value: text };
  const said = `expected at most ${field.max} characters, got ${text.length}; the full text is kept as own field`;
  return field.required === true
    ? { value: cut(text, field.max), problem: { code: 'TEXT_CUT', severity: 'warning', message: said } }
    : { problem: { code: 'TEXT_TOO_LONG', severity: 'warning', message: said } };
};

/** Turns converted cells into what the register takes: ids for names, codes that exist, numbers and texts within bounds. */
export const createSettler = (register: Register, lookups: ReadonlyMap<string, Lookup>, createPeople: boolean) => {
  const people = new Map<string, string>();

  const point = (to: string, text: string, required: boolean): Settled => {
    const found = lookups.get(to)?.(text) ?? 'none';
    if (typeof found === 'object') return { value: found.id };
    const severity = required ? 'error' : 'warning';
    const kept = required ? '' : '; kept as own field';
    if (found === 'several')
      return {
        problem: {
          code: 'REFERENCE_AMBIGUOUS',
          severity,
          message: `expected one of ${to}, got “${text}”, which several bear; give the identifier${kept}`,
        },
      };
    if (to !== 'people')
      return {
        problem: { code: 'REFERENCE_UNKNOWN', severity, message: `expected an identifier or title of ${to}, got “${text}”${kept}` },
      };
    if (!createPeople || text.length > 200)
      return { problem: { code: 'PERSON_UNKNOWN', severity, message: `expected a person of the directory, got “${text}”${kept}` } };
    const key = text.normalize('NFC').trim().toLowerCase();
    if (!people.has(key)) people.set(key, text.trim());
    return { value: { person: people.get(key) ?? text } };
  };

  const one = (name: string, field: Field, value: FieldValue): Settled => {
    const required = field.required === true;
    switch (field.kind) {
      case 'text':
      case 'longText':
        return textOf(field, String(value));
      case 'integer':
        if (Number.isInteger(value) && Number(value) >= field.min && Number(value) <= field.max) return { value };
        return {
          problem: {
            code: 'NUMBER_OUT_OF_RANGE',
            severity: required ? 'error' : 'warning',
            message: `expected a whole number from ${field.min} to ${field.max}, got ${String(value)}${required ? '' : '; kept as own field'}`,
          },
        };
      case 'choices':
        return { value: [...new Set((value as readonly string[]).flatMap((each) => each.split('+')))] };
      case 'reference':
        return point(field.to, String(value), required);
      case 'references': {
        const parts = (value as readonly string[]).map((text) => point(field.to, text, required));
        const wrong = parts.find(({ problem }) => problem !== undefined);
        return {
          value: parts.flatMap((part) => (part.value === undefined ? [] : [part.value])),
          ...(wrong?.problem === undefined ? {} : { problem: wrong.problem }),
        };
      }
      case 'code':
      case 'codes': {
        const [wrong] = codeProblems(register, { [name]: value });
        return wrong === undefined
          ? { value }
          : {
              problem: {
                code: wrong.code,
                severity: required ? 'error' : 'warning',
                message: `${wrong.message}${required ? '' : '; kept as own field'}`,
              },
            };
      }
      default:
        return { value };
    }
  };

  return {
    settle: (row: number, values: Readonly<Record<string, FieldValue>>, columns: readonly ColumnMap[]) => {
      const settled: [string, unknown][] = [];
      const problems: ImportProblem[] = [];
      for (const [name, value] of Object.entries(values)) {
        const field = register.fields[name];
        if (field === undefined) continue;
        const { value: into, problem } = one(name, field, value);
        if (into !== undefined && into !== '') settled.push([name, into]);
        if (problem !== undefined)
          problems.push({
            ...problem,
            row,
            column: columns.find((column) => column.field === name)?.key ?? '',
            field: name,
            seen: Array.isArray(value) ? value.join('; ') : String(value),
            allowed: [],
          });
      }
      return { values: Object.fromEntries(settled), problems };
    },
    /** Everyone who would be added, in the order in which the sheet names them. */
    newPeople: (): string[] => [...people.values()],
  };
};
