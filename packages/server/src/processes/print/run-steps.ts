import type { Graph, Node } from '@aimwell/core/processes/graph';
import { stepsOf } from '../map-reads.ts';
import type { RunTold } from './histories.ts';
import { kindWords } from './words.ts';

/** A step that was late, passed by or called off, in one run. */
export interface Departure {
  readonly run: string;
  readonly process: string;
  readonly step: string;
  readonly what: string;
  readonly since: string;
  readonly due: string;
  readonly ended: string;
}

/** `2026-11-21 10:22 UTC`, sorted as it is read. */
export const minute = (moment: string | null): string => (moment === null ? '' : `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`);

export const stateWords: Readonly<Record<string, string>> = {
  done: 'done',
  current: 'under way',
  stopped: 'stopped',
  cancelled: 'called off',
  skipped: 'not reached',
  notNeeded: 'not needed',
  ahead: 'may still come',
};
export const statusWords: Readonly<Record<string, string>> = {
  active: 'in progress',
  suspended: 'suspended',
  completed: 'completed',
  terminated: 'terminated',
  failed: 'failed',
};

export const stepNameIn = ({ graph }: RunTold, node: string): string => {
  const found = graph.nodes[node];
  return found?.name ?? (found === undefined ? node : kindWords(found.kind === 'task' ? `${found.task}Task` : found.kind));
};

/** Steps of a run that were late or are missing in it, told from its history alone. */
export const departuresIn = (told: RunTold): Departure[] => {
  const base = (node: string) => ({ run: told.identifier, process: told.process.name, step: stepNameIn(told, node) });
  return [
    ...told.run.late.map(({ node, since, due, ended, outcome }) => ({
      ...base(node),
      what: outcome === 'open' ? 'late, still open' : outcome === 'cancelled' ? 'late, then called off' : 'done late',
      since: minute(since),
      due: minute(due),
      ended: minute(ended),
    })),
    ...told.run.skipped.map(({ node, why, at }) => ({
      ...base(node),
      what: why === 'cancelled' ? 'called off' : 'not reached',
      since: '',
      due: '',
      ended: minute(at),
    })),
  ];
};

const isStep = (node: Node | undefined) =>
  node !== undefined && (node.kind === 'task' || node.kind === 'call' || node.kind === 'subProcess');

/** What became of one step in a run. */
export interface StepRow {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly first: string | null;
  readonly last: string | null;
  readonly by: string;
  readonly evidence: string;
}

/** Steps of a map in the order in which a run can reach them; maps in use are kept, and so is this. */
const orders = new WeakMap<Graph, readonly string[]>();
const orderOf = (graph: Graph): readonly string[] => {
  const known = orders.get(graph) ?? stepsOf(graph).flatMap(({ id }) => (isStep(graph.nodes[id]) ? [id] : []));
  orders.set(graph, known);
  return known;
};

/** The steps of a run in the order in which they were come to; those never come to are last, in the order of the map. */
export const stepRowsOf = (told: RunTold): StepRow[] =>
  orderOf(told.graph)
    .flatMap((id): StepRow[] => {
      const own = told.run.nodes[id];
      if (own === undefined) return [];
      const done = told.done.filter(({ node }) => node === id);
      const each = (texts: readonly string[]) => [...new Set(texts)].join(', ');
      return [
        {
          id,
          name: stepNameIn(told, id),
          state: stateWords[own.state] ?? own.state,
          first: own.first,
          last: own.last,
          by: each(done.flatMap(({ by }) => by ?? [])),
          evidence: each(done.flatMap(({ evidence }) => evidence)),
        },
      ];
    })
    .toSorted((a, b) => {
      const [one, other] = [a.first ?? '~', b.first ?? '~'];
      return one < other ? -1 : one > other ? 1 : 0;
    });
