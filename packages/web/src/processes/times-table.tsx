import { useUrlFilters } from '../ui/filters.ts';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { durationWords } from './duration-words.ts';
import { type SortBy, sortable, sortTimes, type StepTimes } from './step-times.ts';

const dash = <span className="dim">–</span>;
const count = (value: number, tone = '') => (value === 0 ? dash : <span className={tone}>{value}</span>);
const time = (seconds: number | null) => (seconds === null ? dash : durationWords(seconds));

/** The figures as a table; each column sorts, and the address keeps by which. */
export const TimesTable = ({ process, rows }: { process: string; rows: readonly StepTimes[] }) => {
  const here = useHere();
  const { search, set } = useUrlFilters();
  const by = sortable.find((one) => one === search['sort']) ?? 'map';
  const sort = (next: SortBy) => set({ sort: next === 'map' ? undefined : next });
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={t('processes.times.table')}>
      <table className="table pr-table pt-table">
        <thead>
          <tr>
            {sortable.map((column) => (
              <th
                key={column}
                scope="col"
                aria-sort={column !== by ? 'none' : column === 'map' || column === 'oldest' ? 'ascending' : 'descending'}
              >
                <button type="button" className="pt-sort" onClick={() => sort(column)}>
                  {t(`processes.times.columns.${column}`)}
                  {column === by ? <span aria-hidden="true"> {column === 'map' || column === 'oldest' ? '↑' : '↓'}</span> : null}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sortTimes(rows, by).map((row) => (
            <tr key={row.node} className="sm num">
              <th scope="row" className="m">
                {row.name}
                {row.stopped === 0 ? null : <span className="xs t-warn dblock">{t('processes.stoppedCount', { count: row.stopped })}</span>}
              </th>
              <td>
                {row.waiting === 0 ? (
                  dash
                ) : (
                  <Go
                    className="link"
                    aria-label={t('processes.times.seeRuns', { count: row.waiting, step: row.name })}
                    to={`${here.to('processes', process)}?tab=runs&node=${encodeURIComponent(row.node)}`}
                  >
                    {row.waiting}
                  </Go>
                )}
              </td>
              <td>{count(row.overdue, 't-bad m')}</td>
              <td>{row.oldest === null ? dash : <MomentText value={row.oldest} ago />}</td>
              <td>{count(row.done)}</td>
              <td>{count(row.late, 't-bad m')}</td>
              <td>{time(row.median)}</td>
              <td>{time(row.p90)}</td>
              <td>{time(row.longest)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
