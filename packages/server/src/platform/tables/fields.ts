import { normalise } from './words.ts';

export type FieldKind = 'text' | 'longText' | 'choice' | 'choices' | 'date' | 'number' | 'boolean' | 'person' | 'reference' | 'references';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly synonyms?: readonly string[];
}

/** A field of a register as far as import needs to know it. `synonyms` are other names of the column people use. */
export interface TargetField {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly choices?: readonly Choice[];
  readonly required?: boolean;
  readonly synonyms?: readonly string[];
}

export const hasChoices = (field: TargetField): boolean =>
  (field.kind === 'choice' || field.kind === 'choices') && field.choices !== undefined;

/** The choice a text means, whatever its case and spacing: by value, label or synonym. */
export function findChoice(field: TargetField, seen: string): Choice | undefined {
  const wanted = normalise(seen);
  if (wanted === '') return undefined;
  return field.choices?.find((choice) =>
    [choice.value, choice.label, ...(choice.synonyms ?? [])].some((name) => normalise(name) === wanted),
  );
}

/** The parts of a cell that may hold several values: by semicolon or line end; by comma only where `known` accepts every part. */
export function splitValues(cell: string, known?: (part: string) => boolean): string[] {
  const whole = cell.trim();
  if (whole === '') return [];
  if (known?.(whole) === true) return [whole];
  const parts = clean(whole.split(/[;\n\r]+/u));
  if (parts.length > 1 || known === undefined) return parts;
  const byComma = clean(whole.split(','));
  return byComma.length > 1 && byComma.every(known) ? byComma : parts;
}

const clean = (parts: readonly string[]) => [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
