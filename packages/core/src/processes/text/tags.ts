/** A tag of an XML text, by where it stands. */
export interface Tag {
  /** Of its `<`. */
  readonly from: number;
  /** After its `>`. */
  readonly to: number;
  /** With its prefix. */
  readonly name: string;
  readonly kind: 'opening' | 'closing' | 'empty';
}

const aside: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/** The tags of a text in order; comments, character data and instructions are passed over. A `>` within quotes ends no tag. */
export function* tagsOf(xml: string): Generator<Tag> {
  for (let at = xml.indexOf('<'); at >= 0;) {
    const [opening, closing] = aside.find(([begin]) => xml.startsWith(begin, at)) ?? ['<', null];
    const end = closing === null ? endOfTag(xml, at) : xml.indexOf(closing, at + opening.length);
    if (end < 0) return;
    const to = end + (closing?.length ?? 1);
    if (closing === null) {
      const kind = xml[at + 1] === '/' ? 'closing' : xml[end - 1] === '/' ? 'empty' : 'opening';
      // Names are found where they stand; the tag itself may be megabytes long.
      const name = /[^\s/>]*/y;
      name.lastIndex = at + (kind === 'closing' ? 2 : 1);
      yield { from: at, to, name: name.exec(xml)?.[0] ?? '', kind };
    }
    at = xml.indexOf('<', to);
  }
}

const endOfTag = (xml: string, from: number): number => {
  for (let at = from + 1, quote = ''; at < xml.length; at += 1) {
    const char = xml[at] as string;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
  }
  return -1;
};

/** An attribute as written: its name, its value still escaped, and where it stands, from the blank before it to its closing quote. */
export interface Attribute {
  readonly name: string;
  readonly raw: string;
  readonly from: number;
  readonly to: number;
}

/** The attributes of a tag; positions are those in the whole text. */
export const attributesOf = (xml: string, { from, to }: Tag): readonly Attribute[] =>
  [...xml.slice(from, to).matchAll(/\s+([^\s=/>"']+)\s*=\s*("([^"]*)"|'([^']*)')/g)].map((found) => ({
    name: found[1] ?? '',
    raw: found[3] ?? found[4] ?? '',
    from: from + found.index,
    to: from + found.index + found[0].length,
  }));

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The text of escaped text. */
export const unescaped = (raw: string): string =>
  raw.replaceAll(/&(?:#(x[0-9a-fA-F]+|[0-9]+)|([a-z]+));/g, (whole, digits: string | undefined, name: string | undefined) => {
    if (digits === undefined) return named[name ?? ''] ?? whole;
    return String.fromCodePoint(digits.startsWith('x') ? Number.parseInt(digits.slice(1), 16) : Number(digits));
  });
