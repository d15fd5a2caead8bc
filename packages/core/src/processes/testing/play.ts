import type { Graph } from '../graph.ts';
import type { Effect, Evaluated, Happening, ProcessEvent, Surroundings } from '../happenings.ts';
import type { Instance, Value, Variables } from '../instance.ts';
import { type Beginning, startInstance, type Step, step } from '../step.ts';
import { brokenIn } from './invariants.ts';

/** Enough of an expression language for tests: values, names, `a = 1`, `a >= b`. What is not known is a problem. */
export const evaluate = (expression: string, variables: Variables): Evaluated => {
  const found = /^(\S+)\s+(=|<|>|>=|<=)\s+(\S+)$/.exec(expression.trim());
  if (found === null) return operand(expression.trim(), variables);
  const [left, right] = [operand(found[1] ?? '', variables), operand(found[3] ?? '', variables)];
  if ('problem' in left) return left;
  if ('problem' in right) return right;
  const [a, b] = [left.value as number, right.value as number];
  const answers = { '=': a === b, '<': a < b, '>': a > b, '>=': a >= b, '<=': a <= b };
  return { value: answers[found[2] as keyof typeof answers] };
};
const operand = (text: string, variables: Variables): Evaluated => {
  if (Object.hasOwn(variables, text)) return { value: variables[text] as Value };
  try {
    return { value: JSON.parse(text) as Value };
  } catch {
    return { problem: `no variable "${text}"` };
  }
};

export interface Options extends Partial<Beginning> {
  readonly now?: string;
  readonly zone?: string;
}

/** Plays a map: names of nodes in, what stands and what happened out. Every state on the way is held against the invariants. */
export const play = (
  graph: Graph,
  variables: Variables = {},
  { now = '2026-01-01T00:00:00.000Z', zone = 'UTC', ...more }: Options = {},
) => {
  let around: Surroundings = { now, zone, evaluate };
  const beginning: Beginning = { id: 'run', start: null, called: false, ...more, variables };
  const log: { readonly event: ProcessEvent; readonly around: Surroundings }[] = [];
  const all: Happening[] = [];
  const stages: Instance[] = [];
  let last: readonly Happening[] = [];
  let effects: readonly Effect[] = [];
  const take = (outcome: Step): Instance => {
    if ('refused' in outcome) throw new Error(outcome.refused.map(({ code, message }) => `${code}: ${message}`).join('; '));
    all.push(...outcome.happened);
    [last, effects] = [outcome.happened, outcome.effects];
    const broken = brokenIn(graph, outcome.instance, all);
    if (broken.length > 0) throw new Error(broken.slice(0, 3).join('; '));
    stages.push(outcome.instance);
    return outcome.instance;
  };
  let instance = take(startInstance(graph, beginning, around));
  const send = (event: ProcessEvent) => {
    const outcome = step(graph, instance, event, around);
    log.push({ event, around });
    instance = take(outcome);
    return run;
  };
  const tokenAt = (node: string, ...kinds: string[]): number => {
    const token = instance.tokens.find((one) => one.node === node && kinds.includes(one.wait.kind));
    if (token === undefined) throw new Error(`expected a token at "${node}", got ${run.at.join(', ')}`);
    return token.id;
  };
  const subscriptionAt = (node: string): number => {
    const found = instance.subscriptions.find((one) => one.node === node);
    if (found === undefined) throw new Error(`expected to wait at "${node}", got ${run.waits.join(', ')}`);
    return found.id;
  };
  const run = {
    /** Where tokens stand, hosts and joins too. */
    get at() {
      return instance.tokens.map(({ node, wait }) => `${node}${wait.kind === 'incident' ? `!${wait.code}` : ''}`).toSorted();
    },
    /** What people and jobs are asked to do, and what is called. */
    get open() {
      return instance.tokens.flatMap(({ node, wait }) => (['task', 'job', 'call'].includes(wait.kind) ? [node] : [])).toSorted();
    },
    get waits() {
      return instance.subscriptions.map(({ node }) => node).toSorted();
    },
    get status() {
      return instance.status;
    },
    get instance() {
      return instance;
    },
    get variables() {
      return instance.scopes[0]?.variables ?? {};
    },
    /** Happenings of the last event in short: `entered a`, `taken a-b`. */
    get last() {
      return last.map(short);
    },
    /** The run after each event. */
    get stages() {
      return stages;
    },
    get all() {
      return all;
    },
    get effects() {
      return effects;
    },
    complete: (node: string, more: Variables = {}) =>
      send({ kind: 'complete', token: tokenAt(node, 'task', 'job', 'call'), variables: more }),
    fire: (node: string, more: Variables = {}) => send({ kind: 'fire', subscription: subscriptionAt(node), variables: more }),
    error: (node: string, code: string | null) =>
      send({ kind: 'error', token: tokenAt(node, 'task', 'job', 'call'), code, message: 'It failed.' }),
    escalate: (node: string, code: string | null) => send({ kind: 'escalate', token: tokenAt(node, 'task', 'job', 'call'), code }),
    giveUp: (node: string) =>
      send({ kind: 'incident', token: tokenAt(node, 'task', 'job', 'call'), code: 'JOB_FAILED', message: 'Tried five times.' }),
    retry: (node: string, more: Variables = {}) => send({ kind: 'retry', token: tokenAt(node, 'incident'), variables: more }),
    set: (more: Variables) => send({ kind: 'variables', variables: more }),
    terminate: () => send({ kind: 'terminate' }),
    send,
    due: (node: string) => instance.subscriptions.find((one) => one.node === node)?.due ?? null,
    clock: (moment: string) => {
      around = { ...around, now: moment };
      return run;
    },
    get events() {
      return log.map(({ event }) => event);
    },
    /** Plays the same events once more from the beginning; `kept` is what becomes of a run between two of them. */
    replay: (kept: (instance: Instance) => Instance = (instance) => instance): Instance => {
      const first = startInstance(graph, beginning, { now, zone, evaluate });
      return log.reduce<Instance>((before, one) => instanceIn(step(graph, kept(before), one.event, one.around)), instanceIn(first));
    },
  };
  return run;
};

const instanceIn = (outcome: Step): Instance => {
  if ('refused' in outcome) throw new Error(`refused on replay: ${outcome.refused[0]?.code}`);
  return outcome.instance;
};

const short = (one: Happening): string => {
  if (one.what === 'taken') return `taken ${one.flow}`;
  if (one.what === 'ended') return `ended ${one.status}`;
  if (one.what === 'suspended' || one.what === 'resumed') return one.what;
  return `${one.what} ${one.node}`;
};
