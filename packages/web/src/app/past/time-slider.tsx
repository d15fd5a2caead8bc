import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { formatDay } from '../../ui/dates.ts';
import { t } from '../../ui/words.ts';
import { barsOf, type DayCount, keyTarget, type Scale } from './scale.ts';

interface Props {
  readonly scale: Scale;
  readonly days: readonly DayCount[];
  /** Days of approvals. */
  readonly marks: readonly string[];
  readonly day: string;
  /** While it moves. */
  readonly onMove: (day: string) => void;
  /** Where it came to rest. */
  readonly onRest: (day: string) => void;
}

/** A slider over the days of the trail: how much each brought, and where versions were approved. Arrow keys go by days, page keys by months. */
export const TimeSlider = ({ scale, days, marks, day, onMove, onRest }: Props) => {
  const line = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  const position = scale.of(day);
  const dayUnder = (event: PointerEvent): string => {
    const box = line.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return day;
    // A day is as wide as its slot; the pointer means the slot it stands in.
    return scale.at(Math.floor(((event.clientX - box.left) / box.width) * (scale.last + 1)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = keyTarget(event.key, position, scale);
    if (target === undefined) return;
    event.preventDefault();
    onMove(scale.at(target));
    onRest(scale.at(target));
  };
  const entries = days.find((one) => one.day === day)?.entries ?? 0;
  return (
    <div>
      <div
        ref={line}
        className="time-line"
        role="slider"
        tabIndex={0}
        aria-label={t('trail.time.slider')}
        aria-valuemin={0}
        aria-valuemax={scale.last}
        aria-valuenow={position}
        aria-valuetext={t('trail.time.dayWith', { day: formatDay(day), count: entries })}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setHeld(true);
          onMove(dayUnder(event));
        }}
        onPointerMove={(event) => {
          if (held) onMove(dayUnder(event));
        }}
        onPointerUp={(event) => {
          if (!held) return;
          setHeld(false);
          onRest(dayUnder(event));
        }}
        onPointerCancel={() => setHeld(false)}
      >
        {barsOf(days, scale).map(({ x, width, height }) => (
          <i
            key={x}
            className="time-bar"
            style={{ left: `${x * 100}%`, width: `max(2px, ${width * 100}% - 1px)`, height: Math.max(3, height * 44) }}
            aria-hidden="true"
          />
        ))}
        {marks.map((mark) => (
          <i key={mark} className="time-mark" style={{ left: share(scale.of(mark), scale) }} aria-hidden="true" />
        ))}
        <i className="time-thumb" style={{ left: share(position, scale) }} aria-hidden="true" />
      </div>
      <div className="row xs dim num" aria-hidden="true">
        <span>{formatDay(scale.from)}</span>
        <span className="grow" style={{ textAlign: 'center' }}>
          {t('trail.time.dayWith', { day: formatDay(day), count: entries })}
        </span>
        <span>{t('trail.time.today')}</span>
      </div>
    </div>
  );
};

const share = (position: number, scale: Scale): string => `${((position + 0.5) / (scale.last + 1)) * 100}%`;
