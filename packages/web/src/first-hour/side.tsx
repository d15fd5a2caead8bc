import { IconUsers } from '@tabler/icons-react';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import type { Hour } from './hour.ts';
import { allMinutes, minutesOf, type StepId, steps } from './steps.ts';

/** The steps with what each has taken, and how far the hour is. Every step can be opened at any time. */
export const Side = ({ hour, at, onStep, name }: { hour: Hour; at: StepId; onStep: (step: StepId) => void; name: string }) => {
  const here = useHere();
  const minutes = minutesOf(hour.done);
  return (
    <nav className="fh-side" aria-label={t('first-hour.title')}>
      <div>
        <h2>{t('first-hour.title')}</h2>
        <p className="sm mut">{t('first-hour.minutesOf', { n: minutes, of: allMinutes })}</p>
        <div className="fh-bar" aria-hidden="true">
          <i style={{ width: `${(minutes / allMinutes) * 100}%` }} />
        </div>
      </div>
      <ol>
        {steps.map(({ id, minutes: some }) => {
          const done = hour.done.includes(id);
          const now = id === at;
          return (
            <li key={id}>
              <button type="button" className="fh-step" aria-current={now ? 'step' : undefined} onClick={() => onStep(id)}>
                <Shape kind={now && !done ? 'half' : done ? 'disc' : 'ring'} tone={done ? 'ok' : now ? 'acc' : 'none'} size={15} />
                <span className="m">
                  {t(`first-hour.steps.${id}.name`)}
                  {done ? <span className="sr"> {t('first-hour.isDone')}</span> : null}
                </span>
                <span className="sm dim num">{now ? t('first-hour.now') : t('first-hour.minutes', { n: some })}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <p className="xs dim fh-kept">{t('first-hour.kept', { name })}</p>
      {here.may('members.manage') ? (
        <Go className="row sm mut fh-ask" to={here.to('settings', 'members')}>
          <IconUsers size={15} stroke={1.75} aria-hidden />
          {t('first-hour.askColleague')}
        </Go>
      ) : null}
    </nav>
  );
};
