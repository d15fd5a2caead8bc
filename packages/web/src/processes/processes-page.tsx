import { processKeepers } from '@aimwell/core/processes/tasks';
import { Go } from '../ui/link.tsx';
import { Card, Empty, PageHead, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { AdoptCard } from './adopt-card.tsx';
import { type ProcessMap, useMaps } from './calls.ts';
import { useDeviations } from './gate-calls.ts';
import { OpenTasks } from './open-tasks.tsx';
import { StateText } from './state-text.tsx';
import './processes.css';

/** Every process map of the organisation with what runs of it, and those that came with the product. */
export default function ProcessesPage() {
  const here = useHere();
  const maps = useMaps();
  return (
    <div className="page">
      <PageHead title={t('processes.processes')} count={maps.data?.items.length}>
        <GatesLink />
      </PageHead>
      <div className="stack">
        <ProblemView error={maps.error} onRetry={() => void maps.refetch()} />
        <Card title={t('processes.maps')} flush>
          {maps.isPending ? <Waiting lines={6} /> : null}
          {maps.data?.items.length === 0 ? <Empty title={t('processes.noMaps')}>{t('processes.noMapsHelp')}</Empty> : null}
          {maps.data === undefined || maps.data.items.length === 0 ? null : <MapTable maps={maps.data.items} />}
        </Card>
        {maps.data !== undefined && here.holds(processKeepers) ? <AdoptCard taken={maps.data.items.map(({ key }) => key)} /> : null}
      </div>
    </div>
  );
}

/** The way to gates and deviations; open ones are told of here, where whoever keeps processes looks. */
const GatesLink = () => {
  const here = useHere();
  const open = (useDeviations().data?.items ?? []).filter(({ closedAt }) => closedAt === null).length;
  return (
    <Go className="link sm row" to={here.to('gates')}>
      {t('gates.title')}
      {open === 0 ? null : (
        <span className="st t-warn">
          <Shape kind="triangle" tone="warn" /> {t('gates.openCount', { count: open })}
        </span>
      )}
    </Go>
  );
};

const MapTable = ({ maps }: { maps: readonly ProcessMap[] }) => (
  <div className="scroll-x" tabIndex={0} role="group" aria-label={t('processes.maps')}>
    <table className="table pr-table pr-stacks">
      <thead>
        <tr>
          <th scope="col">{t('processes.process')}</th>
          {(['version', 'running', 'open'] as const).map((column) => (
            <th key={column} scope="col" className="no-phone">
              {t(`processes.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {maps.map((map) => (
          <MapRow key={map.id} map={map} />
        ))}
      </tbody>
    </table>
  </div>
);

/** A process as a line. On a phone all of it stands below its name. */
const MapRow = ({ map }: { map: ProcessMap }) => {
  const here = useHere();
  const version = map.newest === null ? null : <StateText number={map.newest.number} state={map.newest.state} />;
  return (
    <tr className="sm">
      <td>
        <Go className="link plain" to={here.to('processes', map.id)}>
          {map.name}
        </Go>
        <span className="xs dim dblock">{map.description}</span>
        <span className="only-phone pr-under">
          {version}
          <span>
            <span className="dim">{t('processes.columns.running')}</span> {map.running}
          </span>
          <span>
            <span className="dim">{t('processes.columns.open')}</span> <Waits map={map} />
          </span>
        </span>
      </td>
      <td className="no-phone">{version}</td>
      <td className="num no-phone">{map.running}</td>
      <td className="no-phone">
        <Waits map={map} />
      </td>
    </tr>
  );
};

/** What waits, and what stopped. */
const Waits = ({ map }: { map: ProcessMap }) => (
  <>
    <OpenTasks of={map} />
    {map.incidents === 0 ? null : (
      <span className="st t-warn">
        <Shape kind="triangle" tone="warn" /> {t('processes.stoppedCount', { count: map.incidents })}
      </span>
    )}
  </>
);
