import { aimsDescriptor } from '@aimwell/contract/processes/extension';
import type { Drawing } from './drawing.ts';
import { type Drawn, eventIn, many, type Moddle, one, ownIn, textIn } from './model.ts';

type Values = Readonly<Record<string, string | number | undefined>>;

const said = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? undefined : value]));

/**
 * What a map says of an element, changed so that each change can be undone by itself. Empty text takes a property away. Nothing that
 * other tools keep in the same element is touched.
 */
export const createChanges = ({ get }: Drawing) => {
  const modeling = get('modeling');
  const make = (type: string, parent: Moddle, properties: Readonly<Record<string, unknown>> = {}): Moddle => {
    const made = get('bpmnFactory').create(type, properties);
    (made as { $parent?: Moddle }).$parent = parent;
    return made;
  };

  const name = (element: Drawn, text: string) =>
    element.type === 'bpmn:Process' || element.type === 'bpmn:Collaboration'
      ? modeling.updateProperties(element, { name: text === '' ? undefined : text })
      : modeling.updateLabel(element, text);

  const documentation = (element: Drawn, of: Moddle, text: string) => {
    const [first, ...rest] = many(of, 'documentation');
    const kept = text === '' ? rest : [first ?? make('bpmn:Documentation', of), ...rest];
    if (text !== '' && first !== undefined) modeling.updateModdleProperties(element, first, { text });
    else
      modeling.updateModdleProperties(element, of, {
        documentation: kept.map((line, at) => (at === 0 && text !== '' ? make('bpmn:Documentation', of, { text }) : line)),
      });
  };

  /** Changes attributes (or lists) of our own element, which comes and goes with what it says. */
  const own = (element: Drawn, type: 'aims:Step' | 'aims:Lane', values: Values & Readonly<Record<string, unknown>>) => {
    const of = element.businessObject;
    const present = ownIn(of, type);
    const next = said(values);
    if (present !== null && !isEmptied(present, next)) return modeling.updateModdleProperties(element, present, next);
    const around = one(of, 'extensionElements');
    const others = around === null ? [] : many(around, 'values').filter((value) => value !== present);
    const holder = around ?? make('bpmn:ExtensionElements', of);
    const kept = present === null ? [...others, make(type, holder, next)] : others;
    if (around !== null && kept.length > 0) return modeling.updateModdleProperties(element, around, { values: kept });
    if (kept.length === 0) return modeling.updateProperties(element, { extensionElements: undefined });
    const [made] = kept;
    const fresh = make('bpmn:ExtensionElements', of, { values: kept });
    if (made !== undefined) (made as { $parent?: Moddle }).$parent = fresh;
    return modeling.updateProperties(element, { extensionElements: fresh });
  };

  const raci = (element: Drawn, lines: readonly { readonly role: string; readonly part: string }[]) => {
    const step = ownIn(element.businessObject, 'aims:Step');
    own(element, 'aims:Step', {
      raci: lines.map((line) => make('aims:Raci', step ?? element.businessObject, line)),
    } as unknown as Values);
  };

  /** An expression inside an element: of a flow, a timer, a loop. */
  const expression = (element: Drawn, of: Moddle, property: string, body: string) =>
    modeling.updateModdleProperties(element, of, {
      [property]: body === '' ? undefined : make('bpmn:FormalExpression', of, { body }),
    });

  /** A timer says one of three: a moment, a duration, or a cycle. */
  const timer = (element: Drawn, kind: string, body: string) => {
    const definition = eventIn(element.businessObject);
    if (definition === null) return;
    const properties = Object.fromEntries(
      timers.map((property) => [
        property,
        property === kind && body !== '' ? make('bpmn:FormalExpression', definition, { body }) : undefined,
      ]),
    );
    modeling.updateModdleProperties(element, definition, properties);
  };

  /** What a message, signal, error or escalation is called: the one of that name, or else its own is renamed or made. */
  const named = (element: Drawn, carrier: Moddle, { property, type, codeProperty }: Reference, text: string) => {
    const root = definitionsOf(element.businessObject);
    const same = many(root, 'rootElements').find((root_) => root_.$type === type && text !== '' && textIn(root_, 'name') === text);
    const current = one(carrier, property);
    if (text === '' || same !== undefined) return modeling.updateModdleProperties(element, carrier, { [property]: same });
    const called = { name: text, ...(codeProperty === undefined ? {} : { [codeProperty]: text }) };
    if (
      current !== null &&
      !isShared(
        get('elementRegistry').filter(() => true),
        current,
        element,
      )
    )
      return modeling.updateModdleProperties(element, current, called);
    const made = make(type, root, called);
    modeling.updateModdleProperties(element, root, { rootElements: [...many(root, 'rootElements'), made] });
    return modeling.updateModdleProperties(element, carrier, { [property]: made });
  };

  const properties = (element: Drawn, of: Moddle, values: Readonly<Record<string, unknown>>) =>
    of === element.businessObject ? modeling.updateProperties(element, values) : modeling.updateModdleProperties(element, of, values);

  return { name, documentation, own, raci, expression, timer, named, properties };
};

export type Changes = ReturnType<typeof createChanges>;
export interface Reference {
  readonly property: string;
  readonly type: string;
  readonly codeProperty?: string;
}
export const timers = ['timeDate', 'timeDuration', 'timeCycle'] as const;

const isEmptied = (present: Moddle, next: Readonly<Record<string, unknown>>): boolean => {
  if (Object.keys(present.$attrs ?? {}).length > 0) return false;
  const after = (name: string) => (name in next ? next[name] : present.get(name));
  return stepProperties.every((name) => {
    const value = present.$type === 'aims:Lane' && name !== 'role' ? undefined : after(name);
    return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  });
};
const stepProperties = aimsDescriptor.types.flatMap(({ name, properties }) =>
  name === 'Step' ? properties.map((property) => property.name) : [],
);
const definitionsOf = (of: Moddle): Moddle => {
  let at = of;
  while (at.$parent !== undefined && at.$type !== 'bpmn:Definitions') at = at.$parent;
  return at;
};

/** Whether another element of the map says the same message, signal, error or escalation. */
const isShared = (all: readonly Drawn[], root: Moddle, but: Drawn): boolean =>
  all.some(
    ({ businessObject, labelTarget }) =>
      labelTarget === undefined &&
      businessObject !== but.businessObject &&
      [businessObject, ...many(businessObject, 'eventDefinitions')].some((of) =>
        ['messageRef', 'signalRef', 'errorRef', 'escalationRef'].some((property) => of.get(property) === root),
      ),
  );
