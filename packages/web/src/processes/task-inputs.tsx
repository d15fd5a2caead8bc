import type { Register } from '@aimwell/contract/platform/register';
import type { Question } from '@aimwell/core/processes/ask';
import { NumberInput, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { fieldError } from '../ui/api.ts';
import { CommandInputs } from '../ui/form/command-inputs.tsx';
import { FieldInput } from '../ui/form/field-input.tsx';
import { fieldGroups } from '../ui/form/record-form.tsx';
import { humanise, t } from '../ui/words.ts';
import { inputsOf } from '../ui/zod-form.ts';
import type { TaskForm } from './form-of.ts';

export type Values = Readonly<Record<string, unknown>>;
interface Props {
  readonly form: TaskForm;
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  readonly error: unknown;
}

/** The fields of a task's form: questions of the map, a register's fields, or the inputs of a command. */
export const TaskInputs = ({ form, values, onChange, error }: Props) => {
  const set = (name: string, value: unknown) => onChange({ ...values, [name]: value });
  switch (form.kind) {
    case 'ask':
      return form.questions.map((question) => (
        <Answer
          key={question.name}
          question={question}
          value={values[question.name]}
          onChange={(value) => set(question.name, value)}
          error={fieldError(error, `form.${question.name}`)}
        />
      ));
    case 'create':
    case 'patch':
      return writableFields(form.register).map(([name, field]) => (
        <FieldInput
          key={name}
          register={form.register.name}
          name={name}
          field={field}
          value={values[name]}
          onChange={(value) => set(name, value)}
          error={fieldError(error, `form.${name}`) ?? fieldError(error, name)}
        />
      ));
    case 'command':
      return (
        <CommandInputs
          register={form.register.name}
          command={form.command.name}
          inputs={inputsOf(form.command.input)}
          values={values}
          onChange={onChange}
          error={error}
        />
      );
    default:
      return null;
  }
};

/** Fields of a register that people write, in their order. */
export const writableFields = (register: Register) =>
  fieldGroups(register, (field) => field.managed === undefined && field.kind !== 'moment' && field.kind !== 'result').flatMap(
    ({ fields }) => fields,
  );

interface AnswerProps {
  readonly question: Question;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly error: string | undefined;
}
const Answer = ({ question: { name, kind }, value, onChange, error }: AnswerProps) => {
  const label = humanise(name);
  const shared = { label, error, required: true };
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'boolean':
      return (
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
          {error === undefined ? null : <p className="xs t-bad">{error}</p>}
        </div>
      );
    case 'integer':
    case 'number':
      return (
        <NumberInput
          {...shared}
          allowDecimal={kind === 'number'}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(next === '' ? undefined : Number(next))}
        />
      );
    case 'date':
      return <TextInput {...shared} type="date" max="9999-12-31" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'text':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxLength={2000}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
};
