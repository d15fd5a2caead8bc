import type { DueItem } from '@aimwell/contract/home/endpoints';
import { daysFrom, formatDay, formatDistance } from '../ui/dates.ts';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { choiceLabel, t } from '../ui/words.ts';

/** One date: when, what is to be done, how late or near, and whose it is. The whole line leads to the record. */
export const DueLine = ({ item, person = true }: { item: DueItem; person?: boolean }) => {
  const here = useHere();
  const days = daysFrom(here.today(), item.date);
  const late = days < 0;
  const far = Math.abs(days) > 300;
  return (
    <li>
      <Go className="due-line" to={here.to(item.register === 'process-tasks' ? 'tasks' : item.register, item.id)}>
        <time dateTime={item.date} className={`sm num ${late ? 't-bad m' : 'mut'}`} title={formatDay(item.date)}>
          {far ? formatDay(item.date) : formatDay(item.date).replace(/.\d{4}$/u, '')}
        </time>
        <span style={{ minWidth: 0 }}>
          <span className="dblock">{t(`home.due.${item.register}.${item.field}`, { title: item.title })}</span>
          <span className="xs dim dblock">
            {late ? (
              <span className="t-bad m">{t('home.daysLate', { count: -days })}</span>
            ) : (
              <span className="cap-in">{formatDistance(days)}</span>
            )}{' '}
            · {item.identifier}
            {item.role !== null ? ` · ${choiceLabel('members', 'role', item.role)}` : person ? ` · ${item.person ?? t('home.nobody')}` : ''}
          </span>
        </span>
      </Go>
    </li>
  );
};
