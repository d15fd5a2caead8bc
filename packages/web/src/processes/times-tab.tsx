import { Card, Empty, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { t } from '../ui/words.ts';
import { type MapInFull, useCycleTimes, useHeat, useVersion } from './calls.ts';
import { DeparturesCard } from './departures-card.tsx';
import { stepTimesOf } from './step-times.ts';
import { TimesFigure, WaitingFigure } from './times-figure.tsx';
import { TimesTable } from './times-table.tsx';
import './times.css';

/** How a process runs: what waits where, how long steps take, and which were late or skipped, over all its versions. */
export const TimesTab = ({ map }: { map: MapInFull }) => {
  const heat = useHeat(map.id);
  const times = useCycleTimes(map.id);
  const version = useVersion(map.inForce?.id ?? map.newest?.id);
  const error = heat.error ?? times.error ?? version.error;
  const again = () => {
    void heat.refetch();
    void times.refetch();
    void version.refetch();
  };
  if (heat.data === undefined || times.data === undefined || version.data === undefined)
    return error === null ? <Waiting lines={8} /> : <ProblemView error={error} onRetry={again} />;
  const rows = stepTimesOf(version.data.steps, heat.data.items, times.data.items);
  return (
    <div className="stack">
      <Card title={t('processes.times.title')} flush>
        {rows.length === 0 ? (
          <Empty title={t('processes.noRuns')}>{t('processes.times.emptyHelp')}</Empty>
        ) : (
          <>
            <div className="pt-figures">
              <WaitingFigure rows={rows} />
              <TimesFigure rows={rows} />
            </div>
            <TimesTable process={map.id} rows={rows} />
            <p className="xs mut pad">{t('processes.times.help')}</p>
          </>
        )}
      </Card>
      <DeparturesCard process={map.id} />
    </div>
  );
};
