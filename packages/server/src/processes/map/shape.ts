import { tagsOf } from '@aimwell/core/processes/text/tags';

/** What a file looks like before anything is built of it: its tags and how deep they stand in each other. */
export interface Shape {
  readonly tags: number;
  readonly depth: number;
}

/** Tags and depth; stops counting beyond `most` tags. */
export const shapeOf = (xml: string, most: number): Shape => {
  let tags = 0;
  let depth = 0;
  let deepest = 0;
  for (const { kind } of tagsOf(xml)) {
    tags += 1;
    if (kind === 'closing') depth -= 1;
    if (kind === 'opening') deepest = Math.max(deepest, (depth += 1));
    if (tags > most) break;
  }
  return { tags, depth: deepest };
};

/** The first character that no XML 1.0 document may hold, written or as a reference, as `U+0000`; null when there is none. */
export const badCharacter = (xml: string): string | null => {
  const name = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  const written = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.exec(xml);
  if (written !== null) return name(written[0].charCodeAt(0));
  for (const [, digits = ''] of xml.matchAll(/&#(x[0-9a-fA-F]{1,8}|[0-9]{1,10});/g)) {
    const code = digits.startsWith('x') ? Number.parseInt(digits.slice(1), 16) : Number(digits);
    if (!isCharacter(code)) return name(code);
  }
  return null;
};

const isCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x1_0000 && code <= 0x10_ffff);
