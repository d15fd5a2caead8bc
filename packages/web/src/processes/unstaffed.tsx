import { Go } from '../ui/link.tsx';
import { Say } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import type { Task } from './calls.ts';
import { unstaffedWords } from './task-table.tsx';

/** Tasks that nobody can do: why, and what gets them going. */
export const UnstaffedSay = ({ tasks }: { tasks: readonly Task[] }) => {
  const here = useHere();
  const waiting = tasks.filter(({ unstaffed }) => unstaffed);
  if (waiting.length === 0) return null;
  return (
    <Say tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
      <p className="m">{t('processes.unstaffedTasks', { count: waiting.length })}</p>
      <ul className="pr-list">
        {waiting.map((task) => (
          <li key={task.id}>
            <Go className="link" to={here.to('tasks', task.id)}>
              {task.name}
            </Go>
            : {unstaffedWords(task)}
          </li>
        ))}
      </ul>
      <p>{t('processes.unstaffedHelp')}</p>
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
