import { type Refusal, refusal } from '../../shared/refusal.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** Levels of nesting beyond which a file is not read: no tool writes so, and a deep one is made to exhaust readers. */
export const mostLevels = 200;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
/** Text as a file says it, cut so that a summary stays small. */
export const textOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value.slice(0, 300) : null);
export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);

/** Deepest nesting of brackets outside strings, counted without recursion; stops at the limit. */
export function levelsOf(text: string): number {
  let [level, deepest, quoted] = [0, 0, false];
  for (let at = 0; at < text.length && deepest <= mostLevels; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === '{' || letter === '[') deepest = Math.max(deepest, (level += 1));
    else if (letter === '}' || letter === ']') level -= 1;
  }
  return deepest;
}

/** JSON text as a value, or why it cannot be read. */
export function readJson(text: string): { readonly value: Json } | { readonly problem: Refusal } {
  if (levelsOf(text) > mostLevels)
    return {
      problem: refusal(
        'TOO_DEEP',
        `expected at most ${mostLevels} levels of nesting, got more`,
        'Send the file as the tool wrote it.',
        'file',
      ),
    };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/[\p{Cc}]/gu, ' ').slice(0, 200) : 'it does not parse';
    return {
      problem: refusal('NOT_JSON', `expected whole JSON, got text that does not parse: ${why}`, 'Send the whole file again.', 'file'),
    };
  }
}

/** What something is, for a message: "nothing", "a list", "text". */
export const kindOf = (value: Json | undefined): string =>
  value === undefined
    ? 'nothing'
    : value === null
      ? 'null'
      : isList(value)
        ? 'a list'
        : isObject(value)
          ? 'an object'
          : `a ${typeof value}`;

/** A refusal about one place in a file, with what stands there. */
export const expected = (format: string, place: string, what: string, got: Json | undefined): Refusal =>
  refusal(
    `BROKEN_${format.toUpperCase().replaceAll(/[^A-Z]/g, '_')}`,
    `expected ${what} at ${place}, got ${kindOf(got)}`,
    'Send the file as the tool wrote it, or without the claim to be this format.',
    'file',
  );
