/** Widths of Arial and its like, in thousandths of the size of the letters. */
const widths: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['ijl', 222],
    [" !,./:;I[]ft|'", 278],
    ['()r-', 333],
    ['cksvxyzJ', 500],
    ['abdeghnopqu0123456789L?', 556],
    ['FTZ', 611],
    ['ABEKPSVXY&', 667],
    ['wCDHNRU', 722],
    ['GOQ', 778],
    ['mM', 833],
    ['W', 944],
  ].flatMap(([letters, width]) => [...(letters as string)].map((letter) => [letter, width as number])),
);

/** Width of a text in px; a letter that is not known counts as a wide one. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, letter) => sum + ((widths[letter] ?? 700) * size) / 1000, 0);

export interface TextLine {
  readonly text: string;
  readonly width: number;
}

/**
 * A text broken into lines of at most so many px, as bpmn-js breaks it: it guesses from the number of letters how much of a line that
 * is too long will fit, and so breaks earlier than it would have to, at times within a word.
 */
export const linesOf = (text: string, width: number, size: number): readonly TextLine[] => {
  const lines: TextLine[] = [];
  for (let rest = text; rest !== '';) {
    let line = rest;
    while (widthOf(line.trimEnd(), size) > width && line.length > 1)
      line = shortened(line, (line.length * width) / widthOf(line.trimEnd(), size));
    lines.push({ text: line, width: widthOf(line.trimEnd(), size) });
    rest = rest.slice(line.length).trim();
  }
  return lines;
};

const shortened = (line: string, room: number): string => {
  const parts = line.split(/(\s|-)/);
  let whole = '';
  for (const part of parts) {
    if (parts.length === 1 || whole.length + part.length >= Math.max(room, 1)) break;
    whole += part;
  }
  return whole === '' ? line.slice(0, Math.max(Math.round(room - 1), 1)) : whole;
};
