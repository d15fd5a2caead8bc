import { Modal } from '@mantine/core';
import { useState } from 'react';
import { ClassificationForm } from '../ui/classification/classification-form.tsx';
import { ConfirmClass } from '../ui/classification/confirm-class.tsx';
import { useClassificationLaw } from '../ui/classification/law.ts';
import { proposalOf } from '../ui/classification/law.ts';
import { ClassWord, LawFlags, ReasoningSteps } from '../ui/classification/outcome.tsx';
import type { RecordView } from '../ui/record.ts';
import type { CommandPanelProps } from '../ui/room.ts';
import { t } from '../ui/words.ts';

/** The eight questions, then what came of them for a named person to confirm, in one dialog. */
export default function ClassifyDialog({ record, onClose, onDone }: CommandPanelProps) {
  const law = useClassificationLaw();
  const [answered, setAnswered] = useState<RecordView>();
  const proposal = answered === undefined ? null : proposalOf(answered);
  return (
    <Modal opened onClose={onClose} size={1080} title={t('systems.law.dialog', { what: String(record['name']) })}>
      {answered === undefined || proposal === null || law.data === undefined ? (
        <ClassificationForm record={answered ?? record} onDone={setAnswered} onCancel={onClose} />
      ) : (
        <div className="stack">
          <ClassWord flags={proposal.flags} />
          <div className="card">
            <ReasoningSteps proposal={proposal} law={law.data} />
            <LawFlags flags={proposal.flags} />
          </div>
          <p className="sm mut">{t('systems.law.yours')}</p>
          <ConfirmClass record={answered} onDone={onDone} onAnswer={() => setAnswered(undefined)} />
        </div>
      )}
    </Modal>
  );
}
