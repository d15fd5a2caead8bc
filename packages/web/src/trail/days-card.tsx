import { readTimeline } from '@aimwell/contract/platform/trail';
import { useQuery } from '@tanstack/react-query';
import { call } from '../ui/api.ts';
import { DayText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

const MOST = 14;

/** How much the newest days brought, and the way to see everything as of their end. */
export const DaysCard = () => {
  const here = useHere();
  const timeline = useQuery({
    queryKey: [here.slug, 'trail', 'timeline', 1],
    queryFn: ({ signal }) => call(readTimeline, { params: { org: here.slug }, query: { years: 1 } }, { signal }),
  });
  const days = (timeline.data?.days ?? []).toReversed().slice(0, MOST);
  return (
    <Card title={t('trail.days.title')} flush>
      {timeline.isPending ? <Waiting lines={3} /> : null}
      <ProblemView error={timeline.error} />
      {timeline.data !== undefined && days.length === 0 ? <p className="body sm mut">{t('trail.time.nothing')}</p> : null}
      {days.length === 0 ? null : (
        <div className="scroll-x" tabIndex={0} role="group" aria-label={t('trail.days.title')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('trail.days.day')}</th>
                <th scope="col" className="r">
                  {t('trail.days.entries')}
                </th>
                <th scope="col" className="r">
                  {t('trail.days.size')}
                </th>
                <th scope="col">
                  <span className="sr">{t('trail.days.see')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map((one) => (
                <tr key={one.day}>
                  <td className="sm">
                    <DayText value={one.day} />
                  </td>
                  <td className="sm num r">{one.entries.toLocaleString('en')}</td>
                  <td className="sm num r">{one.size.toLocaleString('en')}</td>
                  <td className="sm">
                    <Go className="link" to={`${here.to()}?asOf=${one.day}`} aria-label={t('trail.days.seeOf', { day: one.day })}>
                      {t('trail.days.see')}
                    </Go>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
};
