import { Go } from '../ui/link.tsx';
import { Say } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import type { Task } from './calls.ts';
import { roleWords } from './task-table.tsx';

/** Tasks that wait for a role which nobody holds: where they are and what gets them going. */
export const UnstaffedSay = ({ tasks }: { tasks: readonly Task[] }) => {
  const here = useHere();
  const waiting = tasks.filter(({ unstaffed }) => unstaffed);
  if (waiting.length === 0) return null;
  const roles = [...new Set(waiting.map(({ role }) => roleWords(role)))].join(', ');
  return (
    <Say tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
      <p className="m">{t('processes.unstaffedRoles', { count: waiting.length, roles })}</p>
      <p>{t('processes.unstaffedHelp')}</p>
      <ul className="pr-list">
        {waiting.map(({ id, name }) => (
          <li key={id}>
            <Go className="link" to={here.to('tasks', id)}>
              {name}
            </Go>
          </li>
        ))}
      </ul>
    </Say>
  );
};

/** How many tasks wait for nobody, in a list; nothing where none does. */
export const UnstaffedCount = ({ count }: { count: number }) =>
  count === 0 ? null : (
    <span className="st t-warn">
      <Shape kind="triangle" tone="warn" /> {t('processes.unstaffedCount', { count })}
    </span>
  );
