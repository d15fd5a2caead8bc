import { Button, Checkbox, MultiSelect, NumberInput, Select, SegmentedControl, TagsInput, Textarea, TextInput } from '@mantine/core';
import { fieldError } from '../api.ts';
import { choiceLabel, fieldHelp, fieldLabel, hasWords, t } from '../words.ts';
import type { Input } from '../zod-form.ts';

type Values = Readonly<Record<string, unknown>>;
interface Props {
  readonly register: string;
  readonly command: string;
  readonly inputs: readonly Input[];
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  readonly error: unknown;
  /** Where these inputs lie in the body, for the problems of nested ones. */
  readonly path?: string;
}

const labelOf = (register: string, command: string, name: string): string => {
  const own = `registers.${register}.commands.${command}.inputs.${name}`;
  return hasWords(own) ? t(own) : hasWords(`ui.inputs.${name}`) ? t(`ui.inputs.${name}`) : fieldLabel(register, name);
};
const helpOf = (register: string, name: string): string | undefined =>
  hasWords(`ui.inputHelp.${name}`) ? t(`ui.inputHelp.${name}`) : fieldHelp(register, name);

/** A command's inputs as fields, read from its zod declaration; groups and lists nest. */
export const CommandInputs = ({ register, command, inputs, values, onChange, error, path = '' }: Props) => (
  <>
    {inputs.map((input, index) => {
      const { name, shape } = input;
      const at = `${path}${name}`;
      const set = (value: unknown) => onChange({ ...values, [name]: value });
      if (shape.kind === 'group') {
        return (
          <fieldset key={name} className="fs">
            <legend>{labelOf(register, command, name)}</legend>
            <CommandInputs
              register={register}
              command={command}
              inputs={shape.fields}
              values={(values[name] as Values | undefined) ?? {}}
              onChange={set}
              error={error}
              path={`${at}.`}
            />
          </fieldset>
        );
      }
      if (shape.kind === 'list')
        return (
          <ListInput
            key={name}
            label={labelOf(register, command, name)}
            items={(values[name] as Values[] | undefined) ?? []}
            shape={shape}
            onChange={set}
            register={register}
            command={command}
            error={error}
            path={at}
          />
        );
      return (
        <OneInput
          key={name}
          register={register}
          label={labelOf(register, command, name)}
          help={helpOf(register, name)}
          input={input}
          value={values[name]}
          onChange={set}
          error={fieldError(error, at)}
          autoFocus={index === 0 && path === ''}
        />
      );
    })}
  </>
);

interface OneProps {
  readonly register: string;
  readonly label: string;
  readonly help: string | undefined;
  readonly input: Input;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly error: string | undefined;
  readonly autoFocus: boolean;
}

const OneInput = ({ register, label, help, input: { name, shape, required }, value, onChange, error, autoFocus }: OneProps) => {
  const shared = { label, description: help, error, required, ...(autoFocus ? { 'data-autofocus': true } : {}) };
  const text = typeof value === 'string' ? value : '';
  switch (shape.kind) {
    case 'text':
      return shape.long ? (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={shape.max}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...shared} maxLength={shape.max} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
      );
    case 'date':
      return <TextInput {...shared} type="date" max="9999-12-31" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'uuid':
      return <TextInput {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'integer':
      return (
        <NumberInput
          {...shared}
          allowDecimal={false}
          {...(shape.min === undefined ? {} : { min: shape.min })}
          {...(shape.max === undefined ? {} : { max: shape.max })}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(next === '' ? undefined : Number(next))}
        />
      );
    case 'boolean':
      return required ? (
        <div>
          <div className="field-label mantine-InputWrapper-label">{label}</div>
          <SegmentedControl
            aria-label={label}
            data={[
              { value: 'yes', label: t('ui.yes') },
              { value: 'no', label: t('ui.no') },
            ]}
            value={value === true ? 'yes' : value === false ? 'no' : ''}
            onChange={(next) => onChange(next === 'yes')}
          />
        </div>
      ) : (
        <Checkbox {...shared} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          clearable={!required}
          data={shape.choices.map((one) => ({ value: one, label: choiceLabel(register, name, one) }))}
          value={text === '' ? null : text}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          {...shared}
          clearable
          data={shape.choices.map((one) => ({ value: one, label: choiceLabel(register, name, one) }))}
          value={[...((value as string[] | undefined) ?? [])]}
          onChange={onChange}
        />
      );
    case 'texts':
      return <TagsInput {...shared} value={[...((value as string[] | undefined) ?? [])]} onChange={onChange} />;
    case 'group':
    case 'list':
      return null;
  }
};

interface ListProps {
  readonly label: string;
  readonly items: readonly Values[];
  readonly shape: Extract<Input['shape'], { kind: 'list' }>;
  readonly onChange: (items: readonly Values[]) => void;
  readonly register: string;
  readonly command: string;
  readonly error: unknown;
  readonly path: string;
}

const ListInput = ({ label, items, shape, onChange, register, command, error, path }: ListProps) => (
  <fieldset className="fs">
    <legend>{label}</legend>
    {items.map((item, index) => (
      <div key={index} className="card" style={{ padding: 12, display: 'grid', gap: 10 }}>
        <CommandInputs
          register={register}
          command={command}
          inputs={shape.fields}
          values={item}
          onChange={(next) => onChange(items.map((one, at) => (at === index ? next : one)))}
          error={error}
          path={`${path}.${index}.`}
        />
        {items.length > shape.min ? (
          <div>
            <Button size="xs" variant="subtle" onClick={() => onChange(items.filter((_, at) => at !== index))}>
              {t('ui.removeNth', { n: index + 1 })}
            </Button>
          </div>
        ) : null}
      </div>
    ))}
    {items.length < shape.max ? (
      <div>
        <Button size="xs" onClick={() => onChange([...items, {}])}>
          {t('ui.addOne')}
        </Button>
      </div>
    ) : null}
  </fieldset>
);
