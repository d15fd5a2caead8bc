import type { Graph } from './graph.ts';
import type { Evaluated } from './happenings.ts';
import type { Value } from './instance.ts';

/** A start of a process that a condition over the record sets off. */
export interface ConditionalStart {
  readonly node: string;
  /** FEEL over `record` and `today`. */
  readonly condition: string;
}

/** All that a condition can ask before there is a run. */
export const seenBeforeRun: readonly string[] = ['record', 'today'];

/** What a condition answers: true, false, or why it cannot be said. */
export type Decided = boolean | { readonly problem: string };

/** The starts of the process itself that wait for a condition, in the order of the map; those of its parts listen in a run. */
export const conditionalStarts = (graph: Graph): readonly ConditionalStart[] =>
  (graph.scopes[graph.process]?.nodes ?? []).flatMap((id) => {
    const node = graph.nodes[id];
    return node?.kind === 'start' && node.trigger?.kind === 'conditional'
      ? [{ node: id, condition: node.trigger.condition.replace(/^=/, '') }]
      : [];
  });

/** An answer that is no answer to a yes-or-no question is a problem: nothing is never taken for false. */
export const decided = (condition: string, answer: Evaluated): Decided => {
  if ('problem' in answer) return answer;
  if (typeof answer.value === 'boolean') return answer.value;
  return { problem: `"${condition}" is ${describe(answer.value)}, expected true or false` };
};

const describe = (value: Value): string => (value === null ? 'nothing' : JSON.stringify(value).slice(0, 80));

/**
 * True when a condition has become true: it is, and it was not when it was last looked at. Not known is not true, neither before nor
 * now; `was` is null for what was not there before.
 */
export const rises = (was: Decided | null, is: Decided): boolean => is === true && was !== true;
