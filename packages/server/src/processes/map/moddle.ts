import { aimsDescriptor } from '@aimwell/contract/processes/extension';
import { BpmnModdle } from 'bpmn-moddle';
import type { Element } from './element.ts';

/** A reader and writer of BPMN 2.0 files that knows our namespace. */
export const createModdle = (): BpmnModdle => {
  const moddle = new BpmnModdle({ aims: aimsDescriptor });
  // Left alone, it writes a message path under the name of its type, which the schema does not take there.
  const path = moddle.getType('bpmn:CorrelationPropertyRetrievalExpression').$descriptor.propertiesByName['bpmn:messagePath'];
  if (path !== undefined) path.xml = { ...path.xml, serialize: 'property' };
  // The schema takes none of these for granted; left out, x="0" makes a file that is not valid.
  for (const [type, names] of Object.entries(said))
    for (const name of names) delete moddle.getType(type).$descriptor.propertiesByName[name]?.default;
  return moddle;
};

const said: Readonly<Record<string, readonly string[]>> = {
  'dc:Point': ['dc:x', 'dc:y'],
  'dc:Bounds': ['dc:x', 'dc:y'],
  'bpmndi:BPMNEdge': ['bpmndi:messageVisibleKind'],
  'bpmn:CompensateEventDefinition': ['bpmn:waitForCompletion'],
};

/** A reference to what is not in the file, such as the type of an imported schema: read as nothing, and written as it came. */
interface Unresolved {
  readonly element: Element;
  readonly property: string;
  readonly value: string;
}

const unresolved = new WeakMap<Element, readonly Unresolved[]>();

type Warnings = Awaited<ReturnType<BpmnModdle['fromXML']>>['warnings'];

/** Remembers, for `withUnresolved`, which references of a file lead out of it. */
export const keepUnresolved = (definitions: Element, warnings: Warnings): void => {
  const found = warnings.flatMap(({ element, property, value }) =>
    element === undefined || property === undefined || typeof value !== 'string' ? [] : [{ element: element as Element, property, value }],
  );
  unresolved.set(definitions, found);
};

/** Does something while references that lead out of the file stand in their places. */
export const withUnresolved = async <T>(definitions: Element, act: () => Promise<T>): Promise<T> => {
  const undo = (unresolved.get(definitions) ?? []).map(({ element, property, value }) => {
    const model = element as unknown as { get: (name: string) => unknown; set: (name: string, value: unknown) => void };
    const list = model.get(property);
    const standIn = { id: value };
    if (!Array.isArray(list)) {
      // What somebody set since then stays.
      if (list !== undefined && list !== null) return () => undefined;
      model.set(property, standIn);
      return () => model.set(property, undefined);
    }
    list.push(standIn);
    return () => list.splice(list.indexOf(standIn), 1);
  });
  try {
    return await act();
  } finally {
    for (const back of undo) back();
  }
};
