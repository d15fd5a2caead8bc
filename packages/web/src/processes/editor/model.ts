import type { Viewed } from '../show-map.ts';

/** An element of a BPMN file as the drawing board holds it: read by name, changed through `modeling` only, so that it can be undone. */
export interface Moddle {
  readonly $type: string;
  readonly $parent?: Moddle;
  readonly $attrs?: Readonly<Record<string, unknown>>;
  readonly id?: string;
  readonly get: (name: string) => unknown;
}
/** What stands for it on the board. */
export interface Drawn {
  readonly id: string;
  readonly type: string;
  readonly businessObject: Moddle;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly parent?: Drawn;
  readonly children?: readonly Drawn[];
  readonly incoming?: readonly Drawn[];
  readonly outgoing?: readonly Drawn[];
  readonly source?: Drawn;
  readonly target?: Drawn;
  /** Of a label: what it names. */
  readonly labelTarget?: Drawn;
}

type Properties = Readonly<Record<string, unknown>>;

/** The parts of the drawing board that we use, as far as we use them. */
export interface Services {
  readonly modeling: {
    readonly updateProperties: (element: Drawn, properties: Properties) => void;
    readonly updateModdleProperties: (element: Drawn, of: Moddle, properties: Properties) => void;
    readonly updateLabel: (element: Drawn, text: string) => void;
    readonly connect: (from: Drawn, to: Drawn) => unknown;
    readonly removeElements: (elements: readonly Drawn[]) => void;
    readonly moveElements: (elements: readonly Drawn[], by: { readonly x: number; readonly y: number }) => void;
  };
  readonly bpmnFactory: { readonly create: (type: string, properties?: Properties) => Moddle };
  readonly bpmnReplace: { readonly replaceElement: (element: Drawn, target: { readonly type: string }) => Drawn };
  readonly elementFactory: { readonly createShape: (of: { readonly type: string; readonly eventDefinitionType?: string }) => Drawn };
  readonly autoPlace: { readonly append: (after: Drawn, shape: Drawn) => Drawn };
  readonly elementRegistry: {
    readonly get: (id: string) => Drawn | undefined;
    readonly filter: (keep: (element: Drawn) => boolean) => Drawn[];
  };
  readonly selection: { readonly select: (element: Drawn | null) => void; readonly get: () => Drawn[] };
  readonly canvas: {
    readonly zoom: (to?: number | 'fit-viewport', centre?: 'auto') => number;
    readonly viewbox: Viewed['viewbox'];
    readonly scrollToElement: (element: Drawn, free: Readonly<Record<'top' | 'right' | 'bottom' | 'left', number>>) => void;
    readonly getRootElement: () => Drawn;
    readonly getContainer: () => HTMLElement;
  };
  readonly commandStack: {
    readonly undo: () => void;
    readonly redo: () => void;
    readonly canUndo: () => boolean;
    readonly canRedo: () => boolean;
  };
  readonly rules: { readonly allowed: (action: string, context: object) => unknown };
  readonly eventBus: { readonly on: (events: string | readonly string[], act: () => void) => void };
}

export const kindOf = (element: Drawn): string => element.type.replace(/^bpmn:/u, '');
const nothing = (value: unknown): boolean => value === undefined || value === null || value === '';

export const one = (of: Moddle, property: string): Moddle | null => (of.get(property) as Moddle | undefined) ?? null;
export const many = (of: Moddle, property: string): readonly Moddle[] => (of.get(property) as readonly Moddle[] | undefined) ?? [];
export const textIn = (of: Moddle | null, property: string): string => {
  const value = of?.get(property);
  return nothing(value) ? '' : String(value);
};
export const wordsIn = (of: Moddle | null, property: string): readonly string[] =>
  textIn(of, property)
    .split(/\s+/u)
    .filter((word) => word !== '');
/** Our own element inside another; null where it has none. */
export const ownIn = (of: Moddle, type: 'aims:Step' | 'aims:Lane'): Moddle | null =>
  many(one(of, 'extensionElements') ?? of, 'values').find((value) => value.$type === type) ?? null;
/** Body of an expression such as a condition or a duration. */
export const bodyIn = (of: Moddle | null, property: string): string => {
  const expression = of === null ? null : one(of, property);
  return textIn(expression, 'body');
};
/** The event definition that says what an event waits for or tells. */
export const eventIn = (of: Moddle): Moddle | null => many(of, 'eventDefinitions')[0] ?? null;

/** A process or what stands for it: the pool's process, the only process of a drawing without pools. */
export const isPlace = (element: Drawn): boolean => ['Process', 'Collaboration', 'Participant', 'Lane'].includes(kindOf(element));
