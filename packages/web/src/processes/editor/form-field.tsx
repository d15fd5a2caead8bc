import { askKinds, isAsk, type Question, readAsk, writeAsk } from '@aimwell/core/processes/ask';
import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { t } from '../../ui/words.ts';
import { formChoices } from '../form-choices.ts';
import { ChoiceField, TextField } from './fields.tsx';

/** A line may be on its way to a question: its name is whatever was typed so far. */
const linesOf = (form: string): readonly Question[] =>
  form
    .slice('ask:'.length)
    .split(',')
    .filter((part) => part !== '')
    .map((part): Question => {
      const [name = '', kind = '', ...said] = part.trim().split(':');
      const [read] = readAsk(`ask:name:text:${said.join(':')}`) ?? [];
      return { name, kind: askKinds.find((one) => one === kind) ?? 'boolean', text: read?.text ?? null };
    });

interface Props {
  readonly value: string;
  readonly onChange: (form: string) => void;
}

/** What is done when the task is completed: an action of a register, questions of the map's own, or a tick alone. */
export const FormField = ({ value, onChange }: Props) => {
  const asks = isAsk(value);
  return (
    <>
      <ChoiceField
        label={t('processes.columns.form')}
        description={t('drawing.formHelp')}
        placeholder={t('drawing.formNone')}
        choices={[{ value: 'ask:', label: t('drawing.asks') }, ...formChoices()]}
        value={asks ? 'ask:' : value}
        onChange={(next) => onChange(next === 'ask:' ? writeAsk([{ name: 'ready', kind: 'boolean', text: null }]) : next)}
      />
      {asks ? <Questions lines={linesOf(value)} onChange={(lines) => onChange(lines.length === 0 ? '' : writeAsk(lines))} /> : null}
    </>
  );
};

const Questions = ({ lines, onChange }: { lines: readonly Question[]; onChange: (lines: readonly Question[]) => void }) => {
  const change = (at: number, line: Partial<Question>) => onChange(lines.map((one, index) => (index === at ? { ...one, ...line } : one)));
  return (
    <fieldset className="pr-questions">
      <legend>{t('drawing.questionsHelp')}</legend>
      {lines.map((line, at) => (
        <div key={at} className="stack pr-question">
          <TextField
            label={t('drawing.questionText', { number: at + 1 })}
            value={line.text ?? ''}
            onCommit={(text) => change(at, { text: text.trim() === '' ? null : text.trim().slice(0, 300) })}
          />
          <div className="row">
            <TextInput
              aria-label={t('drawing.questionName', { number: at + 1 })}
              className="grow"
              value={line.name}
              onChange={(event) => change(at, { name: event.currentTarget.value.replaceAll(/[^a-zA-Z0-9]/gu, '') })}
            />
            <Select
              aria-label={t('drawing.questionKind', { number: at + 1 })}
              allowDeselect={false}
              data={askKinds.map((kind) => ({ value: kind, label: t(`drawing.askKinds.${kind}`) }))}
              value={line.kind}
              onChange={(kind) => change(at, { kind: askKinds.find((one) => one === kind) ?? line.kind })}
            />
            <CloseButton
              aria-label={t('drawing.removeQuestion', { number: at + 1 })}
              onClick={() => onChange(lines.filter((_, index) => index !== at))}
            />
          </div>
        </div>
      ))}
      <Button size="xs" onClick={() => onChange([...lines, { name: `answer${lines.length + 1}`, kind: 'text', text: null }])}>
        {t('drawing.addQuestion')}
      </Button>
    </fieldset>
  );
};
