const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long after each failed try the next one is due, in milliseconds. When none is left the message is parked. */
const delays = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR] as const;

/** How often a message is tried before a person has to look at it. */
export const mostTries = delays.length + 1;

/** Milliseconds until the next try after this many failed ones; null when there is none. */
export const delayAfter = (tries: number): number | null => delays[tries - 1] ?? null;
