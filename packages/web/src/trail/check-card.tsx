import type { IntegrityView } from '@aimwell/contract/platform/integrity';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { request } from '../ui/api.ts';
import { MomentText } from '../ui/date-text.tsx';
import { mayCheck, useIntegrity } from '../ui/integrity.ts';
import { Card, NameValues, Say, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { WorkProgress } from '../ui/work-progress.tsx';

/** What the newest check of records, files, history and tree found, and the way to a new one. */
export const CheckCard = () => {
  const here = useHere();
  const { data, isPending, error, refetch } = useIntegrity();
  return (
    <Card title={t('trail.check.title')}>
      <div className="stack" style={{ gap: 16 }}>
        {isPending ? <Waiting lines={4} /> : null}
        <ProblemView error={error} onRetry={() => void refetch()} />
        {data === undefined ? null : <Result view={data} />}
        {data === undefined || data.faults.length === 0 ? null : <Faults view={data} />}
        {mayCheck(here) ? <CheckNow /> : null}
      </div>
    </Card>
  );
};

const shapes = {
  verifies: { tone: 'ok', kind: 'disc' },
  faults: { tone: 'bad', kind: 'diamond' },
  overdue: { tone: 'warn', kind: 'clock' },
  never: { tone: 'note', kind: 'dashed-ring' },
} as const;

const Result = ({ view }: { view: IntegrityView }) => {
  const { tone, kind } = shapes[view.state];
  const { check } = view;
  const figure = (name: string, value: number): readonly [string, React.ReactNode] => [
    t(`trail.check.${name}`),
    <span key={name} className="num">
      {value.toLocaleString('en')}
    </span>,
  ];
  return (
    <>
      <Say tone={tone} icon={<Shape kind={kind} tone={tone} />}>
        <strong>{view.sentence ?? t(`trail.check.states.${view.state}`)}</strong>
        {view.state === 'faults' ? <p className="sm">{t('trail.check.means')}</p> : null}
      </Say>
      {check === null ? null : (
        <NameValues
          rows={[
            [
              t('trail.check.ended'),
              <span key="ended">
                <MomentText value={check.endedAt} /> · {t(`trail.check.causes.${check.cause}`)}
              </span>,
            ],
            figure('entries', check.entries),
            figure('notAnchored', check.notAnchored),
            figure('records', check.records),
            figure('files', check.files),
            [
              t('trail.check.held'),
              check.held === null ? t('trail.check.heldNone') : t('trail.check.heldSize', { size: check.held.toLocaleString('en') }),
            ],
            [t('trail.check.key'), t(check.keyFromOutside ? 'trail.check.keyOutside' : 'trail.check.keyInside')],
          ]}
        />
      )}
    </>
  );
};

const Faults = ({ view }: { view: IntegrityView }) => (
  <div>
    <h3 className="sm m">{t('trail.check.found', { count: view.faultCount })}</h3>
    <ul className="faults">
      {view.faults.map((fault) => (
        <li key={fault.message} className="sm">
          {fault.entry === null ? null : <span className="chip num">{t('trail.check.entry', { n: fault.entry })}</span>} {fault.message}
        </li>
      ))}
    </ul>
    {view.faultCount > view.faults.length ? (
      <p className="xs dim">{t('trail.check.more', { count: view.faultCount - view.faults.length })}</p>
    ) : null}
  </div>
);

/** Starts a check on the server and shows it until it ends. */
const CheckNow = () => {
  const here = useHere();
  const cache = useQueryClient();
  const [work, setWork] = useState<string>();
  const start = useMutation({
    mutationFn: () => request<{ work: string }>('POST', here.api('trail', 'check'), { body: {} }),
    onSuccess: (answer) => setWork(answer.work),
  });
  const done = useCallback(() => {
    setWork(undefined);
    void cache.invalidateQueries({ queryKey: [here.slug, 'integrity'] });
  }, [cache, here.slug]);
  if (work !== undefined)
    return (
      <WorkProgress
        work={work}
        title={t('trail.check.running')}
        waiting={t('trail.check.runningHelp')}
        onDone={done}
        failed={<Button onClick={() => setWork(undefined)}>{t('trail.check.close')}</Button>}
      />
    );
  return (
    <div className="stack" style={{ gap: 8 }}>
      <ProblemView error={start.error} />
      <div>
        <Button variant="filled" loading={start.isPending} onClick={() => start.mutate()}>
          {t('trail.check.now')}
        </Button>
      </div>
    </div>
  );
};
