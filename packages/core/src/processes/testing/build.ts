import type { Flow, Graph, Loop, Node, Place, Result, Scope, Step, TaskKind, TimerRule, Trigger } from '../graph.ts';

/** A few words that build a map for a test: nodes, and flows as `flow('start a end')`. */
type Bare = Node extends infer N ? (N extends Node ? Omit<N, Exclude<keyof Place, 'id' | 'step'>> : never) : never;
export type Part =
  | { readonly node: Bare; readonly inside?: readonly Part[] }
  | { readonly from: string; readonly to: string; readonly condition: string | null };

const nothing: Step = { role: null, form: null, evidence: [], references: [], due: null, escalateTo: null, notBy: [], raci: {} };
const part = (node: Bare, inside?: readonly Part[]): Part => (inside === undefined ? { node } : { node, inside });
const bare = (id: string) => ({ id, step: nothing });

export const timer = (duration: string): Trigger & { kind: 'timer' } => ({ kind: 'timer', rule: { kind: 'duration', duration } });
export const timerOf = (rule: TimerRule): Trigger & { kind: 'timer' } => ({ kind: 'timer', rule });
export const cycle = (text: string) => timerOf({ kind: 'cycle', cycle: text });
export const message = (name: string, correlation: string | null = null) => ({ kind: 'message', name, correlation }) as const;
export const signal = (name: string) => ({ kind: 'signal', name }) as const;
export const condition = (text: string) => ({ kind: 'conditional', condition: text }) as const;
export const error = (code: string | null) => ({ kind: 'error', code }) as const;
export const escalation = (code: string | null) => ({ kind: 'escalation', code }) as const;
export const terminate = { kind: 'terminate' } as const;

export const start = (id: string, trigger: Trigger | null = null, interrupting = true) =>
  part({ ...bare(id), kind: 'start', trigger, interrupting });
export const end = (id: string, result: Result | null = null) => part({ ...bare(id), kind: 'end', result });
export const waitFor = (id: string, trigger: Extract<Node, { kind: 'catch' }>['trigger']) => part({ ...bare(id), kind: 'catch', trigger });
export const throws = (id: string, result: Result | null = null) => part({ ...bare(id), kind: 'throw', result });
export const linkTo = (id: string, link: string) => part({ ...bare(id), kind: 'linkThrow', link });
export const linkFrom = (id: string, link: string) => part({ ...bare(id), kind: 'linkCatch', link });
export const boundary = (id: string, attachedTo: string, trigger: Trigger, interrupting = true) =>
  part({ ...bare(id), kind: 'boundary', attachedTo, interrupting, trigger });

interface Doing {
  readonly loop?: Loop;
  readonly otherwise?: string;
  readonly step?: Partial<Step>;
}
const task = (id: string, kind: TaskKind, { loop, otherwise, step }: Doing, more: Partial<Extract<Node, { kind: 'task' }>> = {}) =>
  part({
    ...bare(id),
    step: { ...nothing, ...step },
    kind: 'task',
    task: kind,
    job: null,
    trigger: null,
    expression: null,
    result: null,
    loop: loop ?? null,
    defaultFlow: otherwise ?? null,
    ...more,
  });
export const user = (id: string, doing: Doing = {}) => task(id, 'user', doing);
export const manual = (id: string, doing: Doing = {}) => task(id, 'manual', doing);
export const service = (id: string, doing: Doing = {}) => task(id, 'service', doing, { job: `${id}.job` });
export const send = (id: string, doing: Doing = {}) => task(id, 'send', doing, { job: `${id}.send` });
export const receive = (id: string, trigger: Trigger, doing: Doing = {}) => task(id, 'receive', doing, { trigger });
export const rule = (id: string, expression: string, result: string, doing: Doing = {}) =>
  task(id, 'businessRule', doing, { expression, result });

