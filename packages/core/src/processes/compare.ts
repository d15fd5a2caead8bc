import type { Flow, Graph, Loop, Node, Result, Step, Trigger } from './graph.ts';

/** One line of what changed between two versions of a map. Texts are those of the map; null where there is none. */
export interface Difference {
  readonly what: 'added' | 'removed' | 'changed';
  readonly kind: 'process' | 'step' | 'event' | 'gateway' | 'flow';
  readonly id: string;
  /** As the newer version calls it. */
  readonly name: string | null;
  /** What of it changed; null where the whole came or went. */
  readonly field: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * What changed between two versions, read off the maps as they run: steps, their roles, forms, evidence, times and other properties,
 * timers and conditions, lanes and flows. Places of shapes in the drawing are no change.
 */
export const compareGraphs = (before: Graph, after: Graph): readonly Difference[] => [
  ...fieldsOf(
    { kind: 'process', id: after.process, name: after.name },
    { id: before.process, name: before.name },
    { id: after.process, name: after.name },
  ),
  ...pairs(before.nodes, after.nodes).flatMap(([old, now]) => compareTwo(old, now, kindOf, nodeFields)),
  ...pairs(before.flows, alike(before.flows, after.flows)).flatMap(([old, now]) => compareTwo(old, now, () => 'flow', flowFields)),
];

type Fields = Readonly<Record<string, string | null>>;
type Named = { readonly id: string; readonly name: string | null };

const pairs = <T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): readonly (readonly [T | undefined, T | undefined])[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].map((id) => [before[id], after[id]] as const);

/** Flows that have no id of their own in the file are numbered: one of the same ends is the same, whatever its number. */
const alike = (before: Readonly<Record<string, Flow>>, after: Readonly<Record<string, Flow>>): Readonly<Record<string, Flow>> => {
  const free = Object.values(before).filter(({ id }) => after[id] === undefined);
  return Object.fromEntries(
    Object.values(after).map((flow) => {
      const index = before[flow.id] === undefined ? free.findIndex(({ from, to }) => from === flow.from && to === flow.to) : -1;
      const [same] = index < 0 ? [] : free.splice(index, 1);
      return [same?.id ?? flow.id, flow];
    }),
  );
};

const compareTwo = <T extends Named>(
  before: T | undefined,
  after: T | undefined,
  kind: (one: T) => Difference['kind'],
  fields: (one: T) => Fields,
): readonly Difference[] => {
  const one = after ?? before;
  if (one === undefined) return [];
  const about = { kind: kind(one), id: one.id, name: one.name };
  if (before === undefined || after === undefined)
    return [{ what: before === undefined ? 'added' : 'removed', ...about, field: null, before: null, after: null }];
  return fieldsOf(about, fields(before), fields(after));
};

const fieldsOf = (about: Pick<Difference, 'kind' | 'id' | 'name'>, before: Fields, after: Fields): readonly Difference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const [old, now] = [before[field] ?? null, after[field] ?? null];
    return old === now ? [] : [{ what: 'changed' as const, ...about, field, before: old, after: now }];
  });

const kindOf = (node: Node): Difference['kind'] => {
  if (node.kind === 'gateway') return 'gateway';
  return node.kind === 'task' || node.kind === 'call' || node.kind === 'subProcess' ? 'step' : 'event';
};

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const words = (list: readonly string[]): string | null => (list.length === 0 ? null : list.join(', '));

const flowFields = ({ name, from, to, condition }: Flow): Fields => ({ name, from, to, condition });

const nodeFields = (node: Node): Fields => ({
  name: node.name,
  kind: node.kind === 'task' ? `${node.task} task` : node.kind === 'gateway' ? `${node.gateway} gateway` : node.kind,
  within: node.scope,
  lane: node.lane,
  ...stepFields(node.step),
  ...('trigger' in node ? triggerFields(node.trigger) : {}),
  ...('interrupting' in node ? { interrupting: yesNo(node.interrupting) } : {}),
  ...('attachedTo' in node ? { attachedTo: node.attachedTo } : {}),
  ...('link' in node ? { link: node.link } : {}),
  ...('defaultFlow' in node ? { defaultFlow: node.defaultFlow } : {}),
  ...('loop' in node ? loopFields(node.loop) : {}),
  ...('byEvent' in node ? { byEvent: yesNo(node.byEvent) } : {}),
  ...(node.kind === 'throw' || node.kind === 'end' ? { throws: resultOf(node.result) } : {}),
  ...(node.kind === 'task' ? { job: node.job, rule: node.expression, result: node.result } : {}),
  ...(node.kind === 'call' ? { calls: node.called, version: node.version === null ? null : String(node.version) } : {}),
});

const stepFields = ({ role, form, evidence, references, due, escalateTo, notBy, raci }: Step): Fields => ({
  role,
  form,
  evidence: words(evidence),
  references: words(references),
  due,
  escalateTo,
  notBy: words(notBy),
  raci: words(
    Object.entries(raci)
      .map(([who, part]) => `${who}: ${part}`)
      .toSorted(),
  ),
});

const triggerFields = (trigger: Trigger | null): Fields => {
  if (trigger === null) return { waitsFor: null };
  switch (trigger.kind) {
    case 'timer': {
      const { rule } = trigger;
      return { waitsFor: 'timer', timer: rule.kind === 'date' ? rule.at : rule.kind === 'duration' ? rule.duration : rule.cycle };
    }
    case 'message':
      return { waitsFor: 'message', message: trigger.name, correlation: trigger.correlation };
    case 'signal':
      return { waitsFor: 'signal', signal: trigger.name };
    case 'conditional':
      return { waitsFor: 'condition', condition: trigger.condition };
    default:
      return { waitsFor: trigger.kind, code: trigger.code };
  }
};

const resultOf = (result: Result | null): string | null => {
  if (result === null) return null;
  if (result.kind === 'terminate') return 'terminate';
  const what = 'name' in result ? result.name : result.code;
  return what === null ? result.kind : `${result.kind} ${what}`;
};

const loopFields = (loop: Loop | null): Fields => {
  if (loop === null) return { repeats: null };
  if (loop.kind === 'standard')
    return {
      repeats: loop.testBefore ? 'while' : 'until',
      loopCondition: loop.condition,
      maximum: loop.maximum === null ? null : String(loop.maximum),
    };
  return {
    repeats: loop.sequential ? 'one after another' : 'all at once',
    each: loop.collection ?? loop.cardinality,
    item: loop.item,
    completion: loop.completion,
  };
};
