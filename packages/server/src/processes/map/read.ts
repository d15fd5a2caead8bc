import { aimsDescriptor } from '@aimwell/contract/processes/extension';
import type { Refusal } from '@aimwell/core/shared/refusal';
import { refusal } from '@aimwell/core/shared/refusal';
import { BpmnModdle } from 'bpmn-moddle';
import type { Element } from './element.ts';

export interface ReadMap {
  readonly definitions: Element;
  /** What the reader did not know and left out, in its words. Such a file is kept as it came, and shown. */
  readonly warnings: readonly string[];
}

/** A map that people read has some hundred elements; one that nobody can read must not hold up the rest. */
export const MOST_BYTES = 5 * 1_048_576;
const MOST_TAGS = 60_000;
const DEEPEST = 100;

const against = (code: string, message: string, remedy: string) => ({ refused: [refusal(code, message, remedy, 'file')] });

/**
 * Reads the bytes of a BPMN 2.0 file. Refused with a reason, before anything is built of it: what is too large, declares entities,
 * is not UTF-8, or is no BPMN. External addresses in it are never fetched.
 */
export const readMap = async (bytes: Uint8Array): Promise<ReadMap | { readonly refused: readonly Refusal[] }> => {
  if (bytes.length > MOST_BYTES)
    return against(
      'TOO_LARGE',
      `expected at most ${MOST_BYTES / 1_048_576} MB, got ${(bytes.length / 1_048_576).toFixed(1)} MB`,
      'Split the map into called processes.',
    );
  let xml: string;
  try {
    xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return against('NOT_UTF8', 'expected UTF-8 text, got other bytes', 'Save the file as UTF-8 and try again.');
  }
  if (/<!(DOCTYPE|ENTITY)/i.test(xml))
    return against('DOCTYPE', 'expected no document type declaration, got one', 'Remove <!DOCTYPE …> with its entities; BPMN needs none.');
  const shape = shapeOf(xml);
  if (shape.tags > MOST_TAGS || shape.depth > DEEPEST)
    return against(
      'TOO_MANY_ELEMENTS',
      `expected at most ${MOST_TAGS} tags nested at most ${DEEPEST} deep, got ${shape.tags} and ${shape.depth}`,
      'Split the map into called processes.',
    );
  try {
    const { rootElement, warnings } = await new BpmnModdle({ aims: aimsDescriptor }).fromXML(withoutOwnPrefix(xml));
    const definitions = rootElement as unknown as Element;
    if (definitions.$type !== 'bpmn:Definitions')
      return against('NOT_BPMN', `expected a BPMN 2.0 file, got ${definitions.$type}`, 'Export the map as BPMN 2.0 XML.');
    return { definitions, warnings: warnings.map(({ message }: { message: string }) => message.split('\n')[0] ?? message) };
  } catch (error) {
    return against(
      'NOT_BPMN',
      `expected a BPMN 2.0 file, got what cannot be read: ${(error as Error).message.split('\n')[0]}`,
      'Export the map as BPMN 2.0 XML.',
    );
  }
};

/** Tags and depth, in one pass and without building anything. A `>` within quotes ends no tag. */
const shapeOf = (xml: string) => {
  let tags = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = xml.indexOf('<'); at >= 0 && tags <= MOST_TAGS; at = xml.indexOf('<', at)) {
    const [opening, closing] = aside.find(([begin]) => xml.startsWith(begin, at)) ?? ['<', null];
    const end = closing === null ? endOfTag(xml, at) : xml.indexOf(closing, at + opening.length);
    if (end < 0) break;
    if (closing === null) {
      tags += 1;
      if (xml[at + 1] === '/') depth -= 1;
      else if (xml[end - 1] !== '/') deepest = Math.max(deepest, (depth += 1));
    }
    at = end + (closing?.length ?? 1);
  }
  return { tags, depth: deepest };
};

const aside: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

const endOfTag = (xml: string, from: number): number => {
  for (let at = from + 1, quote = ''; at < xml.length; at += 1) {
    const char = xml[at] as string;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
  }
  return -1;
};

/** References may carry the prefix of the file's own namespace (`messageRef="tns:m1"`), which the reader would not resolve. */
const withoutOwnPrefix = (xml: string): string => {
  const own = /targetNamespace\s*=\s*["']([^"']*)["']/.exec(xml)?.[1];
  if (own === undefined) return xml;
  const prefix = [...xml.matchAll(/xmlns:([\w.-]+)\s*=\s*["']([^"']*)["']/g)].find(([, , uri]) => uri === own)?.[1];
  if (prefix === undefined) return xml;
  const escaped = prefix.replaceAll('.', '\\.');
  return xml
    .replaceAll(
      new RegExp(
        `(\\s(?:\\w+Ref|sourceRef|targetRef|calledElement|default|processRef|dataStoreRef|bpmnElement)\\s*=\\s*["'])${escaped}:`,
        'g',
      ),
      '$1',
    )
    .replaceAll(new RegExp(`(<(?:[\\w.-]+:)?(?:incoming|outgoing|flowNodeRef|sourceRef|targetRef|\\w+Ref)>\\s*)${escaped}:`, 'g'), '$1');
};
