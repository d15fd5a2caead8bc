import {
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table as WordTable,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import { TextWatermark } from 'docx/watermarks';
import { isLong } from './cells.ts';
import { fitColumns } from './column-widths.ts';
import { cellParagraphs, factCells, headerCell, recordCells, remarkCell, runs, statusRuns, wideCell } from './docx-cells.ts';
import { styles } from './docx-styles.ts';
import { draftMark, isLandscape, standingOf } from './model.ts';
import { footOf } from './as-of.ts';
import type { Approval, Block, Report, Row, Table } from './model.ts';
import { paper } from './shapes.ts';
import { longDate, longMoment, printable } from './text.ts';

/** Word measures in twentieths of a point. */
const twips = 20;
/** A4 and its margins in twips. */
const page = { short: 11906, long: 16838, side: 1020, top: 1300, bottom: 1130 };
const widthOf = (report: Report): number => (isLandscape(report) ? page.long : page.short) - 2 * page.side;

function tableRows(row: Row, table: Table): TableRow[] {
  const count = table.columns.length;
  if (row.kind === 'band') {
    const summary = row.summary ? runs(`  ${row.summary}`, { color: paper.ink2.slice(1) }) : [];
    return [
      new TableRow({
        cantSplit: true,
        children: [wideCell([...runs(`${row.label}  ${row.text}`, { bold: true }), ...summary], count, paper.sunken)],
      }),
    ];
  }
  const record = new TableRow({ cantSplit: !isLong(row), children: recordCells(row, table.columns) });
  return row.remark ? [record, new TableRow({ cantSplit: true, children: [remarkCell(row.remark, count)] })] : [record];
}

function wordTable(table: Table, width: number): WordTable {
  const body =
    table.rows.length > 0
      ? table.rows.flatMap((row) => tableRows(row, table))
      : [new TableRow({ children: [wideCell(runs(table.emptyText ?? 'No records.'), table.columns.length)] })];
  return new WordTable({
    width: { size: width, type: WidthType.DXA },
    columnWidths: fitColumns(table, width / twips).widths.map((points) => Math.floor(points * twips)),
    layout: TableLayoutType.FIXED,
    rows: [new TableRow({ tableHeader: true, cantSplit: true, children: table.columns.map(headerCell) }), ...body],
  });
}

function wordBlock(block: Block, width: number): (Paragraph | WordTable)[] {
  switch (block.kind) {
    case 'paragraph':
      return [new Paragraph({ children: runs(block.text) })];
    case 'statement':
      return [
        new Paragraph({
          style: 'ReportStatement',
          border: { left: { style: BorderStyle.SINGLE, size: 16, color: paper.accent.slice(1), space: 10 } },
          children: runs(block.text),
        }),
      ];
    case 'list':
      return block.items.map((item) => new Paragraph({ bullet: { level: 0 }, children: runs(item) }));
    case 'note':
      return [
        new Paragraph({
          shading: { type: ShadingType.CLEAR, color: 'auto', fill: paper.sunken.slice(1) },
          children: [...(block.status ? [...statusRuns(block.status, true), new TextRun('. ')] : []), ...runs(block.text)],
        }),
      ];
    case 'facts':
      return [
        new WordTable({
          width: { size: width, type: WidthType.DXA },
          columnWidths: [Math.floor(width * 0.22), Math.floor(width * 0.78)],
          layout: TableLayoutType.FIXED,
          rows: block.rows.map(([name, value]) => new TableRow({ children: factCells(name, value) })),
        }),
        new Paragraph({ style: 'TableText' }),
      ];
    case 'picture':
      return [new Paragraph({ style: 'ReportCaption', children: runs(block.caption) }), new Paragraph({ children: runs(block.alt) })];
    case 'table':
      return [
        new Paragraph({ style: 'ReportCaption', children: runs(block.caption) }),
        wordTable(block, width),
        new Paragraph({ style: 'TableText' }),
      ];
  }
}

const approvalLines = (approval: Approval): Paragraph[] => [
  new Paragraph({
    children: [
      ...statusRuns({ shape: 'approved', word: 'Approved' }, true),
      ...runs(` by ${approval.name}, ${approval.function}, ${longMoment(approval.at)}`),
    ],
  }),
  new Paragraph({ children: runs(approval.statement) }),
  new Paragraph({ style: 'TableNote', children: runs(`SHA-256 of the approved version: ${approval.hash}`) }),
];

/** Title, version and standing, then the approval or the words that there is none. */
function opening(report: Report): Paragraph[] {
  const standing = standingOf(report);
  const date = ` · ${longDate(report.date)}`;
  const version = standing === 'plain' ? runs(report.version, { bold: true }) : statusRuns({ shape: standing, word: report.version }, true);
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, children: runs(report.title) }),
    ...(report.subtitle ? [new Paragraph({ style: 'ReportSubtitle', children: runs(report.subtitle) })] : []),
    new Paragraph({ style: 'ReportStanding', children: [...version, ...runs(date)] }),
    ...(standing === 'draft' ? cellParagraphs({ kind: 'status', status: { shape: 'draft', word: draftMark } }) : []),
    ...(standing === 'approved' && report.approval ? approvalLines(report.approval) : []),
  ];
}

function margins(report: Report) {
  const tabStops = [{ type: TabStopType.RIGHT, position: widthOf(report) }];
  const mark = report.draft ? [new TextWatermark({ text: draftMark, font: 'Calibri', color: '#C0C0C0', opacity: 0.35 })] : [];
  const header = new Header({
    children: [
      new Paragraph({
        style: 'ReportMargin',
        tabStops,
        children: [...mark, ...runs(`${report.organisation} · ${report.title}\t${report.version}`)],
      }),
    ],
  });
  const pages = new TextRun({ children: ['\tPage ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] });
  return {
    headers: { default: header },
    footers: {
      default: new Footer({ children: [new Paragraph({ style: 'ReportMargin', tabStops, children: [...runs(footOf(report)), pages] })] }),
    },
  };
}

/** The report as a Word document (OOXML) with real headings, repeated table headers, header, footer and, on drafts, Word's own watermark. */
export async function renderDocx(report: Report): Promise<Uint8Array> {
  const width = widthOf(report);
  const body = report.sections.flatMap((section) => [
    ...(section.heading
      ? [new Paragraph({ heading: section.level === 2 ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_1, children: runs(section.heading) })]
      : []),
    ...section.blocks.flatMap((block) => wordBlock(block, width)),
  ]);
  const document = new Document({
    title: printable(report.title),
    subject: printable(report.version),
    creator: printable(report.organisation),
    styles,
    sections: [
      {
        properties: {
          page: {
            size: {
              width: page.short,
              height: page.long,
              orientation: isLandscape(report) ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { left: page.side, right: page.side, top: page.top, bottom: page.bottom, header: 560, footer: 500 },
          },
        },
        ...margins(report),
        children: [...opening(report), ...body],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
