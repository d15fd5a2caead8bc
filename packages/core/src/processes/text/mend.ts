/**
 * What the library that reads and writes BPMN files loses, and how it is kept. Server and drawing editor read and write with the same
 * library, so both mend it by these functions: a file that went through either says the same as before.
 */

interface Property {
  readonly name: string;
  default?: unknown;
  xml?: Readonly<Record<string, unknown>>;
}
/** As much of moddle as is mended. */
export interface Mendable {
  readonly getType: (name: string) => { readonly $descriptor: { readonly propertiesByName: Readonly<Record<string, Property>> } };
}

/** Makes the library write what the schema of BPMN 2.0 takes. Changes the one handed in. */
export const mendWriter = (moddle: Mendable): void => {
  // Left alone, it writes a message path under the name of its type, which the schema does not take there.
  const path = moddle.getType('bpmn:CorrelationPropertyRetrievalExpression').$descriptor.propertiesByName['bpmn:messagePath'];
  if (path !== undefined) path.xml = { ...path.xml, serialize: 'property' };
  // The schema takes none of these for granted; left out, x="0" makes a file that is not valid.
  for (const [type, names] of Object.entries(said))
    for (const name of names) delete moddle.getType(type).$descriptor.propertiesByName[name]?.default;
};

const said: Readonly<Record<string, readonly string[]>> = {
  'dc:Point': ['dc:x', 'dc:y'],
  'dc:Bounds': ['dc:x', 'dc:y'],
  'bpmndi:BPMNEdge': ['bpmndi:messageVisibleKind'],
  'bpmn:CompensateEventDefinition': ['bpmn:waitForCompletion'],
};

/** A reference to what is not in the file, such as the type of an imported schema: read as nothing, and written as it came. */
interface Unresolved {
  readonly element: object;
  readonly property: string;
  readonly value: string;
}
/** What the library says of such a reference when it reads a file. */
export interface ReadWarning {
  readonly message: string;
  readonly element?: object;
  readonly property?: string;
  readonly value?: unknown;
}

const unresolved = new WeakMap<object, readonly Unresolved[]>();

/** Remembers, for `withUnresolved`, which references of a file lead out of it. */
export const keepUnresolved = (definitions: object, warnings: readonly ReadWarning[]): void => {
  const found = warnings.flatMap(({ element, property, value }) =>
    element === undefined || property === undefined || typeof value !== 'string' ? [] : [{ element, property, value }],
  );
  unresolved.set(definitions, found);
};

/** Does something while references that lead out of the file stand in their places. */
export const withUnresolved = async <T>(definitions: object, act: () => Promise<T>): Promise<T> => {
  const undo = (unresolved.get(definitions) ?? []).map(({ element, property, value }) => {
    const model = element as { get: (name: string) => unknown; set: (name: string, value: unknown) => void };
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

/** Line feeds apart, blanks that are no spaces would not survive the next reading as they are. The writer indents by spaces only. */
export const withControls = (xml: string): string =>
  xml
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
    .map((part) =>
      part.startsWith('<![CDATA[') ? part.replaceAll('\r', ']]>&#13;<![CDATA[') : part.replaceAll('\r', '&#13;').replaceAll('\t', '&#9;'),
    )
    .join('');
