import type { Graph, Node } from './graph.ts';
import type { Happening } from './happenings.ts';
import type { Instance } from './instance.ts';
import { reachableFrom, wantedIn } from './onward.ts';
import { dueOf } from './tasks.ts';

/** A line of the history with its moment (RFC 3339). */
export type Told = Happening & { readonly at: string };

/** What became of one node in one run: what the overlay of the map shows. */
export interface NodeRun {
  /**
   * `stopped`: an incident stands here. `skipped`: it was to be come to and was not. `notNeeded`: on a way that was not taken, for
   * what did not go wrong, or another start. `ahead`: it may still come.
   */
  readonly state: 'done' | 'current' | 'stopped' | 'cancelled' | 'skipped' | 'notNeeded' | 'ahead';
  readonly done: number;
  readonly current: number;
  readonly stopped: number;
  readonly cancelled: number;
  /** Of a loop: rounds done and under way; those of its own are not counted above. */
  readonly rounds: { readonly done: number; readonly current: number } | null;
  /** Moments of the first and the last that happened here; null where nothing did. */
  readonly first: string | null;
  readonly last: string | null;
  /** Since when the oldest token stands here; null where none does. */
  readonly since: string | null;
}

export interface LateStep {
  readonly node: string;
  readonly token: number;
  readonly since: string;
  readonly due: string;
  /** When it was done or taken away; null while it is open. */
  readonly ended: string | null;
  readonly outcome: 'completed' | 'cancelled' | 'open';
}

export interface SkippedStep {
  readonly node: string;
  /** Never begun, though the regular way through the map leads to it; or begun and taken away undone. */
  readonly why: 'notReached' | 'cancelled';
  readonly at: string | null;
}

export interface RunDescription {
  readonly status: Instance['status'];
  readonly nodes: Readonly<Record<string, NodeRun>>;
  /** How often each flow was taken. */
  readonly flows: Readonly<Record<string, number>>;
  readonly late: readonly LateStep[];
  readonly skipped: readonly SkippedStep[];
}

interface Stay {
  readonly node: string;
  readonly token: number;
  readonly round: boolean;
  readonly since: string;
  readonly stopped: boolean;
  readonly ended: string | null;
  readonly outcome: LateStep['outcome'] | 'retried';
}

/**
 * Tells one run from its history alone: each node, each flow, which steps are late and which were skipped. Audit evidence, so it asks
 * nothing but what was written down. `now` (RFC 3339) decides what is late among what is still open, `zone` is that of due dates.
 */
export const describeRun = (
  graph: Graph,
  told: readonly Told[],
  { now, zone }: { readonly now: string; readonly zone: string },
): RunDescription => {
  const stays = staysOf(told);
  const standing = new Set(stays.filter(({ ended }) => ended === null).map(({ node }) => node));
  const ended = told.findLast((line) => line.what === 'ended')?.status;
  const isHeldUp = told.findLast(({ what }) => what === 'suspended' || what === 'resumed')?.what === 'suspended';
  const status = ended ?? (isHeldUp ? 'suspended' : 'active');
  const ahead = ended === undefined ? reachableFrom(graph, standing) : new Set<string>();
  // What only came while the run was suspended has done nothing yet.
  const lines = Map.groupBy(told, (line) => ('node' in line && line.what !== 'held' ? line.node : ''));
  const staysAt = Map.groupBy(stays, ({ node }) => node);
  const flows: Record<string, number> = {};
  for (const line of told) if (line.what === 'taken') flows[line.flow] = (flows[line.flow] ?? 0) + 1;
  const counted = Object.values(graph.nodes).map((node) => nodeRunOf(node, lines.get(node.id) ?? [], staysAt.get(node.id) ?? []));
  const done = new Set(counted.flatMap((one) => (one.done > 0 ? [one.id] : [])));
  const wanted = wantedIn(graph, { done, taken: new Set(Object.keys(flows)) });
  const nodes = Object.fromEntries(
    counted.map(({ id, was, ...counts }): [string, NodeRun] => [
      id,
      { state: was ?? (ahead.has(id) ? 'ahead' : wanted.has(id) ? 'skipped' : 'notNeeded'), ...counts },
    ]),
  );
  return { status, nodes, flows, late: lateOf(graph, stays, now, zone), skipped: skippedOf(graph, nodes) };
};

