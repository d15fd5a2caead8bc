/** The middle of some numbers. */
export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** A piece of work that says how long it took, in milliseconds. */
export type Timed = () => Promise<number>;

/** Times work that does not time itself. */
export const timed =
  (work: () => Promise<unknown>): Timed =>
  async () => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };

/**
 * Runs several pieces of work in turn, so that whatever else the machine does falls on all of them alike, and answers
 * with the median of each. The first turn warms up and does not count.
 */
export const interleaved = async <Name extends string>(
  work: Readonly<Record<Name, Timed>>,
  rounds: number,
): Promise<Record<Name, number>> => {
  const names = Object.keys(work) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    // Each turn begins with another one: nobody always comes after the same neighbour.
    for (const [place] of names.entries()) {
      const name = names[(place + round) % names.length] as Name;
      const ms = await work[name]();
      if (round > 0) times[name].push(ms);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
};

/** The bar between the two organisations: the large one takes at most twice as long as the small one. */
export const BAR = 2;

/** Both organisations in turn. What is over the bar is measured again, three times as long, and the second answer counts: one busy moment is no finding. */
export const besideEachOther = async <Name extends string>(
  work: Readonly<Record<Name | 'small' | 'large', Timed>>,
  rounds: number,
): Promise<Record<Name | 'small' | 'large', number>> => {
  const found = await interleaved(work, rounds);
  return found.large / found.small > BAR ? interleaved(work, 3 * rounds) : found;
};
