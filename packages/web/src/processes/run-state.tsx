import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import type { Run } from './calls.ts';

const looks = {
  active: ['half', 'acc'],
  suspended: ['clock', 'warn'],
  completed: ['disc', 'ok'],
  terminated: ['dash', 'none'],
  failed: ['diamond', 'bad'],
} as const;

type Props = Pick<Run, 'status'> & Partial<Pick<Run, 'incidents' | 'suspension'>>;

/** Where a run stands; that something in it stopped, or why it is held up, is said beside it. */
export const RunState = ({ status, incidents = 0, suspension = null }: Props) => {
  const [kind, tone] = looks[status];
  return (
    <>
      <span className="st">
        <Shape kind={kind} tone={tone} /> {t(`processes.runStates.${status}`)}
      </span>
      {typeof suspension?.reason === 'string' ? <span className="mut">{suspension.reason}</span> : null}
      {incidents === 0 ? null : (
        <span className="st t-warn">
          <Shape kind="triangle" tone="warn" /> {t('processes.stoppedCount', { count: incidents })}
        </span>
      )}
    </>
  );
};
