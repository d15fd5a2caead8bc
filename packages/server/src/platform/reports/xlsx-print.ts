import { footOf } from './as-of.ts';
import type { Report } from './model.ts';
import { printable } from './text.ts';

/** Header and footer as on paper. `&` begins a code there, so it is doubled. */
function marginsXml(report: Report): string {
  const escape = (text: string): string =>
    printable(text)
      .slice(0, 80)
      .toWellFormed()
      .replace(/&/g, '&&')
      .replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const header = `&amp;L${escape(report.organisation)} · ${escape(report.title)}&amp;R${escape(report.version)}`;
  const footer = `&amp;L${escape(footOf(report))}&amp;RPage &amp;P of &amp;N`;
  return `<headerFooter><oddHeader>${header}</oddHeader><oddFooter>${footer}</oddFooter></headerFooter>`;
}

/** "A" for 0, "AB" for 27. */
export const columnLetters = (at: number): string =>
  (at < 26 ? '' : columnLetters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));

/** Filter buttons on the header row; the schema wants them directly after the cells. */
const withFilter = (xml: string, size: SheetSize): string =>
  xml.replace('</sheetData>', () => `</sheetData><autoFilter ref="A1:${columnLetters(size.columns - 1)}${size.rows}"/>`);

export interface SheetSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * What the library does not write itself: header and footer, one page wide in print, and filters on the sheets whose size is given
 * (none for the cover). Elements stand in the order of the schema, else Excel calls the file damaged.
 */
export function printSetup(report: Report, sizes: readonly (SheetSize | null)[]) {
  const margins = marginsXml(report);
  const transform = (xml: string, _options: unknown, { sheetIndex }: { sheetIndex: number }): string => {
    const fitted = xml.replace(/(<worksheet\b[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
    const size = sizes[sheetIndex];
    return size ? withFilter(fitted, size) : fitted;
  };
  const transformElementAttributes = (tag: string, attributes: Record<string, string | number>) =>
    tag === 'pageSetup' ? { ...attributes, fitToWidth: 1, fitToHeight: 0 } : attributes;
  return { files: { transform: { 'xl/worksheets/sheet{id}.xml': { insert: () => margins, transform, transformElementAttributes } } } };
}
