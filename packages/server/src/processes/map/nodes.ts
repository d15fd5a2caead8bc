import type { Loop, Node, Place, TaskKind } from '@aimwell/core/processes/graph';
import { bodyOf, type Element, extensionOf, labelOf, one, textOf, typeOf } from './element.ts';
import { definitionOf, hasSeveral, messageTrigger, resultOf, triggerOf } from './events.ts';

/** Why an element cannot be executed, in words that follow its label. */
export interface NotExecutable {
  readonly element: string;
  readonly why: string;
}
export type Built = Node | NotExecutable;
export const isNotExecutable = (built: Built): built is NotExecutable => 'why' in built;

const no = (element: Element, why: string): NotExecutable => ({ element: labelOf(element), why });

const catches: readonly string[] = [
  'MessageEventDefinition',
  'TimerEventDefinition',
  'SignalEventDefinition',
  'ConditionalEventDefinition',
];
const catchesInside: readonly string[] = [...catches, 'ErrorEventDefinition', 'EscalationEventDefinition'];

const startNode = (element: Element, place: Place): Built => {
  const definition = definitionOf(element);
  if (hasSeveral(element)) return no(element, 'waits for several events at once');
  if (definition === null) return { ...place, kind: 'start', trigger: null, interrupting: true };
  const byEvent = element.$parent !== undefined && element.$parent['triggeredByEvent'] === true;
  if (!(byEvent ? catchesInside : catches).includes(typeOf(definition)))
    return no(element, `starts by ${typeOf(definition)}, which ${byEvent ? 'no sub-process' : 'no process'} starts by here`);
  const trigger = triggerOf(element, definition);
  return trigger === null
    ? no(element, 'does not say what it waits for')
    : { ...place, kind: 'start', trigger, interrupting: element['isInterrupting'] !== false };
};

const catchNode = (element: Element, place: Place): Built => {
  const definition = definitionOf(element);
  if (hasSeveral(element)) return no(element, 'waits for several events at once');
  if (definition === null) return no(element, 'does not say what it waits for');
  if (definition.$type === 'bpmn:LinkEventDefinition') return { ...place, kind: 'linkCatch', link: textOf(definition, 'name') ?? '' };
  if (!catches.includes(typeOf(definition))) return no(element, `waits for ${typeOf(definition)}`);
  const trigger = triggerOf(element, definition);
  if (trigger === null || trigger.kind === 'error' || trigger.kind === 'escalation') return no(element, 'does not say what it waits for');
  return { ...place, kind: 'catch', trigger };
};

const throwNode = (element: Element, place: Place, kind: 'throw' | 'end'): Built => {
  const definition = definitionOf(element);
  if (hasSeveral(element)) return no(element, 'throws several events at once');
  if (definition === null) return { ...place, kind, result: null };
  if (definition.$type === 'bpmn:LinkEventDefinition' && kind === 'throw')
    return { ...place, kind: 'linkThrow', link: textOf(definition, 'name') ?? '' };
  if (definition.$type === 'bpmn:CompensateEventDefinition' || definition.$type === 'bpmn:CancelEventDefinition')
    return no(element, `throws ${typeOf(definition)}`);
  const result = resultOf(definition);
  if (result === null) return no(element, 'does not say what it throws');
  return { ...place, kind, result };
};

const boundaryNode = (element: Element, place: Place): Built => {
  const definition = definitionOf(element);
  const attachedTo = one(element, 'attachedToRef')?.id;
  if (hasSeveral(element)) return no(element, 'waits for several events at once');
  if (attachedTo === undefined) return no(element, 'is attached to nothing');
  if (definition === null || !catchesInside.includes(typeOf(definition)))
    return no(element, `waits for ${definition === null ? 'nothing' : typeOf(definition)}`);
  const trigger = triggerOf(element, definition);
  const interrupting = element['cancelActivity'] !== false;
  if (trigger === null) return no(element, 'does not say what it waits for');
  if (trigger.kind === 'error' && !interrupting) return no(element, 'catches an error without interrupting');
  return { ...place, kind: 'boundary', attachedTo, interrupting, trigger };
};

const tasks: Readonly<Record<string, TaskKind>> = {
  UserTask: 'user',
  ManualTask: 'manual',
  ServiceTask: 'service',
  SendTask: 'send',
  ReceiveTask: 'receive',
  BusinessRuleTask: 'businessRule',
};

