import type { Command, Register } from '@aimwell/contract/platform/register';
import { Button, PasswordInput } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { fieldError, hasCode } from '../api.ts';
import { todayIn } from '../dates.ts';
import { ProblemView } from '../problem.tsx';
import { useHere } from '../session.tsx';
import { commandLabel, fieldLabel, t } from '../words.ts';
import { type Input, inputsOf, written } from '../zod-form.ts';
import { CommandInputs } from './command-inputs.tsx';
import type { Sending } from './sending.ts';

interface Props {
  readonly register: Register;
  readonly command: Command;
  readonly sending: Sending;
  /** What is signed or decided, above the inputs. */
  readonly above?: ReactNode;
  /** What else is said, before the buttons. */
  readonly children?: ReactNode;
  /** The way on where it was refused, by what was filled. */
  readonly renderHelp?: (values: Readonly<Record<string, unknown>>) => ReactNode;
  /** Values the form starts with. */
  readonly start?: Readonly<Record<string, unknown>> | undefined;
}

const initialOf = (inputs: readonly Input[], today: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    inputs.flatMap(({ name, initial, shape }) =>
      initial !== undefined
        ? [[name, initial]]
        : name === 'happenedOn'
          ? [[name, today]]
          : shape.kind === 'list'
            ? [[name, Array.from({ length: shape.min }, () => ({}))]]
            : [],
    ),
  );

/** The form of a command that has none of its own: its inputs from the declaration, the password where it is a signature. */
export const CommandForm = ({ register, command, sending, above, children, renderHelp, start }: Props) => {
  const today = todayIn(useHere().timeZone);
  const inputs = useMemo(() => inputsOf(command.input), [command]);
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>(() => ({ ...initialOf(inputs, today), ...start }));
  const [password, setPassword] = useState('');
  const { error, onCancel } = sending;
  const wrong = hasCode(error, 'PASSWORD_REQUIRED');
  // A reason for being late is asked only when the entered day lies more than a week back.
  const late = typeof values['happenedOn'] === 'string' && values['happenedOn'] < weekBefore(today);
  const shown = inputs.filter(({ name }) => name !== 'lateReason' || late || fieldError(error, 'lateReason') !== undefined);
  const signed = command.signature === true;
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sending.send({ ...written(shown, values), ...(signed && password !== '' ? { password } : {}) });
      }}
    >
      {above}
      <CommandInputs register={register.name} command={command.name} inputs={shown} values={values} onChange={setValues} error={error} />
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
      {children}
      {wrong ? null : <ProblemView error={error} label={(field) => fieldLabel(register.name, field)} />}
      {renderHelp?.(values)}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        {onCancel === undefined ? null : (
          <Button variant="subtle" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        )}
        <Button type="submit" variant="filled" loading={sending.pending}>
          {sending.verb ?? commandLabel(register.name, command.name)}
        </Button>
      </div>
    </form>
  );
};

const weekBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 7 * 86_400_000).toISOString().slice(0, 10);
