/** Words that say nothing about what a column holds. */
const EMPTY_WORDS = new Set(
  'a an and any are as at be by can do does for from has have how if in is it its of on or our s that the their this to was what when where which who why will with your please describe ai use case'.split(
    ' ',
  ),
);

/** Text for comparing: case, accents, punctuation and runs of white space do not count; camelCase and snake_case fall into words. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/(\p{Lowercase})(\p{Uppercase})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();

/** Singular by the plainest rule; good enough to bring “purposes” and “purpose” together. */
const stem = (word: string) => (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word);

/** The words that carry meaning; all words where none does (“Use case”). */
function contentWords(text: string): string[] {
  const words = normalise(text).split(' ').filter(Boolean);
  const telling = words.filter((word) => !EMPTY_WORDS.has(word));
  return [...new Set((telling.length > 0 ? telling : words).map(stem))];
}

/**
 * How alike a header and a name are, 0 to 1. Equal texts give 1; a name whose words all stand in the header gives more
 * the less else stands there; otherwise shared words count against all words of both (Dice).
 */
export function similarity(header: string, name: string): number {
  if (normalise(header) === normalise(name)) return 1;
  const headerWords = contentWords(header);
  const nameWords = contentWords(name);
  if (headerWords.length === 0 || nameWords.length === 0) return 0;
  const shared = nameWords.filter((word) => headerWords.includes(word)).length;
  if (shared === nameWords.length && shared === headerWords.length) return 0.95;
  if (shared === nameWords.length) return 0.35 + 0.45 * (shared / headerWords.length);
  return 0.8 * ((2 * shared) / (headerWords.length + nameWords.length));
}
