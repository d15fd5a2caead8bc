import type { Command, Register } from '@aimwell/contract/platform/register';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { type RecordView, titleOf } from '../record.ts';
import { RefusalHelp } from '../rooms-context.tsx';
import { commandHelp, commandLabel } from '../words.ts';
import { inputsOf } from '../zod-form.ts';
import { CommandForm } from './command-form.tsx';
import { useCommandSending } from './sending.ts';

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
  const sending = useCommandSending({
    register,
    record,
    command: command.name,
    onCancel: onClose,
    onDone: (next) => {
      onDone?.(next);
      onClose();
    },
  });
  const help = commandHelp(register.name, command.name);
  return (
    <Modal
      opened
      onClose={onClose}
      title={commandLabel(register.name, command.name)}
      size={inputsOf(command.input).some(({ shape }) => shape.kind === 'group' || shape.kind === 'list') ? 'xl' : 'md'}
    >
      <CommandForm
        register={register}
        command={command}
        sending={sending}
        start={start}
        renderHelp={(values) => (
          <RefusalHelp error={sending.error} register={register} record={record} command={command} values={values} onClose={onClose} />
        )}
        above={
          <>
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
          </>
        }
      />
    </Modal>
  );
};
