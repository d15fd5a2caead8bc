import { inAttribute } from '../define/xml.ts';
import type { Step } from '../graph.ts';
import { elementById, localNameOf, prefixOf, rootOf, type TextElement } from './elements.ts';
import { attributesOf, type Tag, unescaped } from './tags.ts';

/** What to say of a step; what is left out stays as it is. Null and empty lists take away what the step says. */
export type StepChange = Partial<Step>;

export type ChangedMap = { readonly xml: string } | { readonly missing: 'file' | 'element' };

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Changes what the organisation says of one step (or of a lane: its role), in the text of a BPMN 2.0 file, and nothing else in it:
 * every other byte stays, whatever tool wrote them. `aims` is the URI of our namespace. `missing` says that the text is no file of
 * matching tags, or has no element of that id.
 */
export const changeStep = (xml: string, id: string, change: StepChange, { aims }: { readonly aims: string }): ChangedMap => {
  const root = rootOf(xml);
  if (root === null) return { missing: 'file' };
  const element = elementById(xml, root, id);
  if (element === null) return { missing: 'element' };
  const space = namespaceOf(xml, root, aims);
  const name = localNameOf(element) === 'lane' ? 'lane' : 'step';
  // A lane has a role and nothing else of ours.
  const said = name === 'step' ? change : change.role === undefined ? {} : { role: change.role };
  const extensions = element.children.find((child) => localNameOf(child) === 'extensionElements');
  const own = extensions?.children.find((child) => space.known.has(prefixOf(child)) && localNameOf(child) === name);
  const edits = [
    ...space.edits,
    ...(own === undefined
      ? [added({ xml, element, extensions, name, prefix: space.prefix, change: said })]
      : changed({ xml, own, prefix: prefixOf(own), change: said })),
  ];
  return { xml: applied(xml, edits) };
};

/** Prefixes of our namespace, and the one to write with; the root is told of it where it does not know it. */
const namespaceOf = (xml: string, root: TextElement, aims: string) => {
  const declared = (tag: Tag) => attributesOf(xml, tag).filter(({ name }) => name.startsWith('xmlns:'));
  const prefixesIn = (tag: Tag) => declared(tag).flatMap(({ name, raw }) => (unescaped(raw) === aims ? [`${name.slice(6)}:`] : []));
  const known = new Set<string>();
  const left = [root];
  for (let element = left.pop(); element !== undefined; element = left.pop()) {
    for (const prefix of prefixesIn(element.opening)) known.add(prefix);
    left.push(...element.children);
  }
  const [atRoot] = prefixesIn(root.opening);
  if (atRoot !== undefined) return { known, prefix: atRoot, edits: [] };
  const taken = new Set(declared(root.opening).map(({ name }) => name));
  let prefix = 'aims';
  for (let n = 1; taken.has(`xmlns:${prefix}`); n += 1) prefix = `aims${n}`;
  const at = endOfAttributes(xml, root.opening);
  return { known, prefix: `${prefix}:`, edits: [{ from: at, to: at, text: ` xmlns:${prefix}="${inAttribute(aims)}"` }] };
};

/** Where another attribute of a tag is written: after the last. */
const endOfAttributes = (xml: string, tag: Tag): number => attributesOf(xml, tag).at(-1)?.to ?? tag.from + 1 + tag.name.length;

const texts = ['role', 'form', 'due', 'escalateTo'] as const;
const lists = ['evidence', 'references', 'notBy'] as const;

/** Attributes by name; an empty one is to go. */
const attributesSaid = (change: StepChange): ReadonlyMap<string, string> =>
  new Map([
    ...texts.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name] ?? ''] as const])),
    ...lists.flatMap((name) => (change[name] === undefined ? [] : [[name, change[name].join(' ')] as const])),
  ]);

const raciSaid = (change: StepChange, prefix: string): readonly string[] =>
  Object.entries(change.raci ?? {}).map(([role, part]) => `<${prefix}raci role="${inAttribute(role)}" part="${part}" />`);

