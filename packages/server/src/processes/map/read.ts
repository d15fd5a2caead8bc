import { keepUnresolved } from '@aimwell/core/processes/text/mend';
import type { Refusal } from '@aimwell/core/shared/refusal';
import { refusal } from '@aimwell/core/shared/refusal';
import { contained } from './contained.ts';
import { type Element, many } from './element.ts';
import { rememberLeftOut } from './left-out.ts';
import { createModdle } from './moddle.ts';
import { badCharacter, shapeOf } from './shape.ts';

export interface ReadMap {
  readonly definitions: Element;
  /** What the reader did not know and left out, in its words. Such a file is kept as it came, and shown. */
  readonly warnings: readonly string[];
}

/** A map that people read has some hundred elements; one that nobody can read must not hold up the rest. */
export const MOST_BYTES = 5 * 1_048_576;
const MOST_TAGS = 60_000;
export const MOST_STEPS = 2000;
const DEEPEST = 100;

const against = (code: string, message: string, remedy: string) => ({ refused: [refusal(code, message, remedy, 'file')] });

/**
 * Reads the bytes of a BPMN 2.0 file. Refused with a reason, before anything is built of it: what is too large, declares entities,
 * is no text, or is no BPMN. External addresses in it are never fetched.
 */
export const readMap = async (bytes: Uint8Array): Promise<ReadMap | { readonly refused: readonly Refusal[] }> => {
  if (bytes.length === 0) return against('EMPTY', 'expected a BPMN 2.0 file, got an empty one', 'Export the map once more.');
  if (bytes.length > MOST_BYTES)
    return against(
      'TOO_LARGE',
      `expected at most ${MOST_BYTES / 1_048_576} MB, got ${(bytes.length / 1_048_576).toFixed(1)} MB`,
      'Split the map into called processes.',
    );
  const xml = decoded(bytes);
  if (xml === null) return against('NOT_UTF8', 'expected UTF-8 text, got other bytes', 'Save the file as UTF-8 and try again.');
  if (/<!(DOCTYPE|ENTITY)/i.test(xml))
    return against('DOCTYPE', 'expected no document type declaration, got one', 'Remove <!DOCTYPE …> with its entities; BPMN needs none.');
  const bad = badCharacter(xml);
  if (bad !== null) return against('BAD_CHARACTER', `expected characters of XML 1.0, got ${bad}`, 'Save the file as UTF-8 and try again.');
  const shape = shapeOf(xml, MOST_TAGS);
  if (shape.tags > MOST_TAGS || shape.depth > DEEPEST)
    return against(
      'TOO_MANY_ELEMENTS',
      `expected at most ${MOST_TAGS} tags nested at most ${DEEPEST} deep, got ${shape.tags} and ${shape.depth}`,
      'Split the map into called processes.',
    );
  try {
    const read = withoutOwnPrefix(xml);
    const { rootElement, warnings } = await createModdle().fromXML(read);
    const definitions = rootElement as unknown as Element;
    if (definitions.$type !== 'bpmn:Definitions')
      return against('NOT_BPMN', `expected a BPMN 2.0 file, got ${definitions.$type}`, 'Export the map as BPMN 2.0 XML.');
    keepUnresolved(definitions, warnings);
    rememberLeftOut(definitions, warnings, read);
    const said = warnings.map(({ message }) => plain(message));
    return sameId(said) ?? strange(definitions) ?? { definitions, warnings: said };
  } catch (error) {
    return against(
      'NOT_BPMN',
      `expected a BPMN 2.0 file, got what cannot be read: ${(error as Error).message.split('\n')[0]}`,
      'Export the map as BPMN 2.0 XML.',
    );
  }
};

/** Text of the bytes: UTF-8, or the Latin-1 that older tools write and declare; null for anything else. Line ends as XML 1.0 asks. */
const decoded = (bytes: Uint8Array): string | null => {
  const text = (encoding: string) => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  };
  const declaration = /^\s*<\?xml[^>]*?\?>/;
  const declared = declaration.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))?.[0] ?? '';
  const xml = text('utf-8') ?? (/encoding\s*=\s*["'](?:iso-8859-1|windows-1252)["']/i.test(declared) ? text('windows-1252') : null);
  return xml?.replace(declaration, '').replaceAll(/\r\n?/g, '\n') ?? null;
};

/** A warning of the reader on one line: what it says, and why where it says that too. */
const plain = (message: string): string => {
  const [first = message] = message.split('\n');
  const why = /nested error: (.*)/.exec(message)?.[1];
  return why === undefined ? first : `${first}: ${why}`;
};

const sameId = (warnings: readonly string[]) => {
  const id = warnings.map((warning) => /duplicate ID <(.*)>/.exec(warning)?.[1]).find((found) => found !== undefined);
  return id === undefined
    ? null
    : against('SAME_ID', `expected each id once, got "${id}" twice`, 'Give one of the two elements another id.');
};

/** What reads as BPMN and would still not do: more steps than anybody reads, or ids that mean something to JavaScript. */
const strange = (definitions: Element) => {
  const all = contained(definitions);
  const steps = all
    .flatMap((element) => many(element, 'flowElements'))
    .filter(({ $type }) => /(?:Task|Event|Gateway|Process|Activity)$/.test($type));
  if (steps.length > MOST_STEPS)
    return against('TOO_MANY_STEPS', `expected at most ${MOST_STEPS} steps, got ${steps.length}`, 'Split the map into called processes.');
  // A stray quote can hide tags from the first count.
  if (all.some(isTooDeep))
    return against(
      'TOO_MANY_ELEMENTS',
      `expected elements nested at most ${DEEPEST} deep, got more`,
      'Split the map into called processes.',
    );
  const taken = all.find(({ id }) => id !== undefined && id in {});
  if (taken === undefined) return null;
  return against('BAD_ID', `expected another id than "${taken.id}"`, 'Give the element another id; this one has a meaning of its own.');
};

const isTooDeep = (element: Element): boolean => {
  let depth = 0;
  for (let at: Element | undefined = element; at !== undefined && depth <= DEEPEST; at = at.$parent) depth += 1;
  return depth > DEEPEST;
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
        `(\\s(?:\\w+Ref|sourceRef|targetRef|calledElement|default|bpmnElement|labelStyle|sourceElement|targetElement|choreographyActivityShape)\\s*=\\s*["'])${escaped}:`,
        'g',
      ),
      '$1',
    )
    .replaceAll(new RegExp(`(<(?:[\\w.-]+:)?(?:incoming|outgoing|flowNodeRef|sourceRef|targetRef|\\w+Ref)>\\s*)${escaped}:`, 'g'), '$1');
};
