import type { Element } from './element.ts';

interface Described extends Element {
  readonly $descriptor?: {
    readonly properties?: readonly { readonly name: string; readonly isReference?: boolean; readonly isVirtual?: boolean }[];
  };
  /** Of elements of other namespaces, which the reader keeps without knowing them. */
  readonly $children?: readonly Element[];
}

const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && typeof (value as Element).$type === 'string';

const childrenOf = (element: Described): readonly Element[] => {
  const known = (element.$descriptor?.properties ?? []).filter(({ isReference, isVirtual }) => isReference !== true && isVirtual !== true);
  const values = known.map(({ name }) => element[name.replace(/^.*:/, '')] ?? element[name]);
  return [...values, element.$children].flat().filter(isElement);
};

/** An element and everything that stands in it, references not followed; in no order that matters. */
export const contained = (root: Element): readonly Element[] => {
  const all = new Set<Element>([root]);
  for (const element of all) for (const child of childrenOf(element)) all.add(child);
  return [...all];
};
