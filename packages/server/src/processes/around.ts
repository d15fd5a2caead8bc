import { registerNamed } from '@aimwell/contract/registers';
import type { Surroundings } from '@aimwell/core/processes/happenings';
import type { Value, Variables } from '@aimwell/core/processes/instance';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import { loadRows } from '../platform/register/read.ts';
import type { Runnable } from './graphs.ts';
import { evaluateFeel, stepWork } from './map/feel.ts';

export interface RecordOf {
  readonly register: string;
  readonly id: string;
}

/** What expressions see beside the variables: `record`, the values of the record that the run is about, and `today`. */
const factsFor = async (tx: Tx, context: Context, map: Runnable, record: RecordOf | null): Promise<Variables> => {
  const today = { today: context.today };
  if (!map.asksRecord || record === null) return today;
  // Whoever changes the record asks which runs wait for it; one that is about to wait is seen only if the two come one after the other.
  const [row] = await loadRows(tx, registerNamed(record.register), [record.id], { lock: map.listens });
  return row === undefined ? today : { ...today, record: JSON.parse(JSON.stringify(row)) as Value };
};

/** The surroundings of one step: the moment of the context, the zone of the run, FEEL over variables and facts. */
export const surroundingsOf = async (
  tx: Tx,
  context: Context,
  map: Runnable,
  { zone, record }: { readonly zone: string; readonly record: RecordOf | null },
): Promise<Surroundings> => {
  const now = context.now.toISOString();
  const facts = await factsFor(tx, context, map, record);
  const work = stepWork();
  return { now, zone, evaluate: (expression, variables) => evaluateFeel(expression, { ...facts, ...variables }, now, work) };
};
