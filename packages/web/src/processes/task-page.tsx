import { workers } from '@aimwell/core/processes/tasks';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, NameValues, PageHead, Say, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type Here, useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { AgainstList } from './against.tsx';
import { type TaskInFull, useTask } from './calls.ts';
import { CompleteCard } from './complete-card.tsx';
import { Hands } from './hands.tsx';
import { TaskComments } from './task-comments.tsx';
import { TaskEvidence } from './task-evidence.tsx';
import { DueText, roleWords, WhoText } from './task-table.tsx';
import './processes.css';

/** One task of a run: what it asks, with what proof, by when, and the way to complete it. */
export default function TaskPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const task = useTask(id);
  return (
    <div className="page">
      {task.data === undefined ? (
        <>
          <ProblemView error={task.error} onRetry={() => void task.refetch()} />
          {task.isPending ? <Waiting lines={8} /> : null}
        </>
      ) : (
        <Shown key={id} task={task.data} />
      )}
    </div>
  );
}

const Shown = ({ task }: { task: TaskInFull }) => {
  const here = useHere();
  const works = here.holds(workers);
  const [unsent, setUnsent] = useState(false);
  const [sent, setSent] = useState(false);
  const may = task.state === 'open' && works && task.against.length === 0;
  return (
    <>
      <PageHead
        title={task.name}
        above={
          <Go className="link sm" to={here.to('tasks')}>
            {t('processes.tasks')}
          </Go>
        }
      >
        {task.state === 'open' && works ? <Hands task={task} /> : null}
      </PageHead>
      <div className="two">
        <div className="stack">
          <State task={task} here={here} justDone={task.state === 'done' && sent} />
          {may || unsent ? <CompleteCard task={task} unsent={unsent} onUnsent={setUnsent} onDone={() => setSent(true)} /> : null}
          <TaskEvidence task={task} may={works} />
          <TaskComments task={task} may={works} />
        </div>
        <About task={task} />
      </div>
    </>
  );
};

const State = ({ task, here: { to }, justDone }: { task: TaskInFull; here: Here; justDone: boolean }) => {
  const said = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: whoever reads by ear or by keyboard goes on from what came of it.
  useEffect(() => {
    if (justDone) said.current?.focus();
  }, [justDone]);
  if (task.state === 'done')
    return (
      <div ref={said} tabIndex={-1} role={justDone ? 'status' : undefined}>
        <Say tone="ok" icon={<Shape kind="disc" tone="ok" />}>
          {t('processes.doneBy', { who: task.doneBy?.name ?? t('processes.somebody') })} <MomentText value={task.doneAt} />
          <span className="row wrap">
            <Go className="link in-text" to={to('runs', task.instance.id)}>
              {t('processes.seeRun')}
            </Go>
            <Go className="link in-text" to={to('tasks')}>
              {t('processes.toTasks')}
            </Go>
          </span>
        </Say>
      </div>
    );
  if (task.state === 'cancelled') return <Say tone="note">{t('processes.cancelled')}</Say>;
  if (task.against.length === 0) return null;
  return (
    <Say tone="note" icon={<Shape kind="ring" tone="note" />}>
      <p className="m">{t('processes.notYours')}</p>
      <AgainstList task={task} against={task.against} />
    </Say>
  );
};

const About = ({ task }: { task: TaskInFull }) => {
  const here = useHere();
  return (
    <Card title={t('processes.about')}>
      <NameValues
        rows={[
          [t('processes.columns.who'), <WhoText key="who" task={task} />],
          [t('processes.role'), roleWords(task.role)],
          [t('processes.columns.due'), <DueText key="due" task={task} />],
          [
            t('processes.process'),
            <Go key="process" className="link" to={here.to('processes', task.process.id)}>
              {task.process.name}
            </Go>,
          ],
          [
            t('processes.run'),
            <Go key="run" className="link" to={here.to('runs', task.instance.id)}>
              {task.instance.identifier} {task.instance.title}
            </Go>,
          ],
          ...(task.record === null
            ? []
            : [
                [
                  t('processes.columns.record'),
                  <Go key="record" className="link" to={here.to(task.record.register, task.record.id)}>
                    {task.record.identifier} {task.record.title}
                  </Go>,
                ] as const,
              ]),
          ...(task.references.length === 0 ? [] : [[t('processes.columns.references'), task.references.join(', ')] as const]),
        ]}
      />
    </Card>
  );
};