const changed = ({
  xml,
  own,
  prefix,
  change,
}: {
  readonly xml: string;
  readonly own: TextElement;
  readonly prefix: string;
  readonly change: StepChange;
}): readonly Edit[] => {
  const there = attributesOf(xml, own.opening);
  const end = endOfAttributes(xml, own.opening);
  const attributes = [...attributesSaid(change)].flatMap(([name, text]): Edit[] => {
    const found = there.find((attribute) => attribute.name === name);
    const written = text === '' ? '' : ` ${name}="${inAttribute(text)}"`;
    if (found !== undefined) return unescaped(found.raw) === text ? [] : [{ from: found.from, to: found.to, text: written }];
    return written === '' ? [] : [{ from: end, to: end, text: written }];
  });
  if (change.raci === undefined) return attributes;
  const old = own.children
    .filter((child) => localNameOf(child) === 'raci')
    .map(({ opening, closing }) => ({ from: beforeBlanks(xml, opening.from), to: closing.to, text: '' }));
  const lines = raciSaid(change, prefix);
  const indent = indentOf(xml, own.opening.from);
  const inner = lines.map((line) => `${indent}  ${line}`).join('');
  if (own.opening.kind === 'opening') return [...attributes, { from: own.opening.to, to: own.opening.to, text: inner }, ...old];
  if (lines.length === 0) return attributes;
  // From `<a:step … />` to `<a:step …>…</a:step>`.
  return [...attributes, { from: beforeSlash(xml, own.opening), to: own.opening.to, text: `>${inner}${indent}</${own.opening.name}>` }];
};

const added = ({
  xml,
  element,
  extensions,
  name,
  prefix,
  change,
}: {
  readonly xml: string;
  readonly element: TextElement;
  readonly extensions: TextElement | undefined;
  readonly name: 'step' | 'lane';
  readonly prefix: string;
  readonly change: StepChange;
}): Edit => {
  const indent = indentOf(xml, (extensions ?? element).opening.from);
  const own = (at: string): string => {
    const attributes = [...attributesSaid(change)].map(([key, text]) => (text === '' ? '' : ` ${key}="${inAttribute(text)}"`)).join('');
    const lines = raciSaid(change, prefix).map((line) => `${at}  ${line}`);
    const open = `${at}<${prefix}${name}${attributes}`;
    return lines.length === 0 ? `${open} />` : `${open}>${lines.join('')}${at}</${prefix}${name}>`;
  };
  if (extensions !== undefined) return within(xml, extensions, null, own(`${indent}  `));
  const tag = `${prefixOf(element)}extensionElements`;
  // The schema has documentation first, then extension elements.
  const documented = element.children.filter((child) => localNameOf(child) === 'documentation').at(-1) ?? null;
  return within(xml, element, documented, `${indent}  <${tag}>${own(`${indent}    `)}${indent}  </${tag}>`);
};

/** Puts text first into an element, or after one of its children; an empty element is opened for it. */
const within = (xml: string, element: TextElement, after: TextElement | null, text: string): Edit => {
  const { opening } = element;
  if (opening.kind === 'empty')
    return { from: beforeSlash(xml, opening), to: opening.to, text: `>${text}${indentOf(xml, opening.from)}</${opening.name}>` };
  const at = after?.closing.to ?? opening.to;
  return { from: at, to: at, text };
};

const beforeBlanks = (xml: string, at: number): number => {
  let before = at;
  while (before > 0 && /\s/.test(xml[before - 1] ?? '')) before -= 1;
  return before;
};
const beforeSlash = (xml: string, tag: Tag): number => beforeBlanks(xml, tag.to - 2);

/** Line feed and blanks before an element that begins its line; nothing in a file written on one line. */
const indentOf = (xml: string, at: number): string => {
  const before = beforeBlanks(xml, at);
  const line = xml.lastIndexOf('\n', at);
  return line >= before ? `\n${xml.slice(line + 1, at)}` : '';
};

/** Edits at the same place in the order given: what is put in before what is taken away. */
const applied = (xml: string, edits: readonly Edit[]): string => {
  let text = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    text += xml.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return text + xml.slice(at);
};
