import { attributesOf, type Tag, tagsOf, unescaped } from './tags.ts';

/** An element of an XML text, by its tags. */
export interface TextElement {
  readonly opening: Tag;
  /** The opening tag itself, of an element without content. */
  readonly closing: Tag;
  readonly children: readonly TextElement[];
}

interface Open {
  readonly opening: Tag;
  readonly children: TextElement[];
}

/** The outermost element; null for a text whose tags do not match. Without recursion, so depth does not matter. */
export const rootOf = (xml: string): TextElement | null => {
  const top: TextElement[] = [];
  const open: Open[] = [];
  for (const tag of tagsOf(xml)) {
    const siblings = open.at(-1)?.children ?? top;
    if (tag.kind === 'opening') open.push({ opening: tag, children: [] });
    else if (tag.kind === 'empty') siblings.push({ opening: tag, closing: tag, children: [] });
    else {
      const closed = open.pop();
      if (closed === undefined || closed.opening.name !== tag.name) return null;
      (open.at(-1)?.children ?? top).push({ ...closed, closing: tag });
    }
  }
  return open.length === 0 && top.length === 1 ? (top[0] ?? null) : null;
};

/** The element with this id, wherever it stands in another. */
export const elementById = (xml: string, root: TextElement, id: string): TextElement | null => {
  const left = [root];
  for (let element = left.pop(); element !== undefined; element = left.pop()) {
    if (attributesOf(xml, element.opening).some(({ name, raw }) => name === 'id' && unescaped(raw) === id)) return element;
    left.push(...element.children);
  }
  return null;
};

export const prefixOf = ({ opening: { name } }: TextElement): string => (name.includes(':') ? name.slice(0, name.indexOf(':') + 1) : '');
export const localNameOf = ({ opening: { name } }: TextElement): string => name.slice(name.indexOf(':') + 1);