const gateways = {
  ExclusiveGateway: 'exclusive',
  ParallelGateway: 'parallel',
  InclusiveGateway: 'inclusive',
  EventBasedGateway: 'eventBased',
} as const;

const said = (element: Element, property: string): string | null => {
  const own = extensionOf(element, 'aims:Step');
  return own === null ? null : textOf(own, property);
};

const loopOf = (element: Element): Loop | NotExecutable | null => {
  const loop = one(element, 'loopCharacteristics');
  if (loop === null) return null;
  if (loop.$type === 'bpmn:StandardLoopCharacteristics') {
    const maximum = loop['loopMaximum'];
    const condition = bodyOf(loop, 'loopCondition');
    if (condition === null && typeof maximum !== 'number') return no(element, 'repeats without a condition or a maximum');
    return { kind: 'standard', testBefore: loop['testBefore'] === true, condition, maximum: typeof maximum === 'number' ? maximum : null };
  }
  const [cardinality, collection] = [bodyOf(loop, 'loopCardinality'), said(element, 'each')];
  if (cardinality === null && collection === null) return no(element, 'does not say for how many it is done');
  return {
    kind: 'multiInstance',
    sequential: loop['isSequential'] === true,
    cardinality: collection === null ? cardinality : null,
    collection,
    item: said(element, 'as'),
    completion: bodyOf(loop, 'completionCondition'),
  };
};

const activityNode = (element: Element, place: Place): Built => {
  const loop = loopOf(element);
  if (loop !== null && 'why' in loop) return loop;
  if (element['isForCompensation'] === true) return no(element, 'is a compensation');
  if ((element['startQuantity'] ?? 1) !== 1 || (element['completionQuantity'] ?? 1) !== 1)
    return no(element, 'takes or gives several tokens at once');
  const base = { ...place, loop, defaultFlow: one(element, 'default')?.id ?? null };
  const type = typeOf(element);
  if (type === 'SubProcess') return { ...base, kind: 'subProcess', byEvent: element['triggeredByEvent'] === true };
  if (type === 'CallActivity') {
    const called = textOf(element, 'calledElement');
    const version = extensionOf(element, 'aims:Step')?.['calledVersion'];
    return called === null
      ? no(element, 'calls nothing')
      : { ...base, kind: 'call', called, version: typeof version === 'number' ? version : null };
  }
  const task = tasks[type] as TaskKind;
  const job = task === 'service' || task === 'send' ? said(element, 'job') : null;
  const trigger = task === 'receive' ? messageTrigger(element, element) : null;
  const expression = task === 'businessRule' ? said(element, 'rule') : null;
  if ((task === 'service' || task === 'send') && job === null) return no(element, 'does not say which job it does');
  if (task === 'receive' && trigger === null) return no(element, 'does not say which message it waits for');
  if (task === 'businessRule' && expression === null) return no(element, 'has no rule');
  return { ...base, kind: 'task', task, job, trigger, expression, result: task === 'businessRule' ? said(element, 'result') : null };
};

/** What the engine makes of a flow node, or why it cannot execute it. */
export const nodeOf = (element: Element, place: Place): Built => {
  const type = typeOf(element);
  if (type === 'StartEvent') return startNode(element, place);
  if (type === 'IntermediateCatchEvent') return catchNode(element, place);
  if (type === 'IntermediateThrowEvent') return throwNode(element, place, 'throw');
  if (type === 'EndEvent') return throwNode(element, place, 'end');
  if (type === 'BoundaryEvent') return boundaryNode(element, place);
  if (type === 'SubProcess' || type === 'CallActivity' || Object.hasOwn(tasks, type)) return activityNode(element, place);
  if (Object.hasOwn(gateways, type))
    return {
      ...place,
      kind: 'gateway',
      gateway: gateways[type as keyof typeof gateways],
      defaultFlow: one(element, 'default')?.id ?? null,
    };
  if (type === 'Task') return no(element, 'does not say who does it: make it a user, manual or service task');
  if (type === 'ScriptTask') return no(element, 'runs a script, which no map may: make it a service task or a business rule');
  return no(element, 'is not executed here');
};
