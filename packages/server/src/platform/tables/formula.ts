/**
 * Spreadsheets run a CSV cell that begins with = + - @ (or tab, carriage return, a full-width twin) as a formula, also
 * behind white space or quotes. The rule that disarms it and can be undone:
 *   writing  a cell that looks like a formula gets one apostrophe in front;
 *   reading  a cell that is an apostrophe in front of something that looks like a formula loses it.
 * An apostrophe counts as something a formula may hide behind, so a text that already begins with one gets a second,
 * and reading after writing gives back every text exactly.
 */
const LOOKS_LIKE_FORMULA =
  /^[\s"'`\u2018\u2019\u201C\u201D\u00AB\u00BB\u200B-\u200F\u2060\uFF02\uFF07]*[=+\-@\t\r\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20]/u;

export const looksLikeFormula = (cell: string): boolean => LOOKS_LIKE_FORMULA.test(cell);

/** The text to write into a CSV cell so that no spreadsheet runs it. */
export const disarm = (cell: string): string => (looksLikeFormula(cell) ? `'${cell}` : cell);

/** Undoes `disarm`; a text that never went through it keeps every apostrophe unless it stands before a formula sign. */
export const rearm = (cell: string): string => (cell.startsWith("'") && looksLikeFormula(cell.slice(1)) ? cell.slice(1) : cell);
