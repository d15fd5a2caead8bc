import { daysFrom, formatAgo, formatDay, formatDistance, formatMoment } from './dates.ts';
import { useHere } from './session.tsx';
import { Shape } from './shapes.tsx';

/** A calendar day. `due` says it is a deadline: past ones show as late. `distance` adds how far away it is. */
export const DayText = ({
  value,
  due = false,
  distance = false,
}: {
  value: string | null | undefined;
  due?: boolean;
  distance?: boolean;
}) => {
  const { today } = useHere();
  if (value === null || value === undefined || value === '') return <span className="dim">–</span>;
  const days = daysFrom(today(), value);
  if (due && days < 0) {
    return (
      <time dateTime={value} className="st t-bad" title={formatDay(value)}>
        <Shape kind="clock" tone="bad" />
        {formatDay(value)}
        {distance ? (
          <span>
            {' '}
            · {-days} {days === -1 ? 'day' : 'days'} late
          </span>
        ) : null}
      </time>
    );
  }
  return (
    <time dateTime={value} title={formatDistance(days)} className="nw num">
      {formatDay(value)}
      {distance ? <span className="dim">, {formatDistance(days)}</span> : null}
    </time>
  );
};

/** A moment in the organisation's time zone; `ago` shows the distance and keeps the exact time in the title. */
export const MomentText = ({ value, ago = false }: { value: string | null | undefined; ago?: boolean }) => {
  const { timeZone } = useHere();
  if (value === null || value === undefined) return <span className="dim">–</span>;
  return (
    <time dateTime={value} title={formatMoment(value, timeZone, true)} className="nw num">
      {ago ? formatAgo(value) : formatMoment(value, timeZone)}
    </time>
  );
};
