/** An element of a BPMN file as bpmn-moddle gives it. */
export interface Element {
  readonly $type: string;
  readonly id?: string;
  readonly name?: string;
  readonly $parent?: Element;
  readonly [property: string]: unknown;
}

export const one = (element: Element, property: string): Element | null => (element[property] as Element | undefined) ?? null;
export const many = (element: Element, property: string): readonly Element[] => (element[property] as readonly Element[] | undefined) ?? [];
export const textOf = (element: Element, property: string): string | null => {
  const value = element[property];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};
/** Body of an expression such as timeDuration or conditionExpression. */
export const bodyOf = (element: Element, property: string): string | null => {
  const expression = one(element, property);
  return expression === null ? null : textOf(expression, 'body');
};
/** `bpmn:UserTask` → `UserTask`. */
export const typeOf = (element: Element): string => element.$type.replace(/^bpmn:/, '');
/** A name or id on one line, cut where nobody reads on. */
export const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
};

const said: Readonly<Record<string, string>> = { AdHocSubProcess: 'Ad-hoc sub-process', SubProcess: 'Sub-process' };
/** What people call a kind of element: `BoundaryEvent` → `Boundary event`. */
const kindOf = (element: Element): string => {
  const type = typeOf(element);
  return said[type] ?? type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
};
const calledIn = (element: Element): string => {
  const name = textOf(element, 'name');
  return name === null ? '' : ` "${shortened(name)}"`;
};
/** How messages name an element: kind, name and id. */
export const labelOf = (element: Element): string => `${kindOf(element)}${calledIn(element)} (${shortened(element.id ?? 'without id')})`;
/** How messages name a node of a compiled map: name and id, or the id alone. */
export const calledNode = ({ name, id }: { readonly name: string | null; readonly id: string }): string =>
  name === null ? `"${shortened(id)}"` : `"${shortened(name)}" (${shortened(id)})`;

/** Our extension of an element; null where it has none. */
export const extensionOf = (element: Element, type: 'aims:Step' | 'aims:Lane'): Element | null =>
  many(one(element, 'extensionElements') ?? element, 'values').find(({ $type }) => $type === type) ?? null;
