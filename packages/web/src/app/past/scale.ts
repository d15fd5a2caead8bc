import { addDays, addMonths, daysBetween } from '@aimwell/core/shared/dates';

/** The line of days under the time slider. Days are calendar days in UTC, ISO 8601; positions count from 0. */

export interface DayCount {
  readonly day: string;
  readonly entries: number;
}

export interface Scale {
  readonly from: string;
  readonly to: string;
  /** Position of the last day, which is today. */
  readonly last: number;
  readonly at: (position: number) => string;
  /** Position of a day, held inside the line. */
  readonly of: (day: string) => number;
}

/** From the day before the first entry, when there was nothing, to today; at least a week, so that a day is wide enough to point at. */
export const scaleOf = (first: string, today: string): Scale => {
  const from = [addDays(first, -1), addDays(today, -7)].toSorted()[0] as string;
  const last = daysBetween(from, today);
  return {
    from,
    to: today,
    last,
    at: (position) => addDays(from, Math.max(0, Math.min(last, Math.round(position)))),
    of: (day) => Math.max(0, Math.min(last, daysBetween(from, day))),
  };
};

export interface Bar {
  /** Left edge and width as shares of the line; height as a share of the tallest. */
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

const MOST_BARS = 120;

/** Entries as bars. Many days share one bar; heights grow with the root, so that a quiet day shows beside an import. */
export const barsOf = (days: readonly DayCount[], scale: Scale): Bar[] => {
  const slots = scale.last + 1;
  const width = Math.max(1, Math.ceil(slots / MOST_BARS));
  const sums = new Map<number, number>();
  for (const { day, entries } of days) {
    const slot = Math.floor(scale.of(day) / width);
    sums.set(slot, (sums.get(slot) ?? 0) + entries);
  }
  const most = Math.max(1, ...sums.values());
  return [...sums].map(([slot, entries]) => ({ x: (slot * width) / slots, width: width / slots, height: Math.sqrt(entries / most) }));
};

/** Where a key leads from a position: arrows a day, page keys a month, home and end the ends; undefined for other keys. */
export const keyTarget = (key: string, position: number, scale: Scale): number | undefined => {
  const day = scale.at(position);
  const target: Readonly<Record<string, () => number>> = {
    ArrowLeft: () => position - 1,
    ArrowDown: () => position - 1,
    ArrowRight: () => position + 1,
    ArrowUp: () => position + 1,
    PageDown: () => scale.of(addMonths(day, -1)),
    PageUp: () => scale.of(addMonths(day, 1)),
    Home: () => 0,
    End: () => scale.last,
  };
  const found = target[key]?.();
  return found === undefined ? undefined : Math.max(0, Math.min(scale.last, found));
};
