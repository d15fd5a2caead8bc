import { Button } from '@mantine/core';
import { MomentText } from '../../ui/date-text.tsx';
import { Card, Empty, Waiting } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { t } from '../../ui/words.ts';
import { useLeft } from './leaving-calls.ts';

/** Which checkpoints left: day, size, way, to whom, with the stamp where there is one. */
export const LeftCard = () => {
  const here = useHere();
  const left = useLeft();
  const items = left.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t('leaving.left')} flush>
      <ProblemView error={left.error} />
      {left.isPending ? <Waiting /> : null}
      {left.isSuccess && items.length === 0 ? <Empty title={t('leaving.leftNone')} /> : null}
      {items.length === 0 ? null : (
        <div className="scroll-x" tabIndex={0} role="group" aria-label={t('leaving.left')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('leaving.day')}</th>
                <th scope="col" className="r">
                  {t('leaving.size')}
                </th>
                <th scope="col">{t('leaving.way')}</th>
                <th scope="col">{t('leaving.to')}</th>
                <th scope="col">{t('leaving.stamped')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.entry}>
                  <td className="sm">
                    <MomentText value={one.at} />
                  </td>
                  <td className="sm num r">{one.size ?? '–'}</td>
                  <td className="sm">{t(`leaving.ways.${one.way ?? 'none'}`)}</td>
                  <td className="sm">{one.to ?? <span className="dim">{t('leaving.erased')}</span>}</td>
                  <td className="sm">
                    {one.stamped && one.size !== null ? (
                      <a
                        href={here.api('trail', 'stamps', String(one.size))}
                        download
                        aria-label={t('leaving.getStamp', { size: one.size })}
                      >
                        {`${one.size}.tsr`}
                      </a>
                    ) : (
                      <span className="dim">–</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {left.hasNextPage ? (
        <div className="body">
          <Button loading={left.isFetchingNextPage} onClick={() => void left.fetchNextPage()}>
            {t('leaving.more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
};
