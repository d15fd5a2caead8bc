import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { TableError } from './limits.ts';
import type { TableProblem } from './types.ts';

export interface Decoded {
  readonly text: string;
  readonly encoding: string;
  readonly problems: readonly TableProblem[];
}

/** Share of zero bytes at even and odd places: text in UTF-16 without a mark has nearly all of them on one side. */
function zeroShare(bytes: Uint8Array): { even: number; odd: number } {
  const sample = bytes.subarray(0, 4096 - (4096 % 2));
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < sample.length; i += 2) {
    if (sample[i] === 0) even++;
    if (sample[i + 1] === 0) odd++;
  }
  const pairs = Math.max(1, Math.floor(sample.length / 2));
  return { even: even / pairs, odd: odd / pairs };
}

/** Names the encoding: byte order mark, UTF-16 by its zero bytes, valid UTF-8, else windows-1252 (what Excel writes on Windows). */
function detectEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zero = zeroShare(bytes);
  if (zero.odd > 0.3 && zero.even < 0.05) return 'utf-16le';
  if (zero.even > 0.3 && zero.odd < 0.05) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

/**
 * Bytes to text without the byte order mark. iconv-lite decodes windows-1252, because TextDecoder of Node 20 gives the
 * control characters of ISO 8859-1 for the bytes 0x80-0x9F.
 * @throws TableError ENCODING_UNKNOWN, NOT_A_TABLE (zero bytes: the file is not text)
 */
export function decodeText(bytes: Uint8Array, wanted?: string): Decoded {
  const encoding = wanted ?? detectEncoding(bytes);
  if (!iconv.encodingExists(encoding)) {
    throw new TableError(
      'ENCODING_UNKNOWN',
      `expected an encoding such as utf-8, utf-16le or windows-1252, got ${encoding}`,
      'Leave the encoding out, or name one of these.',
    );
  }
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding, { stripBOM: true });
  if (text.includes('\0')) {
    throw new TableError(
      'NOT_A_TABLE',
      'expected text in rows and columns, got a binary file',
      'Save the sheet as CSV (UTF-8) or as .xlsx and choose that file.',
    );
  }
  return { text, encoding, problems: strangeCharacters(text, encoding) };
}

function strangeCharacters(text: string, encoding: string): TableProblem[] {
  // eslint-disable-next-line no-control-regex -- these are exactly the characters looked for
  const strange = text.match(/[\uFFFD\u0080-\u0084\u0086-\u009F]/gu)?.length ?? 0;
  if (strange === 0) return [];
  return [
    {
      code: 'STRANGE_CHARACTERS',
      severity: 'warning',
      message: `expected readable text, got ${strange} damaged or control characters (read as ${encoding})`,
      remedy: 'Name the right encoding, or save the file again as CSV UTF-8.',
    },
  ];
}
