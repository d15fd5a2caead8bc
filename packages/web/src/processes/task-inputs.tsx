import type { Question } from '@aimwell/core/processes/ask';
import { NumberInput, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { fieldError } from '../ui/api.ts';
import { isWritten, RecordFields } from '../ui/form/record-fields.tsx';
import { t } from '../ui/words.ts';
import type { TaskInFull } from './calls.ts';
import type { TaskForm } from './form-of.ts';
import { questionWords } from './step-words.ts';

export type Values = Readonly<Record<string, unknown>>;
interface Props {
  readonly form: TaskForm;
  readonly values: Values;
  readonly onChange: (name: string, value: unknown) => void;
  readonly error: unknown;
}

/** The fields of a task's form: questions of the map, or a register's fields. */
export const TaskInputs = ({ form, values, onChange, error }: Props) => {
  switch (form.kind) {
    case 'ask':
      return form.questions.map((question) => (
        <Answer
          key={question.name}
          question={question}
          value={values[question.name]}
          onChange={(value) => onChange(question.name, value)}
          error={fieldError(error, question.name)}
        />
      ));
    case 'create':
    case 'patch':
      return <RecordFields register={form.register} keep={isWritten} values={values} onChange={onChange} error={error} />;
    default:
      return null;
  }
};

/** What a form starts with: a new record has its initial values, and belongs to the record of the run where it has one field for it. */
export const startOf = (form: TaskForm, record: TaskInFull['record']): Values => {
  if (form.kind !== 'create') return {};
  const fields = Object.entries(form.register.fields).filter(([, field]) => isWritten(field));
  const [parent, ...others] = fields.filter(([, field]) => field.kind === 'reference' && field.to === record?.register);
  return {
    ...Object.fromEntries(
      fields.flatMap(([name, field]) => ('initial' in field && field.initial !== undefined ? [[name, field.initial]] : [])),
    ),
    ...(parent === undefined || others.length > 0 ? {} : { [parent[0]]: record }),
  };
};

interface AnswerProps {
  readonly question: Question;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly error: string | undefined;
}
const Answer = ({ question, value, onChange, error }: AnswerProps) => {
  const label = questionWords(question);
  const shared = { label, error, required: true };
  const text = typeof value === 'string' ? value : '';
  switch (question.kind) {
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
          allowDecimal={question.kind === 'number'}
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
