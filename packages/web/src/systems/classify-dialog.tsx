import { systems } from '@aimwell/contract/systems/systems';
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { ClassificationForm } from '../ui/classification/classification-form.tsx';
import { proposalOf } from '../ui/classification/law.ts';
import { useCommandSending } from '../ui/form/sending.ts';
import type { RecordView } from '../ui/record.ts';
import type { CommandPanelProps } from '../ui/room.ts';
import { t } from '../ui/words.ts';
import ConfirmForm from './confirm-form.tsx';

/** The eight questions, then what came of them for a named person to confirm, in one dialog. */
export default function ClassifyDialog({ record, onClose, onDone }: CommandPanelProps) {
  const [answered, setAnswered] = useState<RecordView>();
  const confirming = useCommandSending({ register: systems, record: answered ?? record, command: 'confirmClass', onDone });
  return (
    <Modal opened onClose={onClose} size={1080} title={t('systems.law.dialog', { what: String(record['name']) })}>
      {answered === undefined || proposalOf(answered) === null ? (
        <ClassificationForm record={answered ?? record} onDone={setAnswered} onCancel={onClose} />
      ) : (
        <ConfirmForm record={answered} sending={confirming} onAnswer={() => setAnswered(undefined)} />
      )}
    </Modal>
  );
}
