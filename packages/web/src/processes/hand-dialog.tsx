import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { t } from '../ui/words.ts';
import { HandProblem } from './against.tsx';
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
  const [tried, setTried] = useState(false);
  const needed = deed === 'reassign';
  const short = needed && reason.trim().length < 3;
  return (
    <Modal opened onClose={onClose} title={t(`processes.${deed}`)}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (person !== null && !short)
            hand.mutate(
              { body: { person: person.id, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } },
              { onSuccess: onClose },
            );
        }}
      >
        <p className="sm">
          <span className="m">{task.name}</span>
          <span className="mut dblock">{t('processes.handHelp')}</span>
        </p>
        <ReferencePicker
          to="people"
          label={t('processes.person')}
          required
          autoFocus
          error={tried && person === null ? t('processes.choosePerson') : undefined}
          value={person}
          onChange={setPerson}
        />
        <Textarea
          label={t('ui.reason')}
          required={needed}
          autosize
          minRows={2}
          maxLength={2000}
          error={tried && short ? t('processes.giveReason') : undefined}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <HandProblem task={task} error={hand.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={hand.isPending}>
            {t(`processes.${deed}`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
