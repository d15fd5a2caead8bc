import { Button, Textarea } from '@mantine/core';
import { type ReactNode, Suspense, useState } from 'react';
import { CommandForm } from '../ui/form/command-form.tsx';
import { sameValue, toWrite } from '../ui/form/field-input.tsx';
import { isWritten } from '../ui/form/record-fields.tsx';
import type { Sending } from '../ui/form/sending.ts';
import { Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useRecord } from '../ui/record.ts';
import { useCommandForm } from '../ui/rooms-context.tsx';
import { Shape } from '../ui/shapes.tsx';
import { fieldLabel, humanise, t } from '../ui/words.ts';
import type { TaskInFull } from './calls.ts';
import { useCompletion } from './completion.ts';
import type { TaskForm } from './form-of.ts';
import { questionWords } from './step-words.ts';
import { startOf, TaskInputs, type Values } from './task-inputs.tsx';

interface Props {
  readonly task: TaskInFull;
  readonly form: TaskForm;
  /** The record the form is about; null where it is about none. */
  readonly about: string | null;
  readonly onDone: () => void;
}

/** The form of a task with everything that completes it. A record that it is about is loaded first. */
export const FillForm = (props: Props) => {
  const { form, about } = props;
  const register = form.kind === 'command' || form.kind === 'patch' ? form.register.name : '';
  const record = useRecord(register, about ?? undefined);
  if (about === null) return <Filled {...props} record={undefined} />;
  if (record.data === undefined)
    return record.isError ? <ProblemView error={record.error} onRetry={() => void record.refetch()} /> : <Waiting lines={4} />;
  return <Filled {...props} record={record.data} />;
};

const Filled = ({ task, form, about, onDone, record }: Props & { record: RecordView | undefined }) => {
  const [comment, setComment] = useState('');
  const completion = useCompletion(task, onDone);
  const send: Sending['send'] = ({ password, ...filled }) =>
    completion.send({
      ...(form.kind === 'tick' || form.kind === 'unknown' ? {} : { form: filled }),
      ...(about === null ? {} : { record: about }),
      ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
      ...(typeof password === 'string' ? { password } : {}),
    });
  const more = (
    <>
      <Textarea
        label={t('processes.comment')}
        autosize
        minRows={2}
        maxLength={10_000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <StillAsks task={task} refused={completion.lacked} />
    </>
  );
  const sending: Sending = { send, pending: completion.pending, error: completion.error, verb: t('processes.complete') };
  if (form.kind === 'command' && record !== undefined)
    return (
      <ByCommand form={form} record={record} sending={sending}>
        {more}
      </ByCommand>
    );
  return (
    <ByFields task={task} form={form} record={record} sending={sending}>
      {more}
    </ByFields>
  );
};

/** Kinds of evidence that the task asks for and does not have; with the way there once it was refused for them. */
const StillAsks = ({ task, refused }: { task: TaskInFull; refused: boolean }) => {
  const missing = task.evidence.filter((kind) => task.attached.every((one) => one.task !== task.id || one.kind !== kind));
  if (missing.length === 0) return null;
  const kinds = missing.map(humanise).join(', ');
  if (refused)
    return (
      <div className="say-box bad" role="alert">
        <Shape kind="diamond" tone="bad" />
        <div className="grow">
          <p className="m">{t('processes.lacks', { kinds })}</p>
          <p className="mut">{t('processes.lacksHelp')}</p>
        </div>
      </div>
    );
  return (
    <p className="sm st t-warn">
      <Shape kind="triangle" tone="warn" />
      {t('processes.stillAsks', { kinds })}
    </p>
  );
};

interface CommandProps {
  readonly form: Extract<TaskForm, { kind: 'command' }>;
  readonly record: RecordView;
  readonly sending: Sending;
  readonly children: ReactNode;
}

/** The same form as in the room, where the room has one. */
const ByCommand = ({ form: { register, command }, record, sending, children }: CommandProps) => {
  const Own = useCommandForm(register.name, command.name);
  if (Own === undefined)
    return (
      <CommandForm register={register} command={command} sending={sending}>
        {children}
      </CommandForm>
    );
  return (
    <Suspense fallback={<Waiting lines={6} />}>
      {/* oxlint-disable-next-line react/static-components -- one lazy component for each loader, kept in rooms-context */}
      <Own record={record} sending={sending}>
        {children}
      </Own>
    </Suspense>
  );
};

/** What a form sends: only what was filled, for a change only what differs from the record. */
const sent = (form: TaskForm, values: Values, record: RecordView | undefined): Values => {
  if (form.kind === 'ask') return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  if (form.kind !== 'create' && form.kind !== 'patch') return {};
  return Object.fromEntries(
    Object.entries(form.register.fields).flatMap(([name, field]) =>
      isWritten(field) && name in values && !sameValue(field, values[name], record?.[name]) ? [[name, toWrite(field, values[name])]] : [],
    ),
  );
};

interface FieldsProps {
  readonly task: TaskInFull;
  readonly form: TaskForm;
  readonly record: RecordView | undefined;
  readonly sending: Sending;
  readonly children: ReactNode;
}

/** Questions, fields of a record, or nothing but a tick. */
const ByFields = ({ task, form, record, sending, children }: FieldsProps) => {
  const [values, setValues] = useState<Values>(() => startOf(form, task.record));
  const label = (field: string) => {
    if (form.kind === 'create' || form.kind === 'patch') return fieldLabel(form.register.name, field);
    const question = form.kind === 'ask' ? form.questions.find(({ name }) => name === field) : undefined;
    return question === undefined ? humanise(field) : questionWords(question);
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sending.send(sent(form, values, record));
      }}
    >
      <TaskInputs
        form={form}
        values={{ ...record, ...values }}
        onChange={(name, value) => setValues({ ...values, [name]: value })}
        error={sending.error}
      />
      {children}
      <ProblemView error={sending.error} label={label} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button type="submit" variant="filled" loading={sending.pending}>
          {sending.verb}
        </Button>
      </div>
    </form>
  );
};