const gateway =
  (kind: Extract<Node, { kind: 'gateway' }>['gateway']) =>
  (id: string, otherwise: string | null = null) =>
    part({ ...bare(id), kind: 'gateway', gateway: kind, defaultFlow: otherwise });
export const exclusive = gateway('exclusive');
export const parallel = gateway('parallel');
export const inclusive = gateway('inclusive');
export const firstOf = gateway('eventBased');

export const sub = (id: string, inside: readonly Part[], { loop, otherwise }: Doing = {}) =>
  part({ ...bare(id), kind: 'subProcess', byEvent: false, loop: loop ?? null, defaultFlow: otherwise ?? null }, inside);
export const onEvent = (id: string, inside: readonly Part[]) =>
  part({ ...bare(id), kind: 'subProcess', byEvent: true, loop: null, defaultFlow: null }, inside);
export const call = (id: string, { loop, otherwise }: Doing = {}, version: number | null = null) =>
  part({ ...bare(id), kind: 'call', called: `${id}-called`, version, loop: loop ?? null, defaultFlow: otherwise ?? null });

const many = (sequential: boolean, completion: string | null) => ({ kind: 'multiInstance', sequential, completion }) as const;
export const times = (cardinality: string, { sequential = false, until = null as string | null } = {}): Loop => ({
  ...many(sequential, until),
  cardinality,
  collection: null,
  item: null,
});
export const eachOf = (collection: string, item: string, { sequential = false, until = null as string | null } = {}): Loop => ({
  ...many(sequential, until),
  cardinality: null,
  collection,
  item,
});
export const again = (text: string | null, { before = false, maximum = null as number | null } = {}): Loop => ({
  kind: 'standard',
  testBefore: before,
  condition: text,
  maximum,
});

/** `flow('a b c')` leads from a to b to c. Its ids are `a-b`, `b-c`. */
export const flow = (nodes: string): readonly Part[] => {
  const ids = nodes.trim().split(/\s+/);
  return ids.slice(1).map((to, index) => ({ from: ids[index] ?? '', to, condition: null }));
};
/** A flow that is taken when its condition holds. */
export const when = (text: string, nodes: string): readonly Part[] =>
  flow(nodes).map((one, index) => ('from' in one && index === 0 ? { ...one, condition: text } : one));

export type Parts = readonly (Part | readonly Part[])[];
export const parts = (...all: Parts): readonly Part[] => all.flat() as Part[];

/** The map of these parts; its process is called `p`. */
export const map = (...all: Parts): Graph => {
  const scopes: Record<string, Scope> = {};
  const flows: Record<string, Flow> = {};
  const found: { readonly scope: string; readonly node: Bare }[] = [];
  const walk = (id: string, parent: string | null, inside: readonly Part[]) => {
    const nodes = inside.flatMap((one) => ('node' in one ? [one.node] : []));
    scopes[id] = {
      id,
      parent,
      nodes: nodes.map((node) => node.id),
      eventSubProcesses: nodes.flatMap((node) => (node.kind === 'subProcess' && node.byEvent ? [node.id] : [])),
    };
    for (const one of inside)
      if ('node' in one) {
        if (found.some(({ node }) => node.id === one.node.id)) throw new Error(`expected one node "${one.node.id}", got two`);
        found.push({ scope: id, node: one.node });
        if (one.inside !== undefined) walk(one.node.id, id, one.inside);
      } else flows[`${one.from}-${one.to}`] = { ...one, id: `${one.from}-${one.to}`, name: null };
  };
  walk('p', null, parts(...all));
  const ids = (key: 'from' | 'to', node: string) => Object.values(flows).flatMap((one) => (one[key] === node ? [one.id] : []));
  const nodes = Object.fromEntries(
    found.map(({ scope, node }) => [
      node.id,
      { ...node, name: null, scope, lane: null, incoming: ids('to', node.id), outgoing: ids('from', node.id) } as Node,
    ]),
  );
  return { process: 'p', name: 'p', scopes, nodes, flows };
};
