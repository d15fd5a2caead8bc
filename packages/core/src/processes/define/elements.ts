import type { FlowDefinition, NodeDefinition, Nodes, StepDefinition, ThrownDefinition, TriggerDefinition } from './definition.ts';
import { edgeIds } from './picture.ts';
import { rootId } from './root.ts';
import { type Xml, xml } from './xml.ts';

const tags: Readonly<Record<NodeDefinition['kind'], string>> = {
  start: 'startEvent',
  catch: 'intermediateCatchEvent',
  throw: 'intermediateThrowEvent',
  end: 'endEvent',
  boundary: 'boundaryEvent',
  exclusive: 'exclusiveGateway',
  parallel: 'parallelGateway',
  inclusive: 'inclusiveGateway',
  eventBased: 'eventBasedGateway',
  user: 'userTask',
  manual: 'manualTask',
  service: 'serviceTask',
  send: 'sendTask',
  rule: 'businessRuleTask',
  receive: 'receiveTask',
  call: 'callActivity',
  subProcess: 'subProcess',
};

/** The flow elements of a process or sub-process: its nodes, then its flows. */
export const nodeElements = (nodes: Nodes, flows: readonly FlowDefinition[]): readonly Xml[] => {
  const ids = edgeIds('flow', flows);
  const named = flows.map((flow, index) => ({ ...flow, id: ids[index] as string }));
  return [
    ...Object.entries(nodes).map(([id, node]) =>
      xml(
        `bpmn:${tags[node.kind]}`,
        {
          id,
          name: node.name === '' ? undefined : node.name,
          ...attributesOf(node),
          default: named.find(({ from, otherwise }) => from === id && otherwise)?.id,
        },
        extension(node),
        named.flatMap((flow) => (flow.to === id ? [xml('bpmn:incoming', {}, flow.id)] : [])),
        named.flatMap((flow) => (flow.from === id ? [xml('bpmn:outgoing', {}, flow.id)] : [])),
        insideOf(node),
      ),
    ),
    ...named.map(({ id, from, to, name, when }) =>
      xml(
        'bpmn:sequenceFlow',
        { id, name, sourceRef: from, targetRef: to },
        when === undefined ? null : expression('conditionExpression', when),
      ),
    ),
  ];
};

const expression = (tag: string, body: string): Xml => xml(`bpmn:${tag}`, { 'xsi:type': 'bpmn:tFormalExpression' }, body);

const attributesOf = (node: NodeDefinition): Xml['attributes'] => {
  if (node.kind === 'boundary') return { attachedToRef: node.at, cancelActivity: node.interrupting };
  if (node.kind === 'call') return { calledElement: node.called };
  if (node.kind === 'receive') return { messageRef: rootId('message', node.message) };
  return {};
};

const insideOf = (node: NodeDefinition): readonly Xml[] => {
  if (node.kind === 'subProcess') return [...loopElement(node), ...nodeElements(node.nodes, node.flows)];
  if ('trigger' in node && node.trigger !== undefined) return [triggerElement(node.trigger)];
  if ('thrown' in node && node.thrown !== undefined) return [thrownElement(node.thrown)];
  return loopElement(node);
};

const loopElement = (node: NodeDefinition): readonly Xml[] =>
  'each' in node && node.each !== undefined
    ? [xml('bpmn:multiInstanceLoopCharacteristics', { isSequential: node.each.sequential === true ? true : undefined })]
    : [];

const triggerElement = (trigger: TriggerDefinition): Xml => {
  switch (trigger.on) {
    case 'timer':
      return xml(
        'bpmn:timerEventDefinition',
        {},
        trigger.date === undefined ? null : expression('timeDate', trigger.date),
        trigger.duration === undefined ? null : expression('timeDuration', trigger.duration),
        trigger.cycle === undefined ? null : expression('timeCycle', trigger.cycle),
      );
    case 'condition':
      return xml('bpmn:conditionalEventDefinition', {}, expression('condition', trigger.condition));
    case 'message':
    case 'signal':
      return xml(`bpmn:${trigger.on}EventDefinition`, { [`${trigger.on}Ref`]: rootId(trigger.on, trigger.name) });
    default:
      return xml(`bpmn:${trigger.on}EventDefinition`, { [`${trigger.on}Ref`]: rootId(trigger.on, trigger.code) });
  }
};

const thrownElement = (thrown: ThrownDefinition): Xml => {
  if (thrown.throws === 'terminate') return xml('bpmn:terminateEventDefinition');
  const named = 'name' in thrown ? thrown.name : thrown.code;
  return xml(`bpmn:${thrown.throws}EventDefinition`, { [`${thrown.throws}Ref`]: rootId(thrown.throws, named) });
};

const words = (list: readonly string[] | undefined): string | undefined =>
  list === undefined || list.length === 0 ? undefined : list.join(' ');

/** Our properties of a node; null when it has none. */
const extension = (node: NodeDefinition): Xml | null => {
  const { role, form, evidence, references, due, escalateTo, notBy, raci }: StepDefinition = node as StepDefinition;
  const correlation =
    node.kind === 'receive' ? node.correlation : 'trigger' in node && node.trigger?.on === 'message' ? node.trigger.correlation : undefined;
  const attributes = {
    role,
    form,
    evidence: words(evidence),
    references: words(references),
    due,
    escalateTo,
    notBy: words(notBy),
    job: 'job' in node ? node.job : undefined,
    rule: 'rule' in node ? node.rule : undefined,
    result: 'result' in node ? node.result : undefined,
    each: 'each' in node ? node.each?.list : undefined,
    as: 'each' in node ? node.each?.as : undefined,
    correlation,
  };
  const parts = Object.entries(raci ?? {}).map(([who, part]) => xml('aims:raci', { role: who, part }));
  if (parts.length === 0 && Object.values(attributes).every((value) => value === undefined)) return null;
  return xml('bpmn:extensionElements', {}, xml('aims:step', attributes, parts));
};
