import { registerNamed } from '@aimwell/contract/registers';
import { conditionalStarts, type Decided, decided, rises } from '@aimwell/core/processes/conditional-start';
import type { Value } from '@aimwell/core/processes/instance';
import { type Context, dayIn } from '../platform/context.ts';
import type { Tx, WrittenRecord } from '../platform/database/pool.ts';
import { loadRows } from '../platform/register/read.ts';
import { runnable } from './graphs.ts';
import { evaluateFeel } from './map/feel.ts';

/** A start of a version in force that asks a condition of records. */
export interface Asking {
  readonly version: string;
  readonly map: string;
  readonly node: string;
  /** RFC 3339: since when the version is in force. */
  readonly since: string | Date;
}

/** A run that is to begin. The map is named, not the version: it begins on the one that is in force by then. */
export interface Begin {
  readonly map: string;
  readonly node: string;
  readonly record: { readonly register: string; readonly id: string };
}

type Values = WrittenRecord['after'];

/** What a condition says of a record at a moment. An archived record fulfils none: nothing more is done about it. */
export const saysOf = (condition: string, record: Readonly<Record<string, unknown>>, moment: Date, zone: string): Decided => {
  if (record['archivedAt'] !== null) return false;
  const facts = { today: dayIn(zone, moment), record: JSON.parse(JSON.stringify(record)) as Value };
  return decided(condition, evaluateFeel(condition, facts, moment.toISOString()));
};

/**
 * For which of the records that were written the condition of a start has come true. What it was before is asked of the record as it
 * was, on the day of its last change, or on that on which the version came in force if that was later: so a condition about a date, too,
 * rises once. Whoever writes a record holds it, so of two writers one alone sees it rise.
 */
export const risen = async (
  tx: Tx,
  context: Context,
  register: string,
  starts: readonly Asking[],
  written: readonly WrittenRecord[],
): Promise<Begin[]> => {
  const zone = context.organisation.timeZone;
  const ids = written.map(({ after }) => after.id);
  const now = new Map<string, Values>((await loadRows(tx, registerNamed(register), ids)).map((row) => [row.id, row]));
  const begins: Begin[] = [];
  for (const { version, map, node, since } of starts) {
    const start = conditionalStarts((await runnable(tx, version)).graph).find((one) => one.node === node);
    if (start === undefined) continue;
    for (const { before, after } of written) {
      const is = saysOf(start.condition, now.get(after.id) ?? after, context.now, zone);
      if (is !== true) continue;
      const was = before === null ? null : saysOf(start.condition, before, lookedAt(before, since), zone);
      if (rises(was, is)) begins.push({ map, node, record: { register, id: after.id } });
    }
  }
  return begins;
};

const lookedAt = (before: Readonly<Record<string, unknown>>, since: string | Date): Date => {
  const times = [new Date(since).getTime(), Date.parse(String(before['updatedAt']))].filter((time) => !Number.isNaN(time));
  return new Date(Math.max(...times));
};
