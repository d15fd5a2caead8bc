import { Button } from '@mantine/core';
import { MomentText } from '../ui/date-text.tsx';
import { Say } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { type Run, type StepLine, useDeed } from './calls.ts';

/** What stopped in a run and why, each with the way to try it again once its cause is mended. */
export const Incidents = ({ run, may, steps }: { run: Run; may: boolean; steps: readonly StepLine[] }) => {
  const retry = useDeed('process-instances', run.id, 'retry');
  if (run.openIncidents.length === 0) return null;
  return (
    <>
      {run.openIncidents.map((one) => (
        <Say key={one.id} tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
          <p className="m">
            {t('processes.stoppedAt', { step: steps.find(({ id }) => id === one.node)?.name ?? one.node })}{' '}
            <MomentText value={one.openedAt} />
          </p>
          <p>{one.message}</p>
          {may ? (
            <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate({ body: { token: one.token }, version: run.version })}>
              {t('processes.retry')}
            </Button>
          ) : null}
        </Say>
      ))}
      <ProblemView error={retry.error} />
    </>
  );
};
