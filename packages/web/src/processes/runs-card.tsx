import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useRuns } from './calls.ts';
import { RunState } from './run-state.tsx';

/** The newest runs of a process. */
export const RunsCard = ({ process }: { process: string }) => {
  const here = useHere();
  const runs = useRuns(process);
  return (
    <Card
      title={t('processes.runs')}
      actions={
        <Go className="link sm" to={`${here.to('processes', process)}?tab=runs`}>
          {t('processes.allRuns')}
        </Go>
      }
    >
      <ProblemView error={runs.error} />
      {runs.data?.items.length === 0 ? <p className="mut sm">{t('processes.noRuns')}</p> : null}
      <ul className="pr-list pr-lines">
        {runs.data?.items.map((run) => (
          <li key={run.id}>
            <Go className="link" to={here.to('runs', run.id)}>
              {run.identifier} {run.title}
            </Go>
            <div className="row wrap xs mut">
              <RunState status={run.status} incidents={run.incidents} suspension={run.suspension} />
              <MomentText value={run.startedAt} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
};
