import { t } from '../ui/words.ts';
import { durationWords } from './duration-words.ts';
import type { StepTimes } from './step-times.ts';

/** A bar of several parts out of `most`; the words beside it say the same. */
const Bar = ({ parts, most }: { parts: readonly (readonly [string, number])[]; most: number }) => (
  <span className="pt-bar" aria-hidden="true">
    {parts.map(([look, value]) =>
      value <= 0 ? null : <span key={look} className={`pt-part ${look}`} style={{ width: `${(value / most) * 100}%` }} />,
    )}
  </span>
);

/** How many wait at each step now: what stopped, what is overdue, the others. The table below says the same. */
export const WaitingFigure = ({ rows }: { rows: readonly StepTimes[] }) => {
  const shown = rows.filter(({ waiting }) => waiting > 0);
  const most = Math.max(1, ...shown.map(({ waiting }) => waiting));
  return (
    <figure className="pt-figure">
      <figcaption>
        <span className="m sm">{t('processes.times.waitingNow')}</span>
        <Key looks={['plain', 'late', 'stopped']} />
      </figcaption>
      {shown.length === 0 ? <p className="sm mut">{t('processes.times.nothingWaits')}</p> : null}
      <ul className="pr-list">
        {shown.map(({ node, name, waiting, overdue, stopped }) => {
          const late = Math.min(overdue, waiting - stopped);
          return (
            <li key={node} className="pt-row">
              <span className="sm">{name}</span>
              <Bar
                most={most}
                parts={[
                  ['stopped', stopped],
                  ['late', late],
                  ['plain', waiting - stopped - late],
                ]}
              />
              <span className="sm num">{waiting}</span>
            </li>
          );
        })}
      </ul>
    </figure>
  );
};

/** How long the tasks of each step took: half of them, and nine of ten. */
export const TimesFigure = ({ rows }: { rows: readonly StepTimes[] }) => {
  const shown = rows.flatMap(({ node, name, median, p90 }) => (median === null || p90 === null ? [] : [{ node, name, median, p90 }]));
  const most = Math.max(1, ...shown.map(({ p90 }) => p90));
  return (
    <figure className="pt-figure">
      <figcaption>
        <span className="m sm">{t('processes.times.howLong')}</span>
        <Key looks={['median', 'p90']} />
      </figcaption>
      {shown.length === 0 ? <p className="sm mut">{t('processes.times.noneDone')}</p> : null}
      <ul className="pr-list">
        {shown.map(({ node, name, median, p90 }) => (
          <li key={node} className="pt-row">
            <span className="sm">{name}</span>
            <Bar
              most={most}
              parts={[
                ['median', median],
                ['p90', p90 - median],
              ]}
            />
            <span className="sm num">{durationWords(p90)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
};

const Key = ({ looks }: { looks: readonly string[] }) => (
  <span className="row wrap xs mut">
    {looks.map((look) => (
      <span key={look} className="st quiet xs">
        <span className={`pt-key ${look}`} aria-hidden="true" /> {t(`processes.times.${look}`)}
      </span>
    ))}
  </span>
);
