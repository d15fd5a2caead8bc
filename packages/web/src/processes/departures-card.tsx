import { Button } from '@mantine/core';
import { useUrlFilters } from '../ui/filters.ts';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, Empty, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useDepartures } from './calls.ts';
import { DepartureText } from './departure-text.tsx';

const views = ['all', 'late', 'skipped'] as const;

/** Late and skipped steps of all runs, newest run first: what an auditor asks for. */
export const DeparturesCard = ({ process }: { process: string }) => {
  const here = useHere();
  const { search, set } = useUrlFilters();
  const view = views.find((one) => one === search['what']) ?? 'all';
  const found = useDepartures(process);
  const pages = found.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const shown = items.filter(({ what }) => view === 'all' || (what === 'late') === (view === 'late'));
  const looked = pages.reduce((sum, { runs }) => sum + runs, 0);
  return (
    <Card title={t('processes.departures.title')} count={found.data === undefined ? undefined : shown.length} flush>
      <div className="row wrap pr-tools">
        <div className="seg" role="group" aria-label={t('processes.departures.which')}>
          {views.map((one) => (
            <button key={one} type="button" aria-pressed={one === view} onClick={() => set({ what: one === 'all' ? undefined : one })}>
              {t(`processes.departures.views.${one}`)}
            </button>
          ))}
        </div>
        {found.data === undefined ? null : <span className="xs mut">{t('processes.departures.looked', { count: looked })}</span>}
      </div>
      <ProblemView error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending ? <Waiting lines={4} /> : null}
      {found.data !== undefined && shown.length === 0 ? (
        <Empty title={t('processes.departures.none')}>{t('processes.departures.noneHelp')}</Empty>
      ) : null}
      {shown.length === 0 ? null : (
        <div className="scroll-x" tabIndex={0} role="group" aria-label={t('processes.departures.title')}>
          <table className="table pr-table pr-stacks">
            <thead>
              <tr>
                <th scope="col">{t('processes.columns.step')}</th>
                <th scope="col">{t('processes.run')}</th>
                <th scope="col">{t('processes.departures.what')}</th>
                <th scope="col" className="no-phone">
                  {t('processes.columns.due')}
                </th>
                <th scope="col" className="no-phone">
                  {t('processes.endedAt')}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one, index) => (
                <tr key={index} className="sm">
                  <td className="m">{one.name ?? one.node}</td>
                  <td>
                    <Go className="link" to={here.to('runs', one.instance.id)}>
                      {one.instance.identifier}
                    </Go>
                    <span className="xs dim dblock">{one.instance.title}</span>
                  </td>
                  <td>
                    <DepartureText what={one.what} />
                    {one.due === null ? null : (
                      <span className="only-phone xs dim dblock">
                        {t('processes.departures.dueAt')} <MomentText value={one.due} />
                      </span>
                    )}
                  </td>
                  <td className="no-phone">
                    <MomentText value={one.due} />
                  </td>
                  <td className="no-phone">
                    {one.what === 'late' && one.ended === null ? t('processes.departures.open') : <MomentText value={one.ended} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.hasNextPage ? (
        <div className="pad">
          <Button size="xs" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t('processes.departures.more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
};
