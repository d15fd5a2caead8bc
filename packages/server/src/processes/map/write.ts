import { withControls, withUnresolved } from '@aimwell/core/processes/text/mend';
import type { Element } from './element.ts';
import { createModdle } from './moddle.ts';

/**
 * A map as a BPMN 2.0 file in UTF-8. What `readMap` read is written again, with the same meaning: attributes that say what the schema
 * takes for granted may go, prefixes may change. Not kept, because the reader does not keep them: comments, processing instructions,
 * the order of elements that the schema orders otherwise, and whether text stood in a CDATA section.
 */
export const writeMap = async (definitions: Element): Promise<string> => {
  const { xml } = await withUnresolved(definitions, () => createModdle().toXML(definitions, { format: true }));
  return withControls(xml);
};
