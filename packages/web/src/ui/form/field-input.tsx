import type { Field } from '@aimwell/contract/platform/field';
import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { Checkbox, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { choiceLabel, fieldHelp, fieldLabel, t } from '../words.ts';
import { CodePicker, CodesPicker, ReferencePicker, ReferencesPicker } from './pickers.tsx';

interface Props {
  readonly register: string;
  readonly name: string;
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly error?: string | undefined;
  readonly hideLabel?: boolean;
  readonly autoFocus?: boolean;
}

/** The widget of a field, by its kind. Values are as in a record's answer (references as views); `toWrite` turns them into what is sent. */
export const FieldInput = ({ register, name, field, value, onChange, error, hideLabel = false, autoFocus = false }: Props) => {
  const words = {
    label: fieldLabel(register, name),
    hideLabel,
    description: fieldHelp(register, name),
    required: field.required === true,
    error,
    autoFocus,
  };
  const { label, description } = words;
  const shared = {
    ...(hideLabel ? { 'aria-label': label } : { label }),
    description,
    error,
    required: field.required === true,
    ...(autoFocus ? { 'data-autofocus': true, autoFocus: true } : {}),
  };
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'text':
      return <TextInput {...shared} maxLength={field.max} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'longText':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxRows={16}
          maxLength={field.max}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'integer':
      return (
        <NumberInput
          {...shared}
          min={field.min}
          max={field.max}
          allowDecimal={false}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      );
    case 'boolean':
      return <YesNo {...shared} value={value} onChange={onChange} />;
    case 'date':
      return (
        <TextInput
          {...shared}
          type="date"
          max="9999-12-31"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          clearable={field.required !== true}
          data={field.choices.map((one) => ({ value: one, label: choiceLabel(register, name, one) }))}
          value={text === '' ? null : text}
          onChange={onChange}
          searchable={field.choices.length > 8}
          maxDropdownHeight={280}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          {...shared}
          clearable
          data={field.choices.map((one) => ({ value: one, label: choiceLabel(register, name, one) }))}
          value={[...((value as string[] | undefined) ?? [])]}
          onChange={onChange}
        />
      );
    case 'reference':
      return <ReferencePicker {...words} to={field.to} value={(value as ReferenceView | null | undefined) ?? null} onChange={onChange} />;
    case 'references':
      return <ReferencesPicker {...words} to={field.to} value={(value as ReferenceView[] | undefined) ?? []} onChange={onChange} />;
    case 'code':
      return <CodePicker {...words} catalog={field.catalog} value={text === '' ? null : text} onChange={onChange} />;
    case 'codes':
      return <CodesPicker {...words} catalog={field.catalog} value={(value as string[] | undefined) ?? []} onChange={onChange} />;
    case 'moment':
    case 'result':
      return null;
  }
};

/** Yes, no, or not said: a tick box cannot say the third. */
const YesNo = ({
  value,
  onChange,
  required,
  ...rest
}: {
  value: unknown;
  onChange: (value: unknown) => void;
  required: boolean;
  label?: string;
  description?: string | undefined;
  error?: string | undefined;
}) =>
  required ? (
    <Checkbox {...rest} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
  ) : (
    <Select
      {...rest}
      clearable
      data={[
        { value: 'yes', label: t('ui.yes') },
        { value: 'no', label: t('ui.no') },
      ]}
      value={value === true ? 'yes' : value === false ? 'no' : null}
      onChange={(next) => onChange(next === null ? null : next === 'yes')}
    />
  );

/** A widget's value as the API takes it: references as ids, empty texts as null. */
export const toWrite = (field: Field, value: unknown): unknown => {
  switch (field.kind) {
    case 'reference':
      return (value as ReferenceView | null | undefined)?.id ?? null;
    case 'references':
      return ((value as ReferenceView[] | null | undefined) ?? []).map(({ id }) => id);
    case 'choices':
    case 'codes':
      return value ?? [];
    case 'text':
    case 'longText':
      return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
    default:
      return value === '' || value === undefined ? null : value;
  }
};

/** Whether two values of a field are written the same way. */
export const sameValue = (field: Field, one: unknown, other: unknown): boolean =>
  JSON.stringify(toWrite(field, one)) === JSON.stringify(toWrite(field, other));
