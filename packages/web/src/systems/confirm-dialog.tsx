import { systems } from '@aimwell/contract/systems/systems';
import { Modal } from '@mantine/core';
import { useCommandSending } from '../ui/form/sending.ts';
import type { CommandPanelProps } from '../ui/room.ts';
import { t } from '../ui/words.ts';
import ConfirmForm from './confirm-form.tsx';

/** The proposal with its reasoning in a dialog. */
export default function ConfirmDialog({ record, onClose, onDone }: CommandPanelProps) {
  const sending = useCommandSending({ register: systems, record, command: 'confirmClass', onDone });
  return (
    <Modal opened onClose={onClose} size="xl" title={t('systems.law.dialog', { what: String(record['name']) })}>
      <ConfirmForm record={record} sending={sending} />
    </Modal>
  );
}
