import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { UnstaffedCount } from './unstaffed.tsx';

interface Counted {
  readonly openTasks: number;
  readonly overdueTasks: number;
  readonly unstaffedTasks: number;
}

/** How many tasks wait, and how many of them are late or wait for nobody. */
export const OpenTasks = ({ of }: { of: Counted }) => (
  <span className="row wrap" style={{ display: 'inline-flex' }}>
    <span className="num">{of.openTasks}</span>
    {of.overdueTasks === 0 ? null : (
      <span className="st t-bad">
        <Shape kind="clock" tone="bad" /> {t('processes.overdueCount', { count: of.overdueTasks })}
      </span>
    )}
    <UnstaffedCount count={of.unstaffedTasks} />
  </span>
);
