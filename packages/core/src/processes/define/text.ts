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

/** A text broken at spaces so that each line is at most so wide; a longer word stands alone. */
export const linesOf = (text: string, width: number, size: number): readonly { readonly text: string; readonly width: number }[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => ({ text: line, width: widthOf(line, size) }));
};
