import type { Register } from '@aimwell/contract/platform/register';
import { useRef } from 'react';
import { type RecordView, useWrite } from '../record.ts';

/** How the form of a command hands over what was filled: on the record itself, or as the completion of a task of a process. */
export interface Sending {
  /** The inputs of the command; a signature's password among them. */
  readonly send: (input: Readonly<Record<string, unknown>>) => void;
  readonly pending: boolean;
  readonly error: unknown;
  /** The word on the button, in place of the form's own. */
  readonly verb?: string;
  readonly onCancel?: (() => void) | undefined;
}

interface Given {
  readonly register: Pick<Register, 'name'>;
  readonly record: RecordView;
  readonly command: string;
  readonly onDone?: ((record: RecordView) => void) | undefined;
  readonly onCancel?: (() => void) | undefined;
}

/** Carries a command out on its record. */
export const useCommandSending = ({ register, record, command, onDone, onCancel }: Given): Sending => {
  const key = useRef(crypto.randomUUID());
  const write = useWrite(register.name);
  const send: Sending['send'] = (input) =>
    write.mutate(
      { kind: 'command', id: record.id, version: record.version, command, input, key: key.current },
      {
        onSuccess: (next) => onDone?.(next),
        // A refused attempt and its correction are two deeds, and so is whatever follows on one that was carried out.
        onSettled: () => {
          key.current = crypto.randomUUID();
        },
      },
    );
  return { send, pending: write.isPending, error: write.error, onCancel };
};
