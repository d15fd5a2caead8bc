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
const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
const calledIn = (element: Element): string => (textOf(element, 'name') === null ? '' : ` "${short(textOf(element, 'name') ?? '')}"`);
/** How messages name an element: kind, name and id. */
export const labelOf = (element: Element): string => `${typeOf(element)}${calledIn(element)} (${short(element.id ?? 'without id')})`;

/** Our extension of an element; null where it has none. */
export const extensionOf = (element: Element, type: 'aims:Step' | 'aims:Lane'): Element | null =>
  many(one(element, 'extensionElements') ?? element, 'values').find(({ $type }) => $type === type) ?? null;
