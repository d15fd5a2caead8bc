const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding (RFC 4648 §4). */
export const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(three >> shift) & 63]).join('');
    const given = bytes.length - at;
    text += given >= 3 ? letters : letters.slice(0, given + 1).padEnd(4, '=');
  }
  return text;
};

/** The bytes of a base64 text; null unless it is exactly what `toBase64` writes, so that one value has one text. */
export const fromBase64 = (text: string): Uint8Array | null => {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0; at < text.length; at += 4) {
    const bits = [0, 1, 2, 3].reduce((all, next) => (all << 6) | Math.max(alphabet.indexOf(text[at + next] ?? '='), 0), 0);
    for (const [offset, shift] of [16, 8, 0].entries()) {
      const place = (at / 4) * 3 + offset;
      if (place < bytes.length) bytes[place] = (bits >> shift) & 255;
    }
  }
  return toBase64(bytes) === text ? bytes : null;
};
