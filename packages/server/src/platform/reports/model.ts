/**
 * The neutral model of a printed report. Rooms describe what a report says; the writers decide how it looks on paper, in a
 * word processor and in a spreadsheet. Every string is plain text: no writer ever reads markup, formulas or escapes in it.
 */

/** The shapes that stand beside a status word: a disc judges, a square is a version, a diamond or triangle is a finding. */
export type StatusShape =
  | 'major'
  | 'minor'
  | 'observation'
  | 'met'
  | 'none'
  | 'planned'
  | 'progress'
  | 'due'
  | 'implemented'
  | 'late'
  | 'excluded'
  | 'draft'
  | 'approved'
  | 'superseded';

/** A shape never stands alone: the word carries the meaning for readers, copies in black and white, and screen readers. */
export interface Status {
  readonly shape: StatusShape;
  readonly word: string;
}

/** A record id with, where the reader may open it, its absolute http(s) address. Any other scheme is printed without a link. */
export interface RecordLink {
  readonly text: string;
  readonly href?: string;
}

export type Cell =
  | string
  | number
  | { readonly kind: 'text'; readonly text: string; /** second, quieter line */ readonly note?: string; readonly strong?: boolean }
  | { readonly kind: 'links'; readonly items: readonly RecordLink[]; /** free text after the ids */ readonly note?: string }
  | { readonly kind: 'date'; /** calendar day, ISO 8601 */ readonly date: string; readonly note?: string }
  | { readonly kind: 'status'; readonly status: Status; readonly note?: string };

export interface Column {
  readonly header: string;
  /** Share of the table's width relative to the other columns; 1 when absent. */
  readonly width?: number;
  readonly align?: 'left' | 'right';
}

/** One record, or a band that names the group of the rows below it (an Annex A area, a system). */
export type Row =
  | {
      readonly kind: 'row';
      readonly cells: readonly Cell[];
      /** What is wrong with this row, printed below it over its width. */ readonly remark?: Status & { readonly text: string };
    }
  | { readonly kind: 'band'; readonly label: string; readonly text: string; readonly summary?: string };

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What a band is, for the spreadsheet, where bands become a column that can be filtered ("Area"). */
  readonly bandHeader?: string;
  /** What to print in place of no rows; an empty register says so. */
  readonly emptyText?: string;
}

/** A drawing in SVG 1.1 without anything from outside; print draws it, a word processor and a spreadsheet say what it shows. */
export interface Picture {
  readonly kind: 'picture';
  readonly svg: string;
  readonly caption: string;
  /** What it shows, for whoever does not see it. */
  readonly alt: string;
  /** Size on paper in points; between the margins of A4 landscape there are 739 x 440. */
  readonly width: number;
  readonly height: number;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** A formal sentence that stands out, such as the scope worded for a certificate. */
  | { readonly kind: 'statement'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string; readonly status?: Status }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: Cell])[] }
  | Picture
  | Table;

export interface Section {
  readonly heading?: string;
  readonly level?: 1 | 2;
  readonly blocks: readonly Block[];
}

export interface Approval {
  readonly name: string;
  /** The function held when approving. */
  readonly function: string;
  /** Moment of approval, ISO 8601 with offset. */
  readonly at: string;
  readonly statement: string;
  /** SHA-256 of the approved version, lower-case hex. */
  readonly hash: string;
}

export interface Report {
  readonly title: string;
  readonly subtitle?: string;
  readonly organisation: string;
  /** "Version 3", "Draft 4". */
  readonly version: string;
  /** A draft is watermarked "Draft, not approved" on every page and never shows an approval. */
  readonly draft: boolean;
  /** Day the content was taken, ISO 8601. */
  readonly date: string;
  readonly approval?: Approval;
  /** Of a document as of a moment, the words for the foot of each page. */
  readonly asOf?: string;
  readonly language: 'en';
  /** Landscape when a table has more than five columns, unless said otherwise. */
  readonly orientation?: 'portrait' | 'landscape';
  readonly sections: readonly Section[];
}

/** The words of the watermark, the same in all three formats. */
export const draftMark = 'Draft, not approved';

/** Tables in reading order. */
export const tablesOf = (report: Report): Table[] =>
  report.sections.flatMap((section) => section.blocks.filter((block) => block.kind === 'table'));

/** Landscape when asked for or when a table is too wide to read in portrait. */
export function isLandscape(report: Report): boolean {
  if (report.orientation !== undefined) return report.orientation === 'landscape';
  return tablesOf(report).some((table) => table.columns.length > 5);
}

/** Draft, approved, or neither (a register printed for information). A draft that carries an approval is still a draft. */
export const standingOf = (report: Report): 'draft' | 'approved' | 'plain' =>
  report.draft ? 'draft' : report.approval ? 'approved' : 'plain';
