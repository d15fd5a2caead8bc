/**
 * write-excel-file 4.1.1 looks shared strings up in a plain object, so a cell that reads "constructor" or "toString" finds the
 * inherited function and the workbook cannot be opened. Such cells carry the function's text as their number; they become inline strings.
 */
const inherited = new Map(
  Object.getOwnPropertyNames(Object.prototype).map((name) => [String(({} as Record<string, unknown>)[name]), name]),
);
const numberless = /<c ([^>]*)t="s"><v>(?!\d+<)([^<]*)<\/v><\/c>/g;

function repaired(xml: string): string {
  return xml.replace(numberless, (cell, attributes: string, marker: string) => {
    const name = inherited.get(marker);
    return name === undefined ? cell : `<c ${attributes}t="inlineStr"><is><t>${name}</t></is></c>`;
  });
}

/** A feature for every workbook written from text of others. */
export const inheritedNames = { files: { transform: { 'xl/worksheets/sheet{id}.xml': { transform: repaired } } } };
