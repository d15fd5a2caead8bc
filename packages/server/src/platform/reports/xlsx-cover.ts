import type { Row as SheetRow, SheetData } from 'write-excel-file/node';
import { cellText } from './cells.ts';
import { draftMark, standingOf } from './model.ts';
import type { Block, Cell, Report, Table } from './model.ts';
import { paper, shapeColours } from './shapes.ts';
import { longDate, longMoment } from './text.ts';
import { rowHeight, sheetCell, textCell } from './xlsx-cells.ts';
import type { Style } from './xlsx-cells.ts';

const wrapped: Style = { wrap: true, alignVertical: 'top' };
/** Characters of the two columns: names and values. */
export const coverWidths = [32, 90];
const whole = coverWidths.reduce((sum, width) => sum + width);

const line = (text: string, style: Style = {}): SheetRow => {
  const size = style.fontSize ?? 11;
  return [textCell(text, { ...wrapped, ...style, columnSpan: 2, height: rowHeight([text], [(whole * 11) / size], size * 1.4) }), null];
};
const fact = (name: string, value: Cell): SheetRow => {
  const height = rowHeight([name, cellText(value)], coverWidths);
  return [textCell(name, { ...wrapped, textColor: paper.ink3, height }), { ...sheetCell(value, wrapped), height }];
};

function coverBlock(block: Block, nameOf: (table: Table) => string): SheetRow[] {
  switch (block.kind) {
    case 'paragraph':
    case 'statement':
      return [line(block.text)];
    case 'list':
      return block.items.map((item) => line(`• ${item}`));
    case 'note':
      return [line(block.status ? `${block.status.word}. ${block.text}` : block.text, { backgroundColor: paper.sunken })];
    case 'facts':
      return block.rows.map(([name, value]) => fact(name, value));
    case 'picture':
      return [fact(block.caption, block.alt)];
    case 'table':
      return [fact(block.caption, `Sheet “${nameOf(block)}”, records: ${block.rows.filter((row) => row.kind === 'row').length}`)];
  }
}

/** The first sheet: what the document is, where it stands, and all its words outside of tables. */
export function coverData(report: Report, nameOf: (table: Table) => string): SheetData {
  const { approval } = report;
  const approved = approval && standingOf(report) === 'approved';
  return [
    line(report.title, { fontWeight: 'bold', fontSize: 18 }),
    ...(report.subtitle ? [line(report.subtitle, { textColor: paper.ink2 })] : []),
    ...(report.draft ? [line(draftMark, { fontWeight: 'bold', textColor: shapeColours.major })] : []),
    fact('Organisation', report.organisation),
    fact('Version', report.version),
    fact('Date', longDate(report.date)),
    ...(approved
      ? [
          fact('Approved by', `${approval.name}, ${approval.function}`),
          fact('Approved at', longMoment(approval.at)),
          fact('Statement', approval.statement),
          fact('SHA-256 of the approved version', approval.hash),
        ]
      : []),
    ...report.sections.flatMap((section) => [
      [null],
      ...(section.heading ? [line(section.heading, { fontWeight: 'bold', fontSize: section.level === 2 ? 11 : 13 })] : []),
      ...section.blocks.flatMap((block) => coverBlock(block, nameOf)),
    ]),
  ];
}
