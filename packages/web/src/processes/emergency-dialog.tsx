import type { Command, Register } from '@aimwell/contract/platform/register';
import { Button, Modal, PasswordInput, Select, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { hasCode } from '../ui/api.ts';
import { CommandInputs } from '../ui/form/command-inputs.tsx';
import { Go } from '../ui/link.tsx';
import { Say, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useSomeRecords } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { commandLabel, t } from '../ui/words.ts';
import { inputsOf, written } from '../ui/zod-form.ts';
import { useDeed } from './calls.ts';

interface Props {
  readonly register: Register;
  readonly record: RecordView;
  readonly command: Command;
  /** Values of the command's inputs that were written already. */
  readonly start: Readonly<Record<string, unknown>>;
  /** Name of the process that is set aside. */
  readonly process: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const holdsOn = (today: string) => (row: RecordView) =>
  String(row['fromDate']) <= today && (typeof row['untilDate'] !== 'string' || row['untilDate'] >= today);

/** Carries out a bound command outside its process, on a recorded authority of one's own, with a reason. It opens a deviation. */
export const EmergencyDialog = (props: Props) => {
  const here = useHere();
  const found = useSomeRecords('authorities', { holder: here.personId ?? '' }, 50, here.personId !== null);
  const mine = found.data?.items.filter(holdsOn(here.today()));
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('gates.emergencyTitle', { command: commandLabel(props.register.name, props.command.name) })}
    >
      <ProblemView error={found.error} onRetry={() => void found.refetch()} />
      {mine === undefined ? (
        <Waiting lines={3} />
      ) : mine.length === 0 ? (
        <Say tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
          <p>{t('gates.noneHeld')}</p>
          <Go className="link" to={here.to('authorities')}>
            {t('gates.whoHolds')}
          </Go>
        </Say>
      ) : (
        <Form {...props} authorities={mine} />
      )}
    </Modal>
  );
};

const Form = ({
  register,
  record,
  command,
  start,
  process,
  onClose,
  onDone,
  authorities,
}: Props & { authorities: readonly RecordView[] }) => {
  const inputs = useMemo(
    () => inputsOf(command.input).filter(({ name }) => name !== 'lateReason' || start['lateReason'] !== undefined),
    [command, start],
  );
  const [values, setValues] = useState(start);
  const [authority, setAuthority] = useState<string | null>(authorities[0]?.id ?? null);
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const run = useDeed('processes', 'emergency');
  const wrong = hasCode(run.error, 'PASSWORD_REQUIRED');
  const ready = authority !== null && reason.trim().length >= 3;
  const send = () =>
    run.mutate(
      {
        body: {
          register: register.name,
          record: record.id,
          command: command.name,
          input: written(inputs, values),
          reason: reason.trim(),
          authority,
          ...(password === '' ? {} : { password }),
        },
      },
      {
        onSuccess: () => {
          onClose();
          onDone();
        },
      },
    );
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // It lies over the dialog that was refused, and what is sent here must not send that one again.
        event.stopPropagation();
        if (ready) send();
      }}
    >
      <p className="sm mut">{t('gates.emergencyHelp', { process })}</p>
      <Select
        label={t('gates.authority')}
        required
        allowDeselect={false}
        data={authorities.map((one) => ({ value: one.id, label: `${one.identifier} ${String(one['title'])}` }))}
        value={authority}
        onChange={setAuthority}
      />
      <Textarea
        label={t('gates.why')}
        description={t('gates.whyHelp')}
        required
        autosize
        minRows={3}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <CommandInputs
        register={register.name}
        command={command.name}
        inputs={inputs}
        values={values}
        onChange={setValues}
        error={run.error}
        path="form."
      />
      {command.signature === true ? (
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
      {wrong ? null : <ProblemView error={run.error} />}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="subtle" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" variant="filled" color="var(--bad)" loading={run.isPending} aria-disabled={!ready}>
          {t('gates.doItNow')}
        </Button>
      </div>
    </form>
  );
};
