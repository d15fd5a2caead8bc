import { inflateSync } from 'node:zlib';

/** Enough of a PDF reader to see in tests what a page says, header and watermark included, with no tool installed. */

interface PdfObject {
  readonly head: string;
  readonly stream: Buffer | null;
}

function objectsOf(pdf: Uint8Array): Map<string, PdfObject> {
  const bytes = Buffer.from(pdf);
  const text = bytes.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const match of text.matchAll(/^(\d+) 0 obj$/gm)) {
    const end = text.indexOf('\nendobj', match.index);
    const from = text.indexOf('stream\n', match.index);
    const hasStream = from !== -1 && from < end;
    const head = text.slice(match.index, hasStream ? from : end);
    const raw = hasStream ? bytes.subarray(from + 7, from + 7 + Number(/\/Length (\d+)/.exec(head)?.[1])) : null;
    objects.set(match[1] ?? '', { head, stream: raw && head.includes('/FlateDecode') ? inflateSync(raw) : raw });
  }
  return objects;
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Glyph numbers to text, from the font's ToUnicode map. */
function glyphsOf(cmap: string): Map<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, from = '', to = ''] of cmap.matchAll(/^<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>$/gm)) glyphs.set(parseInt(from, 16), utf16(to));
  return glyphs;
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const unescaped = (text: string): Buffer =>
  Buffer.from(
    text.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, code: string) =>
      /^[0-7]/.test(code) ? String.fromCharCode(parseInt(code, 8)) : (escapes[code] ?? code),
    ),
    'latin1',
  );

function shown(content: string, fonts: Map<string, Map<number, string>>): string {
  let glyphs = new Map<number, string>();
  let words = '';
  // Brackets in pairs stand in a string as they are.
  for (const match of content.matchAll(
    /\/(f\d+) [\d.]+ Tf|\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)|<([0-9A-Fa-f]+)>(?=[^>]*T[jJ])|\bET\b/g,
  )) {
    const [whole, font, literal, hex] = match;
    if (font !== undefined) glyphs = fonts.get(font) ?? new Map();
    else if (whole === 'ET') words += '\n';
    else {
      const codes = literal === undefined ? Buffer.from(hex ?? '', 'hex') : unescaped(literal);
      for (let at = 0; at + 1 < codes.length; at += 2) words += glyphs.get(codes.readUInt16BE(at)) ?? '\uFFFF';
    }
  }
  return words;
}

/** The words of each page in drawing order; a line end after each run of text. */
export function pdfPages(pdf: Uint8Array): string[] {
  const objects = objectsOf(pdf);
  const kids =
    Array.from(objects.values(), (object) => object.head).find((head) => /\/Type \/Pages\b/.test(head) && head.includes('/Kids')) ?? '';
  const pages = Array.from(
    (/\/Kids \[([^\]]*)\]/.exec(kids)?.[1] ?? '').matchAll(/(\d+) 0 R/g),
    (match) => objects.get(match[1] ?? '')?.head ?? '',
  );
  return pages.map((page) => {
    const fonts = new Map<string, Map<number, string>>();
    for (const [, name = '', id = ''] of page.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
      const cmap = objects.get(/\/ToUnicode (\d+)/.exec(objects.get(id)?.head ?? '')?.[1] ?? '')?.stream?.toString('latin1') ?? '';
      fonts.set(name, glyphsOf(cmap));
    }
    return shown(objects.get(/\/Contents (\d+)/.exec(page)?.[1] ?? '')?.stream?.toString('latin1') ?? '', fonts);
  });
}

/** All pages' words without spaces of any kind: lines are broken where the page is narrow, which is not what a test asks. */
export const squeezed = (text: string): string => text.replace(/[\s\u200B\u2060\u00AD]/g, '');
