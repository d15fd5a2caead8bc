import { processKeepers } from '@aimwell/core/processes/tasks';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useUrlFilters } from '../ui/filters.ts';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, Empty, PageHead, Say, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { type Heat, type MapInFull, useHeat, useMap, type StepLine, useVersion, type Version } from './calls.ts';
import { CompareCard } from './compare-card.tsx';
import { EditStep } from './edit-step.tsx';
import { MapView } from './map-view.tsx';
import { GuardsCard } from './guards-card.tsx';
import { RunsTab } from './runs-tab.tsx';
import { RunsCard } from './runs-card.tsx';
import { StartRun } from './start-run.tsx';
import { StepTable } from './step-table.tsx';
import { TimesTab } from './times-tab.tsx';
import { VersionsCard } from './versions-card.tsx';
import './processes.css';

/** A process: its map as drawing and as table, what waits at each step, its versions and its runs. */
export default function ProcessPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const map = useMap(id);
  return (
    <div className="page wide">
      {map.data === undefined ? (
        <>
          <ProblemView error={map.error} onRetry={() => void map.refetch()} />
          {map.isPending ? <Waiting lines={8} /> : null}
        </>
      ) : (
        <Shown map={map.data} />
      )}
    </div>
  );
}

const tabs = ['map', 'runs', 'times'] as const;
/** What one part of the page keeps in the address says nothing in another. */
const fresh = { status: undefined, node: undefined, what: undefined, sort: undefined };

const Shown = ({ map }: { map: MapInFull }) => {
  const here = useHere();
  const { search, set } = useUrlFilters();
  const tab = tabs.find((one) => one === search['tab']) ?? 'map';
  return (
    <>
      <PageHead
        title={map.name}
        above={
          <Go className="link sm" to={here.to('processes')}>
            {t('processes.processes')}
          </Go>
        }
      >
        <StartRun map={map} />
      </PageHead>
      <p className="read pr-lead">{map.description}</p>
      <div className="tabs pr-lead" role="group" aria-label={t('processes.tabs.label')}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={one === tab ? 'true' : undefined}
            onClick={() => set({ ...fresh, tab: one === 'map' ? undefined : one })}
          >
            {t(`processes.tabs.${one}`)}
          </button>
        ))}
      </div>
      {tab === 'times' ? <TimesTab map={map} /> : tab === 'runs' ? <RunsTab map={map} /> : <MapTab map={map} />}
    </>
  );
};

/** The map of one version, with all versions and the newest runs beside it. */
const MapTab = ({ map }: { map: MapInFull }) => {
  const { search, set } = useUrlFilters();
  const shown = map.versions.find(({ id }) => id === search['version'])?.id ?? map.inForce?.id ?? map.newest?.id;
  const version = useVersion(shown);
  return (
    <>
      <div className="two">
        <div className="stack">
          <NewerSay map={map} shown={shown} onShow={(id) => set({ version: id })} />
          <ProblemView error={version.error} onRetry={() => void version.refetch()} />
          {version.data === undefined ? (
            version.isPending ? (
              <Waiting lines={8} />
            ) : null
          ) : (
            <Drawn map={map} version={version.data} onShow={(id) => set({ version: id })} />
          )}
        </div>
        <div className="stack">
          <VersionsCard map={map} shown={shown} onShow={(id) => set({ version: id })} />
          <GuardsCard process={map.key} />
          <RunsCard process={map.id} />
        </div>
      </div>
    </>
  );
};

/** Above a version that is not the newest one: which is on its way, and the way to see it. */
const NewerSay = ({ map: { newest }, shown, onShow }: { map: MapInFull; shown: string | undefined; onShow: (id: string) => void }) => {
  if (newest === null || newest.id === shown || (newest.state !== 'review' && newest.state !== 'draft')) return null;
  const { id, number, state } = newest;
  return (
    <Say tone="note">
      {t(state === 'review' ? 'processes.inReview' : 'processes.inDraft', { number })}{' '}
      <button type="button" className="link in-text" onClick={() => onShow(id)}>
        {t('processes.openVersion', { number })}
      </button>
    </Say>
  );
};

const Drawn = ({ map, version, onShow }: { map: MapInFull; version: Version; onShow: (id: string) => void }) => {
  const here = useHere();
  const [edited, setEdited] = useState<StepLine | null>(null);
  // Only the newest version goes on: what is in review has to come back first.
  const editable = here.holds(processKeepers) && version.id === map.newest?.id && version.state !== 'review';
  const heat = useHeat(map.id, version.id);
  const marks = useMemo(
    () =>
      Object.fromEntries(
        (heat.data?.items ?? []).map((one) => [
          one.node,
          { tone: one.incidents > 0 ? ('warn' as const) : one.overdue > 0 ? ('bad' as const) : ('acc' as const), badge: String(one.count) },
        ]),
      ),
    [heat.data],
  );
  return (
    <>
      {version.executable ? null : (
        <Say tone="warn">
          <p className="m">{t('processes.notExecutable')}</p>
          <ul className="pr-list">
            {version.refusals.map((item, index) => (
              <li key={index}>
                {item.message}. <span className="mut">{item.remedy}</span>
              </li>
            ))}
          </ul>
        </Say>
      )}
      <Card
        title={t('processes.map')}
        flush
        actions={
          here.holds(processKeepers) && map.newest?.state !== 'review' ? (
            <Go
              className="link sm"
              to={`${here.to('processes', map.id, 'edit')}${version.id === map.newest?.id ? '' : `?version=${version.id}`}`}
            >
              {t('processes.draw')}
            </Go>
          ) : null
        }
      >
        <MapView xml={version.xml} marks={marks} label={t('processes.drawing', { name: map.name })} fileName={map.key} />
      </Card>
      <Card title={t('processes.steps')} count={version.steps.length} flush>
        {version.steps.length === 0 ? <Empty title={t('processes.noSteps')} /> : null}
        <StepTable
          steps={version.steps}
          onEdit={editable ? setEdited : undefined}
          extra={{
            title: t('processes.columns.waiting'),
            cells: new Map((heat.data?.items ?? []).map((one) => [one.node, <HeatCell key={one.node} one={one} />])),
          }}
        />
      </Card>
      <CompareCard version={version.id} />
      {edited === null ? null : (
        <EditStep
          version={version}
          step={edited}
          onClose={() => setEdited(null)}
          onDone={(draft) => {
            setEdited(null);
            onShow(draft);
          }}
        />
      )}
    </>
  );
};

const HeatCell = ({ one }: { one: Heat }) => (
  <>
    <span className="num">{one.count}</span>
    {one.overdue === 0 ? null : <span className="t-bad"> {t('processes.overdueCount', { count: one.overdue })}</span>}
    <span className="xs dim dblock">
      {t('processes.since')} <MomentText value={one.oldest} />
    </span>
  </>
);
