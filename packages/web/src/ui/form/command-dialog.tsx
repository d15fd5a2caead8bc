import type { Command, Register } from '@aimwell/contract/platform/register';
import { Button, Modal, PasswordInput } from '@mantine/core';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { fieldError, hasCode } from '../api.ts';
import { todayIn } from '../dates.ts';
import { ProblemView } from '../problem.tsx';
import { type RecordView, titleOf, useWrite } from '../record.ts';
import { RefusalHelp } from '../rooms-context.tsx';
import { useHere } from '../session.tsx';
import { commandHelp, commandLabel, fieldLabel, t } from '../words.ts';
import { inputsOf, written } from '../zod-form.ts';
import { CommandInputs } from './command-inputs.tsx';

interface Props {
  readonly register: Register;
  readonly record: RecordView;
  readonly command: Command;
  readonly onClose: () => void;
  readonly onDone?: (record: RecordView) => void;
  /** What is signed or decided, above the inputs. */
  readonly children?: ReactNode;
  /** Values the form starts with. */
  readonly start?: Readonly<Record<string, unknown>>;
}

/** A command of a record: its inputs from the declaration, the password where it is a signature, every refusal with its remedy. */
export const CommandDialog = ({ register, record, command, onClose, onDone, children, start }: Props) => {
  const here = useHere();
  const key = useRef(crypto.randomUUID());
  const inputs = useMemo(() => inputsOf(command.input), [command]);
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>(() => ({
    ...Object.fromEntries(
      inputs.flatMap(({ name, initial, shape }) =>
        initial !== undefined
          ? [[name, initial]]
          : name === 'happenedOn'
            ? [[name, todayIn(here.timeZone)]]
            : shape.kind === 'list'
              ? [[name, Array.from({ length: shape.min }, () => ({}))]]
              : [],
      ),
    ),
    ...start,
  }));
  const [password, setPassword] = useState('');
  const write = useWrite(register.name);
  const wrong = hasCode(write.error, 'PASSWORD_REQUIRED');
  // A reason for being late is asked only when the entered day lies more than a week back.
  const late = typeof values['happenedOn'] === 'string' && values['happenedOn'] < weekBefore(todayIn(here.timeZone));
  const shown = inputs.filter(({ name }) => name !== 'lateReason' || late || fieldError(write.error, 'lateReason') !== undefined);
  const submit = () => {
    const input = { ...written(shown, values), ...(command.signature === true && password !== '' ? { password } : {}) };
    write.mutate(
      { kind: 'command', id: record.id, version: record.version, command: command.name, input, key: key.current },
      {
        onSuccess: (next) => {
          onDone?.(next);
          onClose();
        },
        onError: () => {
          key.current = crypto.randomUUID();
        },
      },
    );
  };
  const label = commandLabel(register.name, command.name);
  const help = commandHelp(register.name, command.name);
  return (
    <Modal
      opened
      onClose={onClose}
      title={label}
      size={inputs.some(({ shape }) => shape.kind === 'group' || shape.kind === 'list') ? 'xl' : 'md'}
    >
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="sm">
          <span className="id">{record.identifier}</span> <span className="m">{titleOf(register, record)}</span>
          {help === undefined ? null : (
            <span className="mut">
              <br />
              {help}
            </span>
          )}
        </p>
        {children}
        <CommandInputs
          register={register.name}
          command={command.name}
          inputs={shown}
          values={values}
          onChange={setValues}
          error={write.error}
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
        {wrong ? null : <ProblemView error={write.error} label={(field) => fieldLabel(register.name, field)} />}
        <RefusalHelp error={write.error} register={register} record={record} command={command} values={values} onClose={onClose} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={write.isPending}>
            {label}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

const weekBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 7 * 86_400_000).toISOString().slice(0, 10);
