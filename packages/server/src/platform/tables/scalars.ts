const YES = new Set(['yes', 'y', 'true', '1', 'x', '✓', '✔', 'on', 'ja', 'j', 'oui', 'si', 'sí', 'wahr']);
const NO = new Set(['no', 'n', 'false', '0', 'off', 'nein', 'non', 'falsch']);

/** Yes or no in the words people use in sheets; undefined for anything else. */
export function readBoolean(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

export type NumberReading =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'ambiguous'; readonly decimal: number; readonly thousands: number }
  | { readonly kind: 'none' };

/**
 * A number with or without grouping, currency sign or percent sign (12 % stays 12). One separator before exactly three
 * digits (1,234) may mean two numbers.
 */
export function readNumber(cell: string): NumberReading {
  const text = cell
    .trim()
    .replaceAll(/[\s'’]|[€$£¥%]/gu, '')
    .replace('\u2212', '-');
  if (!/^[+-]?\d[\d.,]*$/u.test(text))
    return /^[+-]?(?:\d+\.?\d*|\.\d+)e[+-]?\d+$/iu.test(text) ? { kind: 'number', value: Number(text) } : { kind: 'none' };
  const commas = text.split(',').length - 1;
  const points = text.split('.').length - 1;
  if (commas > 0 && points > 0) return grouped(text, text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.');
  const separator = commas > 0 ? ',' : '.';
  if (commas + points > 1) return grouped(text, separator === ',' ? '.' : ',');
  if (commas + points === 1 && /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/u.test(text)) {
    return { kind: 'ambiguous', decimal: Number(text.replace(',', '.')), thousands: Number(text.replace(separator, '')) };
  }
  return { kind: 'number', value: Number(text.replace(',', '.')) };
}

const GROUPED = { ',': /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/u, '.': /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u } as const;

/** With grouping: the other sign must part threes, and the decimal sign may stand once, behind them. */
function grouped(text: string, decimal: ',' | '.'): NumberReading {
  if (!GROUPED[decimal].test(text)) return { kind: 'none' };
  return { kind: 'number', value: Number(text.replaceAll(decimal === ',' ? '.' : ',', '').replace(',', '.')) };
}
