import { processKeepers } from '@aimwell/core/processes/tasks';
import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, NameValues, PageHead, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { type Overlay, type Run, useOverlay, useRun, useVersion } from './calls.ts';
import { Incidents } from './incidents.tsx';
import { MapView } from './map-view.tsx';
import type { Mark } from './marks.ts';
import { RunDeeds, SuspendedSay } from './run-deeds.tsx';
import { RunDepartures } from './run-departures.tsx';
import { RunSteps } from './run-steps.tsx';
import { RunState } from './run-state.tsx';
import { UnstaffedSay } from './unstaffed.tsx';
import './processes.css';

/** One run of a process: what is done, where it stands, what stopped, with the map above and the same as a list. */
export default function RunPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const run = useRun(id);
  const overlay = useOverlay(id);
  const error = run.error ?? overlay.error;
  return (
    <div className="page wide">
      {run.data === undefined || overlay.data === undefined ? (
        <>
          <ProblemView
            error={error}
            onRetry={() => {
              void run.refetch();
              void overlay.refetch();
            }}
          />
          {error === null ? <Waiting lines={8} /> : null}
        </>
      ) : (
        <Shown run={run.data} overlay={overlay.data} />
      )}
    </div>
  );
}

const tones = {
  done: 'ok',
  current: 'acc',
  stopped: 'warn',
  cancelled: 'none',
  skipped: 'none',
  notNeeded: 'none',
  ahead: undefined,
} as const;

const marksOf = (overlay: Overlay): Readonly<Record<string, Mark>> =>
  Object.fromEntries(
    Object.entries(overlay.nodes).flatMap(([id, node]) => {
      if (node.state === 'ahead') return [];
      const late = overlay.late.some((one) => one.node === id && one.outcome === 'open');
      const badge = late
        ? t('processes.overdue')
        : node.state === 'current' || node.state === 'stopped'
          ? t(`processes.nodes.${node.state}`)
          : undefined;
      return [[id, { tone: late ? ('bad' as const) : tones[node.state], badge }]];
    }),
  );

/** Where the run stands now: one of these steps, where there are several. */
const standsAt = ({ nodes }: Overlay): string | undefined =>
  Object.entries(nodes).find(([, { state }]) => state === 'current' || state === 'stopped')?.[0];

const Shown = ({ run, overlay }: { run: Run; overlay: Overlay }) => {
  const here = useHere();
  const version = useVersion(run.processVersion.id);
  const marks = useMemo(() => marksOf(overlay), [overlay]);
  return (
    <>
      <PageHead
        title={`${run.identifier} ${run.title}`}
        above={
          <Go className="link sm" to={here.to('processes', run.process.id)}>
            {run.process.name}
          </Go>
        }
      >
        <Button component="a" variant="subtle" href={here.apiNow('process-instances', run.id, 'file')} download>
          {t('processes.saveRunPdf')}
        </Button>
        {here.holds(processKeepers) ? <RunDeeds run={run} /> : null}
      </PageHead>
      <div className="two">
        <div className="stack">
          <SuspendedSay run={run} />
          <UnstaffedSay tasks={run.tasks} />
          <Incidents run={run} may={here.holds(processKeepers)} steps={version.data?.steps ?? []} />
          <ProblemView error={version.error} onRetry={() => void version.refetch()} />
          {version.data === undefined ? (
            version.isPending ? (
              <Waiting lines={8} />
            ) : null
          ) : (
            <>
              <Card title={t('processes.map')} flush>
                <MapView
                  xml={version.data.xml}
                  marks={marks}
                  at={standsAt(overlay)}
                  label={t('processes.drawing', { name: run.process.name })}
                  fileName={run.identifier}
                />
              </Card>
              <RunSteps run={run} overlay={overlay} steps={version.data.steps} />
            </>
          )}
        </div>
        <div className="stack">
          <About run={run} />
          <RunDepartures overlay={overlay} steps={version.data?.steps ?? []} />
        </div>
      </div>
    </>
  );
};

const About = ({ run }: { run: Run }) => {
  const here = useHere();
  return (
    <Card title={t('processes.aboutRun')}>
      <NameValues
        rows={[
          [t('processes.state'), <RunState key="state" status={run.status} incidents={run.incidents} />],
          [t('processes.process'), `${run.process.name}, ${t('processes.versionN', { number: run.processVersion.number })}`],
          ...(run.record === null
            ? []
            : [
                [
                  t('processes.columns.record'),
                  <Go key="record" className="link" to={here.to(run.record.register, run.record.id)}>
                    {run.record.identifier} {run.record.title}
                  </Go>,
                ] as const,
              ]),
          [t('processes.startedBy'), run.startedBy?.name ?? t('processes.somebody')],
          [t('processes.startedAt'), <MomentText key="from" value={run.startedAt} />],
          ...(run.endedAt === null ? [] : [[t('processes.endedAt'), <MomentText key="to" value={run.endedAt} />] as const]),
        ]}
      />
    </Card>
  );
};
