import { Button } from '@mantine/core';
import { useState } from 'react';
import { MomentText } from '../ui/date-text.tsx';
import { ReasonDialog } from '../ui/dialogs.tsx';
import { Say } from '../ui/page.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { type Run, useDeed } from './calls.ts';

/** What whoever keeps processes can do with a run that has not ended: hold it up, let it go on, end it. */
export const RunDeeds = ({ run }: { run: Run }) => {
  if (run.status === 'active')
    return (
      <>
        <WithReason run={run} deed="suspend" danger={false} />
        <WithReason run={run} deed="terminate" danger />
      </>
    );
  if (run.status === 'suspended')
    return (
      <>
        <WithReason run={run} deed="terminate" danger />
        <WithReason run={run} deed="resume" danger={false} />
      </>
    );
  return null;
};

const WithReason = ({ run, deed, danger }: { run: Run; deed: 'suspend' | 'resume' | 'terminate'; danger: boolean }) => {
  const [open, setOpen] = useState(false);
  const send = useDeed('process-instances', run.id, deed);
  return (
    <>
      <Button variant={deed === 'resume' ? 'filled' : 'default'} onClick={() => setOpen(true)}>
        {t(`processes.${deed}`)}
      </Button>
      <ReasonDialog
        opened={open}
        onClose={() => setOpen(false)}
        title={t(`processes.${deed}Named`, { name: run.identifier })}
        verb={t(`processes.${deed}`)}
        danger={danger}
        onConfirm={(reason) => send.mutateAsync({ body: { reason }, version: run.version })}
      >
        {t(`processes.${deed}Help`)}
      </ReasonDialog>
    </>
  );
};

/** That a run is held up, since when, by whom and why. */
export const SuspendedSay = ({ run }: { run: Run }) => {
  const { suspension } = run;
  if (suspension === null) return null;
  return (
    <Say tone="warn" icon={<Shape kind="clock" tone="warn" />}>
      <p className="m">
        {t('processes.heldUp', { who: suspension.by?.name ?? t('processes.somebody') })} <MomentText value={suspension.since} />
      </p>
      {suspension.reason === null ? null : <p>{suspension.reason}</p>}
      <p>{t('processes.heldUpHelp')}</p>
    </Say>
  );
};
