import { risks } from '@aimwell/contract/risks/risks';
import { Modal } from '@mantine/core';
import { useCommandSending } from '../ui/form/sending.ts';
import type { CommandPanelProps } from '../ui/room.ts';
import { t } from '../ui/words.ts';
import AssessForm from './assess-form.tsx';

/** The rating of a risk in a dialog. */
export default function AssessDialog({ record, onClose, onDone }: CommandPanelProps) {
  const sending = useCommandSending({
    register: risks,
    record,
    command: 'assess',
    onCancel: onClose,
    onDone: (next) => {
      onDone(next);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} size={900} title={t('risks.assess.title')}>
      <p className="sm" style={{ marginBottom: 14 }}>
        <span className="id">{record.identifier}</span> <span className="m">{String(record['statement'])}</span>
      </p>
      <AssessForm record={record} sending={sending} />
    </Modal>
  );
}
