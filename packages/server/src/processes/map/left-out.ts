import type { ReadWarning } from '@aimwell/core/processes/text/mend';
import { type Element, labelOf } from './element.ts';
import type { NotExecutable } from './nodes.ts';

/** References without which an element would quietly mean something else: an error that catches all, a start that waits for nothing. */
const decisive: Readonly<Record<string, string>> = {
  default: 'way for all other cases',
  eventDefinitionRef: 'event definition',
  errorRef: 'error',
  escalationRef: 'escalation',
};

interface LeftOut {
  readonly references: readonly { readonly element: Element; readonly why: string }[];
  readonly content: readonly NotExecutable[];
}
const kept = new WeakMap<Element, LeftOut>();

/** Remembers, for `leftOutOf`, what of a file the reader did not take. `xml` is the text it read. */
export const rememberLeftOut = (definitions: Element, warnings: readonly ReadWarning[], xml: string): void => {
  const drawing = xml.search(/<(?:[\w.-]+:)?BPMNDiagram[\s>]/);
  const lastLine = drawing === -1 ? Infinity : xml.slice(0, drawing).split('\n').length;
  kept.set(definitions, {
    references: warnings.flatMap(({ element, property, value }) => {
      const what = decisive[(property ?? '').replace(/^.*:/, '')];
      return element === undefined || what === undefined
        ? []
        : [{ element: element as Element, why: `names the ${what} "${String(value).slice(0, 80)}", which the file does not hold` }];
    }),
    content: warnings.flatMap(({ message }) => {
      const [, tag = null, line = ''] = /^unparsable content <\/?([^\s>/]+)[\s\S]*?line: (\d+)/.exec(message) ?? [];
      // What the drawing holds beside BPMN moves no token.
      return tag === null || Number(line) >= lastLine
        ? []
        : [{ element: `<${tag.slice(0, 80)}> in line ${Number(line) + 1}`, why: 'could not be read, and a run would miss it' }];
    }),
  });
};

/** The event that an event definition belongs to: people see the one, not the other. */
const bearerOf = (element: Element): Element => (element.$type.endsWith('EventDefinition') ? (element.$parent ?? element) : element);

const isIn = (process: Element, element: Element): boolean => {
  for (let at: Element | undefined = element; at !== undefined; at = at.$parent) if (at === process) return true;
  return false;
};

/** What the reader did not take of a file and a run of this process would miss. */
export const leftOutOf = (definitions: Element, process: Element): readonly NotExecutable[] => {
  const { references, content } = kept.get(definitions) ?? { references: [], content: [] };
  return [
    ...content,
    ...references.filter(({ element }) => isIn(process, element)).map(({ element, why }) => ({ element: labelOf(bearerOf(element)), why })),
  ];
};
