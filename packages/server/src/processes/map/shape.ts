/** What a file looks like before anything is built of it: its tags and how deep they stand in each other. */
export interface Shape {
  readonly tags: number;
  readonly depth: number;
}

/** Tags and depth in one pass; stops counting beyond `most` tags. A `>` within quotes ends no tag. */
export const shapeOf = (xml: string, most: number): Shape => {
  let tags = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = xml.indexOf('<'); at >= 0 && tags <= most; at = xml.indexOf('<', at)) {
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

/** Where the tag that begins at `from` ends; -1 when it does not. */
export const endOfTag = (xml: string, from: number): number => {
  for (let at = from + 1, quote = ''; at < xml.length; at += 1) {
    const char = xml[at] as string;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
  }
  return -1;
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
