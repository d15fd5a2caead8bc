const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map([...letters].map((letter, value) => [letter.charCodeAt(0), value] as const));
values.set('-'.charCodeAt(0), 62);
values.set('_'.charCodeAt(0), 63);

/**
 * UTF-8 text from base64 in either alphabet (RFC 4648 §4, §5), as DSSE allows. Null where it is neither. Written for
 * megabytes: one table look-up for each letter.
 */
export function textFromBase64(base64: string): string | null {
  const end = base64.endsWith('==') ? base64.length - 2 : base64.endsWith('=') ? base64.length - 1 : base64.length;
  if (end % 4 === 1 || (end !== base64.length && base64.length % 4 !== 0)) return null;
  const parts: string[] = [];
  let escaped: string[] = [];
  let [bits, held] = [0, 0];
  for (let at = 0; at < end; at += 1) {
    const value = values.get(base64.charCodeAt(at));
    if (value === undefined) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      const byte = (bits >> held) & 255;
      escaped.push(byte > 37 && byte < 127 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`);
      // A list entry for each byte of megabytes would weigh ten times the file.
      if (escaped.length === 8192) {
        parts.push(escaped.join(''));
        escaped = [];
      }
    }
  }
  try {
    return decodeURIComponent([...parts, ...escaped].join(''));
  } catch {
    return null;
  }
}
