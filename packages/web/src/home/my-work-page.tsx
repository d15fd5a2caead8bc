import type { AwaitingItem } from '@aimwell/contract/home/endpoints';
import { DayText } from '../ui/date-text.tsx';
import { useUrlFilters } from '../ui/filters.ts';
import { Go } from '../ui/link.tsx';
import { Card, Empty, PageHead, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { useDue, useMyWork } from './calls.ts';
import { DueLine } from './due-list.tsx';
import './home.css';

/** "What must I do?": what waits for my answer, then what is due for me, or for everyone. */
const MyWorkPage = () => {
  const work = useMyWork();
  const { search, set } = useUrlFilters();
  const everyone = search['who'] === 'all';
  const due = useDue(200, everyone);
  const items = (everyone ? due.data?.items : work.data?.due) ?? [];
  const total = everyone ? due.data?.total : work.data?.dueTotal;
  const pending = everyone ? due.isPending : work.isPending;
  return (
    <div className="page">
      <PageHead title={t('home.myWork')} />
      <div className="stack">
        <ProblemView
          error={work.error ?? due.error}
          onRetry={() => {
            void work.refetch();
            void due.refetch();
          }}
        />
        {work.data !== undefined && work.data.awaiting.length > 0 ? (
          <Card title={t('home.awaiting')} count={work.data.awaiting.length} flush>
            {work.data.awaiting.map((item) => (
              <Waits key={`${item.id} ${item.deed}`} item={item} />
            ))}
          </Card>
        ) : null}
        <Card
          title={t('home.dueTitle')}
          count={total}
          flush
          actions={
            <div className="seg" role="group" aria-label={t('home.whose')}>
              {(
                [
                  ['mine', false],
                  ['all', true],
                ] as const
              ).map(([name, value]) => (
                <button key={name} type="button" aria-pressed={everyone === value} onClick={() => set({ who: value ? 'all' : undefined })}>
                  {t(`home.who.${name}`)}
                </button>
              ))}
            </div>
          }
        >
          {pending ? <Waiting lines={6} /> : null}
          {!pending && items.length === 0 ? (
            <Empty title={t(everyone ? 'home.nothingDue' : 'home.nothingMine')}>{t('home.dueFrom')}</Empty>
          ) : null}
          <ul className="due">
            {items.map((item) => (
              <DueLine key={`${item.id} ${item.field}`} item={item} person={everyone} />
            ))}
          </ul>
          {total !== undefined && total > items.length && items.length > 0 ? (
            <p className="sm dim" style={{ padding: '8px 16px 12px' }}>
              {t('home.firstOf', { shown: items.length, total })}
            </p>
          ) : null}
        </Card>
      </div>
    </div>
  );
};
export default MyWorkPage;

const Waits = ({ item }: { item: AwaitingItem }) => {
  const here = useHere();
  const to = here.to(item.register, item.id);
  const label = t(`home.deed.${item.deed}.verb`);
  return (
    <div className="work-line">
      <Shape kind="three-quarters" tone="acc" size={14} />
      <div style={{ minWidth: 0 }}>
        <Go className="m hov" to={to}>
          {t(`home.deed.${item.deed}.what`, { title: item.title })}
        </Go>
        <div className="xs dim">
          {item.identifier}
          {item.since === null ? null : (
            <>
              {' '}
              · {t('home.waitsSince')} <DayText value={item.since} />
            </>
          )}
        </div>
      </div>
      <Go className="go-btn" to={to} aria-label={`${label}: ${item.identifier}`}>
        {label}
      </Go>
    </div>
  );
};
