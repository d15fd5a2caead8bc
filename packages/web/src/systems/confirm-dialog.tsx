import { Modal } from '@mantine/core';
import { ConfirmClass } from '../ui/classification/confirm-class.tsx';
import { proposalOf, useClassificationLaw } from '../ui/classification/law.ts';
import { ClassWord, LawFlags, ReasoningSteps } from '../ui/classification/outcome.tsx';
import type { CommandPanelProps } from '../ui/room.ts';
import { t } from '../ui/words.ts';

/** The proposal with its reasoning, for the person who answers for it. */
export default function ConfirmDialog({ record, onClose, onDone }: CommandPanelProps) {
  const law = useClassificationLaw();
  const proposal = proposalOf(record);
  return (
    <Modal opened onClose={onClose} size="xl" title={t('systems.law.dialog', { what: String(record['name']) })}>
      {proposal === null || law.data === undefined ? (
        <p className="mut">{t('systems.law.notYet')}</p>
      ) : (
        <div className="stack">
          <ClassWord flags={proposal.flags} />
          <div className="card">
            <ReasoningSteps proposal={proposal} law={law.data} />
            <LawFlags flags={proposal.flags} />
          </div>
          <p className="sm mut">{t('systems.law.yours')}</p>
          <ConfirmClass record={record} onDone={onDone} />
        </div>
      )}
    </Modal>
  );
}
