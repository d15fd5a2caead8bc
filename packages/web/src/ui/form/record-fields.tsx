import type { Field } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import { fieldError } from '../api.ts';
import { groupLabel } from '../words.ts';
import { FieldInput } from './field-input.tsx';

/** The fields people fill, in the order of the declaration, under the headings of their groups. */
export const fieldGroups = (
  register: Register,
  keep: (field: Field, name: string) => boolean,
): readonly { readonly group: string; readonly fields: readonly (readonly [string, Field])[] }[] => {
  const groups = new Map<string, [string, Field][]>();
  for (const [name, field] of Object.entries(register.fields)) {
    if (!keep(field, name)) continue;
    const group = field.group ?? '';
    groups.set(group, [...(groups.get(group) ?? []), [name, field]]);
  }
  return [...groups].map(([group, fields]) => ({ group, fields }));
};

/** Whether people write this field; moments, results and what commands set are not theirs to write. */
export const isWritten = (field: Field): boolean => field.managed === undefined && field.kind !== 'moment' && field.kind !== 'result';

interface Props {
  readonly register: Register;
  readonly keep: (field: Field, name: string) => boolean;
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (name: string, value: unknown) => void;
  readonly error: unknown;
  /** The first field takes the focus. */
  readonly autoFocus?: boolean;
}

/** Fields of a record as inputs, each with its refusal, under the headings of their groups. */
export const RecordFields = ({ register, keep, values, onChange, error, autoFocus = false }: Props) => {
  const groups = fieldGroups(register, keep);
  const first = autoFocus ? groups[0]?.fields[0]?.[0] : undefined;
  return groups.map(({ group, fields }) => {
    const inputs = fields.map(([name, field]) => (
      <FieldInput
        key={name}
        register={register.name}
        name={name}
        field={field}
        value={values[name]}
        onChange={(value) => onChange(name, value)}
        error={fieldError(error, name)}
        autoFocus={name === first}
      />
    ));
    return group === '' ? (
      inputs
    ) : (
      <fieldset key={group}>
        <legend>{groupLabel(register.name, group)}</legend>
        {inputs}
      </fieldset>
    );
  });
};
