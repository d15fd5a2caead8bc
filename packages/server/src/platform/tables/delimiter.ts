const DELIMITERS = [',', ';', '\t', '|'] as const;

const SAMPLE_CHARACTERS = 256 * 1024;
const SAMPLE_RECORDS = 300;

/** Cells per record if `delimiter` were the one in use; quoted cells may hold delimiters and line ends. Blank records are left out. */
function widths(text: string, delimiter: string): number[] {
  const found: number[] = [];
  let cells = 1;
  let blank = true;
  let quoted = false;
  let atCellStart = true;
  for (let i = 0; i < text.length && found.length < SAMPLE_RECORDS; i++) {
    const character = text.charAt(i);
    if (quoted) {
      // A doubled quote closes and opens again, which comes to the same.
      if (character === '"') quoted = false;
    } else if (character === '"' && (atCellStart || text.charAt(i - 1) === '"')) {
      quoted = true;
      blank = false;
      atCellStart = false;
    } else if (character === delimiter) {
      cells++;
      atCellStart = true;
    } else if (character === '\n' || character === '\r') {
      if (!blank) found.push(cells);
      cells = 1;
      blank = true;
      atCellStart = true;
    } else {
      blank &&= character.trim() === '';
      atCellStart = false;
    }
  }
  if (!blank && text.length < SAMPLE_CHARACTERS) found.push(cells);
  return found;
}

/** How well the records agree on one width (its share, squared) times what the delimiter separates at that width. */
function score(found: readonly number[]): number {
  const tally = new Map<number, number>();
  for (const width of found) tally.set(width, (tally.get(width) ?? 0) + 1);
  let best = 0;
  for (const [width, times] of tally) best = Math.max(best, (times / found.length) ** 2 * (width - 1));
  return best;
}

/** The delimiter the records agree on best; a comma where nothing separates anything (one column). */
export function detectDelimiter(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const reached = score(widths(sample, delimiter));
    if (reached > best.score) best = { delimiter, score: reached };
  }
  return best.delimiter;
}
