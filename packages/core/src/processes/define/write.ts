import type { NodeDefinition, Nodes, ProcessDefinition } from './definition.ts';
import { diagramOf } from './diagram.ts';
import { nodeElements } from './elements.ts';
import { edgeIds, type Picture } from './picture.ts';
import { laneElement, POOL, rootId } from './root.ts';
import { type Xml, writeXml, xml } from './xml.ts';

/**
 * A definition and its picture as BPMN 2.0 (ISO/IEC 19510) with diagram interchange. `aims` is the namespace of our properties.
 */
export const writeProcess = (definition: ProcessDefinition, picture: Picture, { aims }: { readonly aims: string }): string => {
  const { key, name, description, lanes, partners = [], messages = [], nodes, flows } = definition;
  const ids = edgeIds('message', messages);
  const collaboration =
    lanes.length === 0
      ? null
      : xml(
          'bpmn:collaboration',
          { id: 'collaboration' },
          xml('bpmn:participant', { id: POOL, name, processRef: key }),
          partners.map((partner) => xml('bpmn:participant', { id: partner.id, name: partner.name })),
          messages.map(({ from, to, name: said }, index) =>
            xml('bpmn:messageFlow', { id: ids[index], name: said, sourceRef: from, targetRef: to }),
          ),
        );
  const process = xml(
    'bpmn:process',
    { id: key, name, isExecutable: true },
    xml('bpmn:documentation', {}, description),
    lanes.length === 0 ? null : laneSet(definition),
    nodeElements(nodes, flows),
  );
  return writeXml(
    xml(
      'bpmn:definitions',
      {
        'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
        'xmlns:bpmndi': 'http://www.omg.org/spec/BPMN/20100524/DI',
        'xmlns:dc': 'http://www.omg.org/spec/DD/20100524/DC',
        'xmlns:di': 'http://www.omg.org/spec/DD/20100524/DI',
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xmlns:aims': aims,
        id: 'definitions',
        targetNamespace: 'urn:aimwell:map',
        expressionLanguage: 'https://www.omg.org/spec/DMN/20191111/FEEL/',
      },
      rootElements(nodes),
      collaboration,
      process,
      diagramOf(definition, picture),
    ),
  );
};

const laneSet = ({ lanes, nodes }: ProcessDefinition): Xml =>
  xml(
    'bpmn:laneSet',
    { id: 'lanes' },
    lanes.map((lane) =>
      xml(
        'bpmn:lane',
        { id: laneElement(lane.id), name: lane.name },
        xml('bpmn:extensionElements', {}, xml('aims:lane', { role: lane.role })),
        Object.entries(nodes).flatMap(([id, node]) => (node.lane === lane.id ? [xml('bpmn:flowNodeRef', {}, id)] : [])),
      ),
    ),
  );

/** What the nodes name: each once, in the order in which they are met. */
const rootElements = (nodes: Nodes): readonly Xml[] => {
  const found = new Map<string, Xml>();
  const add = (kind: 'message' | 'signal' | 'error' | 'escalation', name: string) => {
    const id = rootId(kind, name);
    const code = kind === 'error' ? { errorCode: name } : kind === 'escalation' ? { escalationCode: name } : {};
    found.set(id, xml(`bpmn:${kind}`, { id, name, ...code }));
  };
  const look = (node: NodeDefinition) => {
    if (node.kind === 'subProcess') for (const inner of Object.values(node.nodes)) look(inner);
    if (node.kind === 'receive') add('message', node.message);
    if ('trigger' in node && node.trigger !== undefined) {
      const { trigger } = node;
      if (trigger.on === 'message' || trigger.on === 'signal') add(trigger.on, trigger.name);
      if (trigger.on === 'error' || trigger.on === 'escalation') add(trigger.on, trigger.code);
    }
    if ('thrown' in node && node.thrown !== undefined && node.thrown.throws !== 'terminate')
      add(node.thrown.throws, 'name' in node.thrown ? node.thrown.name : node.thrown.code);
  };
  for (const node of Object.values(nodes)) look(node);
  return [...found.values()];
};
