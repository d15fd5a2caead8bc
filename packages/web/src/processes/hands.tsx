import { processKeepers } from '@aimwell/core/processes/tasks';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { type TaskInFull, useDeed } from './calls.ts';
import { HandDialog } from './hand-dialog.tsx';

/** Whose task it is, and the ways to change that: claim, give back, delegate; reassign for whoever keeps processes. */
export const Hands = ({ task }: { task: TaskInFull }) => {
  const here = useHere();
  const claim = useDeed('process-tasks', task.id, 'claim');
  const release = useDeed('process-tasks', task.id, 'release');
  const [dialog, setDialog] = useState<'delegate' | 'reassign' | null>(null);
  const { bar, keepFocus } = useKeptFocus(task.person?.id ?? null);
  const mine = task.person !== null && task.person.id === here.personId;
  const change = (deed: typeof claim) => {
    keepFocus();
    deed.mutate({});
  };
  return (
    <div className="row wrap" ref={bar}>
      {task.person === null && task.against.length === 0 ? (
        <Button loading={claim.isPending} onClick={() => change(claim)}>
          {t('processes.claim')}
        </Button>
      ) : null}
      {mine ? (
        <>
          <Button variant="subtle" loading={release.isPending} onClick={() => change(release)}>
            {t('processes.release')}
          </Button>
          <Button onClick={() => setDialog('delegate')}>{t('processes.delegate')}</Button>
        </>
      ) : here.holds(processKeepers) ? (
        <Button variant="subtle" onClick={() => setDialog('reassign')}>
          {t('processes.reassign')}
        </Button>
      ) : null}
      <ProblemView error={claim.error ?? release.error} />
      {dialog === null ? null : <HandDialog task={task} deed={dialog} onClose={() => setDialog(null)} />}
    </div>
  );
};

/** The button that was pressed gives way to another: the focus goes there, so that whoever works by keyboard is not sent to the top. */
const useKeptFocus = (person: string | null) => {
  const bar = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) bar.current?.querySelector('button')?.focus();
    pressed.current = false;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another person means other buttons
  }, [person]);
  return {
    bar,
    keepFocus: () => {
      pressed.current = true;
    },
  };
};
