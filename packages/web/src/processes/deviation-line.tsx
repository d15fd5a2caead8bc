import { processKeepers } from '@aimwell/core/processes/tasks';
import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { commandLabel, t } from '../ui/words.ts';
import { useDeed } from './calls.ts';
import type { Deviation } from './gate-calls.ts';

/** One deviation: what was done to which record, by whom and on whose authority, why, and what came of it. */
export const DeviationLine = ({ deviation, process }: { deviation: Deviation; process: string }) => {
  const here = useHere();
  const [closing, setClosing] = useState(false);
  const { register, command, record, by, authority, reason, at, closedAt, closedBy, closedNote } = deviation;
  const open = closedAt === null;
  return (
    <div className="row wrap" style={{ alignItems: 'flex-start' }}>
      <div className="grow pr-about col" style={{ gap: 4 }}>
        <p>
          <span className="m">{commandLabel(register, command)}</span>{' '}
          {record === null ? null : (
            <Go className="link" to={here.to(record.register, record.id)}>
              {record.identifier} {record.title}
            </Go>
          )}
        </p>
        <p className="xs mut">
          <MomentText value={at} /> · {by?.name ?? t('processes.somebody')} · {t('gates.outside', { process })}
        </p>
        <p className="xs mut">
          {authority === null ? (
            t('gates.noAuthority')
          ) : (
            <>
              {t('gates.onAuthority')}{' '}
              <Go className="link" to={here.to('authorities', authority.id)}>
                {authority.identifier} {authority.title}
              </Go>
            </>
          )}
        </p>
        <p className="sm pre">{reason}</p>
        {closedAt === null ? null : (
          <p className="sm">
            <span className="m">{t('gates.closedBy', { who: closedBy?.name ?? t('processes.somebody') })}</span>{' '}
            <span className="mut">
              <MomentText value={closedAt} />
            </span>
            <span className="dblock pre">{closedNote}</span>
          </p>
        )}
      </div>
      <span className="st">
        <Shape kind={open ? 'ring' : 'disc'} tone={open ? 'warn' : 'none'} /> {t(`gates.states.${open ? 'open' : 'closed'}`)}
      </span>
      {open && here.holds(processKeepers) ? (
        <Button
          size="xs"
          aria-label={t('gates.closeNamed', { what: `${commandLabel(register, command)} ${record?.identifier ?? ''}` })}
          onClick={() => setClosing(true)}
        >
          {t('gates.close')}
        </Button>
      ) : null}
      {closing ? <CloseDialog id={deviation.id} onClose={() => setClosing(false)} /> : null}
    </div>
  );
};

const CloseDialog = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const [note, setNote] = useState('');
  const close = useDeed('process-deviations', id, 'close');
  const short = note.trim().length < 3;
  return (
    <Modal opened onClose={onClose} title={t('gates.closeTitle')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!short) close.mutate({ body: { note: note.trim() } }, { onSuccess: onClose });
        }}
      >
        <Textarea
          label={t('gates.note')}
          description={t('gates.noteHelp')}
          required
          autosize
          minRows={3}
          maxLength={2000}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <ProblemView error={close.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={close.isPending} aria-disabled={short}>
            {t('gates.close')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
