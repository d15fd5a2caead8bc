/**
 * XLSX text carries what XML cannot hold (control characters, lone surrogates, carriage returns) as `_xHHHH_`
 * (ECMA-376 part 1, 22.4.2.4 ST_Xstring), and a text that happens to look like such an escape as `_x005F_xHHHH`.
 */
const escape = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => `_x${text.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0')}_`).join('');

const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4})/gu;
// eslint-disable-next-line no-control-regex -- the characters XML cannot hold
const NOT_IN_XML = /[\0-\u0008\u000B-\u001F\u007F-\u009F\uFFFD\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/** The text to put into an XLSX cell so that a reader gives back exactly this text. */
export function escapeXlsxText(text: string): string {
  const escaped = text.replace(LOOKS_ESCAPED, '_x005F_').replace(NOT_IN_XML, escape);
  // The writing library looks texts up in a plain object; names every object inherits would be taken for known texts.
  return escaped in {} ? escape(escaped.charAt(0)) + escaped.slice(1) : escaped;
}

export const unescapeXlsxText = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
