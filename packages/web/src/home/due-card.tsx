import { Go } from '../ui/link.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useDue } from './calls.ts';
import { DueLine } from './due-list.tsx';

const few = { mine: 4, others: 3 };

/** Everything that is late or due within ninety days in one list, mine first. */
export const DueCard = () => {
  const here = useHere();
  const due = useDue(100);
  const mine = due.data?.items.filter((item) => item.mine) ?? [];
  const others = due.data?.items.filter((item) => !item.mine) ?? [];
  const all = `${here.to('my-work')}?who=all`;
  return (
    <Card
      title={t('home.dueTitle')}
      count={due.data?.total}
      flush
      actions={
        due.data === undefined || due.data.total === 0 || here.asOf !== null ? undefined : (
          <Go className="link sm" to={all}>
            {t('home.allDue')}
          </Go>
        )
      }
    >
      <ProblemView
        error={due.error}
        onRetry={() => {
          void due.refetch();
        }}
      />
      {due.isPending ? <Waiting lines={5} /> : null}
      {due.data?.total === 0 ? (
        <p className="sm mut" style={{ padding: 16 }}>
          {t('home.nothingDue')}
        </p>
      ) : null}
      {mine.length === 0 ? null : (
        <>
          <h3 className="due-part">{t('home.mineN', { count: due.data?.mine ?? 0 })}</h3>
          <ul className="due">
            {mine.slice(0, few.mine).map((item) => (
              <DueLine key={`${item.id} ${item.field}`} item={item} person={false} />
            ))}
          </ul>
          {mine.length > few.mine && here.asOf === null ? (
            <Go className="link sm due-more" to={here.to('my-work')}>
              {t('home.moreMine', { count: (due.data?.mine ?? 0) - few.mine })}
            </Go>
          ) : null}
        </>
      )}
      {others.length === 0 ? null : (
        <>
          <h3 className="due-part">{t('home.othersN', { count: (due.data?.total ?? 0) - (due.data?.mine ?? 0) })}</h3>
          <ul className="due">
            {others.slice(0, few.others).map((item) => (
              <DueLine key={`${item.id} ${item.field}`} item={item} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
};