/** Each stay of a token at a node, from the line that it came to the line that it went. */
const staysOf = (told: readonly Told[]): readonly Stay[] => {
  const stays: Stay[] = [];
  const open = new Map<number, number>();
  for (const line of told) {
    if (line.what === 'entered') {
      open.set(line.token, stays.length);
      stays.push({ node: line.node, token: line.token, round: line.round, since: line.at, stopped: false, ended: null, outcome: 'open' });
    } else if (line.what === 'incident' || line.what === 'completed' || line.what === 'cancelled' || line.what === 'retried') {
      const index = open.get(line.token);
      const stay = index === undefined ? undefined : stays[index];
      if (index === undefined || stay === undefined) continue;
      stays[index] = line.what === 'incident' ? { ...stay, stopped: true } : { ...stay, ended: line.at, outcome: line.what };
      if (line.what !== 'incident') open.delete(line.token);
    }
  }
  return stays;
};

/** What a node has seen. `was` is null where that is nothing. */
type Counted = Omit<NodeRun, 'state'> & { readonly id: string; readonly was: NodeRun['state'] | null };

const nodeRunOf = (node: Node, lines: readonly Told[], stays: readonly Stay[]): Counted => {
  // A gateway that joins is done when it lets pass, not when each token has come; in a round the whole activity is not yet done.
  const joins = node.kind === 'gateway' && node.gateway !== 'eventBased';
  const whole = stays.filter(({ round }) => !round);
  const passed = lines.filter(({ what }) => what === 'passed' || what === 'fired').length;
  const done = passed + (joins ? 0 : whole.filter(({ outcome }) => outcome === 'completed').length);
  const open = stays.filter(({ ended }) => ended === null);
  const stopped = open.filter((stay) => stay.stopped).length;
  const current = open.filter((stay) => !stay.round && !stay.stopped).length;
  const cancelled = whole.filter(({ outcome }) => outcome === 'cancelled').length;
  const rounds = stays.filter(({ round }) => round);
  const was = stopped > 0 ? 'stopped' : open.length > 0 ? 'current' : done > 0 ? 'done' : cancelled > 0 ? 'cancelled' : null;
  return {
    id: node.id,
    was,
    done,
    current,
    stopped,
    cancelled,
    rounds:
      'loop' in node && node.loop !== null
        ? {
            done: rounds.filter(({ outcome }) => outcome === 'completed').length,
            current: rounds.filter(({ ended }) => ended === null).length,
          }
        : null,
    first: lines[0]?.at ?? null,
    last: lines.at(-1)?.at ?? null,
    since: open[0]?.since ?? null,
  };
};

const lateOf = (graph: Graph, stays: readonly Stay[], now: string, zone: string): LateStep[] =>
  stays.flatMap(({ node, token, round, since, ended, outcome }): LateStep[] => {
    const place = graph.nodes[node];
    if (place === undefined || outcome === 'retried') return [];
    // In a loop the rounds are the work, and the token of the whole only waits for them.
    if ('loop' in place && place.loop !== null && !round) return [];
    const due = dueOf(place.step, since, zone);
    return due !== null && Date.parse(ended ?? now) > Date.parse(due) ? [{ node, token, since, due, ended, outcome }] : [];
  });

const isStep = (node: Node) => node.kind === 'task' || node.kind === 'call' || (node.kind === 'subProcess' && !node.byEvent);

const skippedOf = (graph: Graph, nodes: Readonly<Record<string, NodeRun>>): SkippedStep[] =>
  Object.values(graph.nodes).flatMap((node): SkippedStep[] => {
    const run = nodes[node.id];
    if (run === undefined || !isStep(node)) return [];
    if (run.state === 'cancelled') return [{ node: node.id, why: 'cancelled', at: run.last }];
    // What is inside a step not reached goes without saying.
    const within = nodes[node.scope]?.state === 'skipped';
    return run.state === 'skipped' && !within ? [{ node: node.id, why: 'notReached', at: null }] : [];
  });
