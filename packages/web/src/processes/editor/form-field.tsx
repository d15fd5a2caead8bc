import { type AskKind, isAsk } from '@aimwell/core/processes/ask';
import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { t } from '../../ui/words.ts';
import { formChoices } from '../form-choices.ts';
import { ChoiceField } from './fields.tsx';

const kinds: readonly AskKind[] = ['boolean', 'integer', 'number', 'text', 'date'];

interface Line {
  readonly name: string;
  readonly kind: string;
}
const linesOf = (form: string): readonly Line[] =>
  form
    .slice('ask:'.length)
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', kind = 'boolean'] = part.trim().split(':');
      return { name, kind };
    });
const formOfLines = (lines: readonly Line[]): string => `ask:${lines.map(({ name, kind }) => `${name}:${kind}`).join(',')}`;

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
        onChange={(next) => onChange(next === 'ask:' ? formOfLines([{ name: 'ready', kind: 'boolean' }]) : next)}
      />
      {asks ? <Questions lines={linesOf(value)} onChange={(lines) => onChange(lines.length === 0 ? '' : formOfLines(lines))} /> : null}
    </>
  );
};

const Questions = ({ lines, onChange }: { lines: readonly Line[]; onChange: (lines: readonly Line[]) => void }) => {
  const change = (at: number, line: Partial<Line>) => onChange(lines.map((one, index) => (index === at ? { ...one, ...line } : one)));
  return (
    <fieldset className="pr-questions">
      <legend>{t('drawing.questionsHelp')}</legend>
      {lines.map((line, at) => (
        <div key={at} className="row">
          <TextInput
            aria-label={t('drawing.questionName', { number: at + 1 })}
            className="grow"
            value={line.name}
            onChange={(event) => change(at, { name: event.currentTarget.value.replaceAll(/[^a-zA-Z0-9]/gu, '') })}
          />
          <Select
            aria-label={t('drawing.questionKind', { number: at + 1 })}
            allowDeselect={false}
            data={kinds.map((kind) => ({ value: kind, label: t(`drawing.askKinds.${kind}`) }))}
            value={line.kind}
            onChange={(kind) => kind !== null && change(at, { kind })}
          />
          <CloseButton
            aria-label={t('drawing.removeQuestion', { number: at + 1 })}
            onClick={() => onChange(lines.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button size="xs" onClick={() => onChange([...lines, { name: `answer${lines.length + 1}`, kind: 'text' }])}>
        {t('drawing.addQuestion')}
      </Button>
    </fieldset>
  );
};
