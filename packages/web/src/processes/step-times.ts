import type { CycleTime, Heat, StepLine } from './calls.ts';
import { kindWords } from './step-words.ts';

/** What waits at a step now, and how long it took so far. */
export interface StepTimes {
  readonly node: string;
  readonly name: string;
  readonly waiting: number;
  readonly overdue: number;
  readonly stopped: number;
  /** Since when the oldest waits (RFC 3339); null: nothing does. */
  readonly oldest: string | null;
  readonly done: number;
  readonly late: number;
  /** Seconds; null where no task of the step was done yet. */
  readonly median: number | null;
  readonly p90: number | null;
  readonly longest: number | null;
}

/** One line for each step at which something waits or was done, in the order of the map; steps of earlier versions come last. */
export const stepTimesOf = (steps: readonly StepLine[], heat: readonly Heat[], times: readonly CycleTime[]): readonly StepTimes[] => {
  const nodes = new Set([...heat, ...times].map(({ node }) => node));
  const known = steps.map(({ id }) => id).filter((id) => nodes.has(id));
  return [...new Set([...known, ...nodes])].map((node) => {
    const step = steps.find(({ id }) => id === node);
    const hot = heat.find((one) => one.node === node);
    const time = times.find((one) => one.node === node);
    return {
      node,
      name: step?.name ?? time?.name ?? (step === undefined ? node : kindWords(step.kind)),
      waiting: hot?.count ?? 0,
      overdue: hot?.overdue ?? 0,
      stopped: hot?.incidents ?? 0,
      oldest: hot?.oldest ?? null,
      done: time?.done ?? 0,
      late: time?.late ?? 0,
      median: time?.median ?? null,
      p90: time?.p90 ?? null,
      longest: time?.longest ?? null,
    };
  });
};

export const sortable = ['map', 'waiting', 'overdue', 'oldest', 'done', 'late', 'median', 'p90', 'longest'] as const;
export type SortBy = (typeof sortable)[number];

/** The most first; of `oldest` the one that waits longest. `map` leaves the order of the map. What is not known comes last. */
export const sortTimes = (rows: readonly StepTimes[], by: SortBy): readonly StepTimes[] => {
  if (by === 'map') return rows;
  if (by === 'oldest') return rows.toSorted((one, other) => since(one) - since(other));
  return rows.toSorted((one, other) => (other[by] ?? -1) - (one[by] ?? -1));
};

const since = ({ oldest }: StepTimes): number => (oldest === null ? Number.MAX_SAFE_INTEGER : Date.parse(oldest));
