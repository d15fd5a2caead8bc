import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { t } from '../ui/words.ts';
import { type TaskInFull, useDeed } from './calls.ts';

interface Props {
  readonly task: TaskInFull;
  /** `reassign` takes it from whoever has it and needs a reason. */
  readonly deed: 'delegate' | 'reassign';
  readonly onClose: () => void;
}

/** Hands a task to another person. */
export const HandDialog = ({ task, deed, onClose }: Props) => {
  const [person, setPerson] = useState<ReferenceView | null>(null);
  const [reason, setReason] = useState('');
  const hand = useDeed('process-tasks', task.id, deed);
  const needed = deed === 'reassign';
  const short = person === null || (needed && reason.trim().length < 3);
  return (
    <Modal opened onClose={onClose} title={t(`processes.${deed}`)}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!short)
            hand.mutate(
              { body: { person: person?.id, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } },
              { onSuccess: onClose },
            );
        }}
      >
        <ReferencePicker to="people" label={t('processes.person')} required autoFocus value={person} onChange={setPerson} />
        <Textarea
          label={t('ui.reason')}
          required={needed}
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemView error={hand.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={hand.isPending} aria-disabled={short}>
            {t(`processes.${deed}`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
