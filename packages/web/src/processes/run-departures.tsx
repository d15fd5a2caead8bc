import { MomentText } from '../ui/date-text.tsx';
import { Card } from '../ui/page.tsx';
import { t } from '../ui/words.ts';
import type { Overlay, StepLine } from './calls.ts';
import { DepartureText } from './departure-text.tsx';

/** What of a run was late or skipped; nothing where it went as the map says. */
export const RunDepartures = ({ overlay, steps }: { overlay: Overlay; steps: readonly StepLine[] }) => {
  const nameOf = (node: string) => steps.find(({ id }) => id === node)?.name ?? node;
  const count = overlay.late.length + overlay.skipped.length;
  if (count === 0) return null;
  return (
    <Card title={t('processes.departures.title')} count={count}>
      <ul className="pr-list pr-lines sm">
        {overlay.late.map((one) => (
          <li key={`${one.node} ${one.token} ${one.since}`}>
            <span className="m">{nameOf(one.node)}</span>
            <div className="row wrap xs mut">
              <DepartureText what="late" />
              <span>
                {t('processes.departures.dueAt')} <MomentText value={one.due} />
                {one.ended === null ? `, ${t('processes.departures.open')}` : null}
              </span>
            </div>
          </li>
        ))}
        {overlay.skipped.map((one) => (
          <li key={`${one.node} ${one.why}`}>
            <span className="m">{nameOf(one.node)}</span>
            <div className="row wrap xs mut">
              <DepartureText what={one.why} />
              {one.at === null ? null : <MomentText value={one.at} />}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
};
