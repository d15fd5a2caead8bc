import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { Button, PasswordInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { hasCode } from '../ui/api.ts';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { sameValue, toWrite } from '../ui/form/field-input.tsx';
import { Card, Say, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useRecord } from '../ui/record.ts';
import { Shape } from '../ui/shapes.tsx';
import { commandLabel, humanise, inSentence, registerOne, t } from '../ui/words.ts';
import { inputsOf, written } from '../ui/zod-form.ts';
import { type TaskInFull, useDeed } from './calls.ts';
import { formOf, type TaskForm } from './form-of.ts';
import { TaskInputs, type Values, writableFields } from './task-inputs.tsx';

/** The record a form is about: the one of the run where its register is the same, else one that is chosen. */
const aboutRecord = (form: TaskForm): form is Extract<TaskForm, { kind: 'command' | 'create' | 'patch' }> =>
  form.kind === 'command' || form.kind === 'patch';

/** What a form sends: only what was filled, for a change only what differs from the record. */
const sent = (form: TaskForm, values: Values, record: RecordView | undefined): Values | undefined => {
  switch (form.kind) {
    case 'tick':
    case 'unknown':
      return undefined;
    case 'ask':
      return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    case 'command':
      return written(inputsOf(form.command.input), values);
    case 'create':
    case 'patch':
      return Object.fromEntries(
        writableFields(form.register).flatMap(([name, field]) =>
          name in values && !sameValue(field, values[name], record?.[name]) ? [[name, toWrite(field, values[name])]] : [],
        ),
      );
  }
};

const initial = (form: TaskForm): Values => {
  if (form.kind === 'command')
    return Object.fromEntries(
      inputsOf(form.command.input).flatMap((input) =>
        input.initial !== undefined
          ? [[input.name, input.initial]]
          : input.shape.kind === 'list'
            ? [[input.name, Array.from({ length: input.shape.min }, () => ({}))]]
            : [],
      ),
    );
  if (form.kind !== 'create') return {};
  return Object.fromEntries(
    writableFields(form.register).flatMap(([name, field]) =>
      'initial' in field && field.initial !== undefined ? [[name, field.initial]] : [],
    ),
  );
};

/** What the task asks, and the button that does it: the form is carried out with it, or neither is. */
export const CompleteCard = ({ task }: { task: TaskInFull }) => {
  const form = formOf(task.form);
  const ofRun = aboutRecord(form) && task.record?.register === form.register.name ? task.record : null;
  const [chosen, setChosen] = useState<ReferenceView | null>(null);
  const about = ofRun ?? chosen;
  return (
    <Card title={t('processes.whatToDo')}>
      <div className="stack">
        <FormWords form={form} />
        {aboutRecord(form) && ofRun === null ? (
          <ReferencePicker
            to={form.register.name}
            label={registerOne(form.register.name)}
            description={t('processes.whichRecord')}
            required
            value={chosen}
            onChange={setChosen}
          />
        ) : null}
        {aboutRecord(form) && about === null ? null : (
          <Fill key={about?.id ?? ''} task={task} form={form} about={aboutRecord(form) ? (about?.id ?? null) : null} />
        )}
      </div>
    </Card>
  );
};

const FormWords = ({ form }: { form: TaskForm }) => {
  if (form.kind === 'tick') return <p className="mut">{t('processes.tick')}</p>;
  if (form.kind === 'ask') return <p className="mut">{t('processes.ask')}</p>;
  if (form.kind === 'unknown') return <Say tone="warn">{t('processes.unknownForm')}</Say>;
  const deed = form.kind === 'command' ? commandLabel(form.register.name, form.command.name) : t(`processes.deeds.${form.kind}`);
  return <p className="mut">{t('processes.formDoes', { deed, what: inSentence(registerOne(form.register.name)) })}</p>;
};

/** Where the form changes a record its present values are loaded first. */
const Fill = ({ task, form, about }: { task: TaskInFull; form: TaskForm; about: string | null }) => {
  const changes = form.kind === 'patch' ? form.register.name : null;
  const record = useRecord(changes ?? '', changes === null ? undefined : (about ?? undefined));
  if (changes !== null && record.data === undefined)
    return record.isError ? <ProblemView error={record.error} onRetry={() => void record.refetch()} /> : <Waiting lines={4} />;
  return <FillForm task={task} form={form} about={about} record={record.data} />;
};

interface FillProps {
  readonly task: TaskInFull;
  readonly form: TaskForm;
  readonly about: string | null;
  readonly record: RecordView | undefined;
}
const FillForm = ({ task, form, about, record }: FillProps) => {
  const [values, setValues] = useState<Values>(() => initial(form));
  const [comment, setComment] = useState('');
  const [password, setPassword] = useState('');
  const complete = useDeed('process-tasks', task.id, 'complete');
  const signed = form.kind === 'command' && form.command.signature === true;
  const wrong = hasCode(complete.error, 'PASSWORD_REQUIRED');
  const given = sent(form, values, record);
  const missing = task.evidence.filter((kind) => task.attached.every((one) => one.task !== task.id || one.kind !== kind));
  const send = () =>
    complete.mutate({
      version: task.version,
      body: {
        ...(given === undefined ? {} : { form: given }),
        ...(about === null ? {} : { record: about }),
        ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
        ...(signed && password !== '' ? { password } : {}),
      },
    });
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TaskInputs
        form={form}
        values={record === undefined ? values : { ...record, ...values }}
        onChange={setValues}
        error={complete.error}
      />
      <Textarea
        label={t('processes.comment')}
        autosize
        minRows={2}
        maxLength={10_000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {signed ? (
        <PasswordInput
          label={t('ui.password')}
          description={t('ui.signHelp')}
          required
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong ? t('ui.errors.password') : undefined}
        />
      ) : null}
      {missing.length === 0 ? null : (
        <p className="sm st t-warn">
          <Shape kind="triangle" tone="warn" />
          {t('processes.stillAsks', { kinds: missing.map(humanise).join(', ') })}
        </p>
      )}
      {wrong ? null : <ProblemView error={complete.error} label={(field) => humanise(field.replace(/^form\./u, ''))} />}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button type="submit" variant="filled" loading={complete.isPending}>
          {t('processes.complete')}
        </Button>
      </div>
    </form>
  );
};
