import type { Cell, Row } from '../platform/reports/model.ts';
import { shortDate } from '../platform/reports/text.ts';
import { type LinkTo, linksCell } from './build.ts';
import { areas, controlTitle } from './catalog.ts';
import type { Line, Proof } from './soa-reads.ts';
import { statusCell, statusOf, validityOf } from './status.ts';
import { counted, joined, wordOf, wordsOf } from './words.ts';

/** More than this many identifiers make a row unreadable; the rest is counted. */
const mostShown = 4;

const decisionCell = ({ entry }: Line): Cell => {
  const word = wordOf('soa-entries', 'decision', entry.decision);
  if (entry.decision === 'included') return word;
  return { kind: 'status', status: entry.decision === 'excluded' ? { shape: 'excluded', word } : { shape: 'due', word: 'Undecided' } };
};

const whyCell = ({ entry }: Line): Cell => {
  const reasons = entry.decision === 'excluded' ? '' : wordsOf('soa-entries', 'reasons', entry.reasons);
  const words = joined([entry.justification, entry.objectives.length > 0 && `Objectives: ${entry.objectives.map(({ identifier }) => identifier).join(', ')}`], '\n');
  return reasons === '' ? words : { kind: 'text', text: reasons, ...(words === '' ? {} : { note: words }) };
};

const risksCell = ({ entry, treatments }: Line, link: LinkTo): Cell => {
  const shown = entry.risks.slice(0, mostShown).map((risk) => link('risks', risk));
  const more = entry.risks.length - shown.length;
  const codes = treatments.map(({ code }) => code);
  const treated = codes.length === 0 ? '' : `by ${codes.slice(0, mostShown).join(', ')}${codes.length > mostShown ? ` and ${codes.length - mostShown} more` : ''}`;
  return linksCell(shown, joined([more > 0 && `and ${more} more`, treated], '; '));
};

const statusWithDates = ({ entry, lastTest }: Line, today: string): Cell => {
  if (entry.decision !== 'included') return '';
  const status = statusOf('soa-entries', 'status', entry.status);
  const pending = ['not_started', 'planned', 'in_progress'].includes(entry.status ?? '');
  const late = pending && entry.targetDate !== null && entry.targetDate < today;
  const tested = lastTest === null ? '' : `tested ${shortDate(lastTest.testedOn)}: ${wordOf('control-tests', 'outcome', lastTest.outcome).toLowerCase()}`;
  return statusCell(late ? { shape: 'late', word: status.word } : status, joined([pending && entry.targetDate !== null && `${late ? 'was due' : 'by'} ${shortDate(entry.targetDate)}`, tested]));
};

const evidenceCell = ({ entry, proofs }: Line, link: LinkTo, today: string): Cell => {
  if (proofs.length === 0) return entry.decision === 'included' ? 'none' : '';
  const shown = proofs.slice(0, 2);
  const best = validityOf(shown[0] as Proof, today);
  const expired = proofs.filter(({ validUntil }) => validUntil !== null && validUntil < today).length;
  return linksCell(shown.map((proof) => link('evidence', proof)), joined([`${best.word.toLowerCase()} ${best.note}`, proofs.length > shown.length && `${proofs.length - shown.length} more`, expired > 0 && expired < proofs.length && `${expired} expired`]));
};

const rowOf = (line: Line, link: LinkTo, today: string): Row => {
  const { entry, contradictions } = line;
  const worst = contradictions.find(({ blocks }) => blocks) ?? contradictions[0];
  const remark = worst === undefined ? undefined
    : worst.blocks ? { shape: 'major' as const, word: 'Contradiction', text: `${worst.message}. ${worst.remedy}` }
      : { shape: 'observation' as const, word: 'Explained', text: `${worst.message}. ${entry.contradictionNote ?? ''}` };
  return {
    kind: 'row',
    cells: [
      { kind: 'text', text: line.control ?? line.ownControl?.identifier ?? '', strong: true }, line.control === null ? (line.ownControl?.title ?? entry.title ?? '') : controlTitle(line.control),
      decisionCell(line), whyCell(line), risksCell(line, link), joined([entry.laws, entry.contracts && `Contract: ${entry.contracts}`], '\n'),
      statusWithDates(line, today), entry.owner?.title ?? '', evidenceCell(line, link, today),
    ],
    ...(remark === undefined ? {} : { remark }),
  };
};

export const soaColumns = [
  { header: 'Control', width: 0.62 }, { header: 'Title', width: 1.35 }, { header: 'Decision', width: 0.8 }, { header: 'Reason', width: 1.9 }, { header: 'Risks', width: 0.95 },
  { header: 'Laws, contracts', width: 1.1 }, { header: 'Status', width: 1.1 }, { header: 'Owner', width: 0.9 }, { header: 'Evidence', width: 1.05 },
] as const;

const inForce = ({ entry }: Line): boolean => entry.status === 'implemented' || entry.status === 'effective';
export const tally = (lines: readonly Line[]) => {
  const included = lines.filter(({ entry }) => entry.decision === 'included');
  return {
    all: lines.length, included: included.length, excluded: lines.filter(({ entry }) => entry.decision === 'excluded').length, undecided: lines.filter(({ entry }) => (entry.decision ?? 'undecided') === 'undecided').length,
    inForce: included.filter(inForce).length, unproven: included.filter(({ proofs }) => proofs.length === 0).length,
  };
};

const summaryOf = (lines: readonly Line[]): string => {
  const { all, included, excluded, undecided, inForce: ready } = tally(lines);
  return joined([counted(all, 'control'), `${included} included`, included > 0 && `${ready} in force`, excluded > 0 && `${excluded} excluded`, undecided > 0 && `${undecided} undecided`], ' · ');
};

/** The lines of each area of Annex A in its order, own controls at the end; controls without an entry are simply not there. */
export const bandsOf = (lines: readonly Line[]): { readonly id: string; readonly title: string; readonly lines: readonly Line[] }[] => {
  const byControl = new Map(lines.flatMap((line) => (line.control === null ? [] : [[line.control, line] as const])));
  const own = lines.filter(({ control }) => control === null);
  return [
    ...areas.map(({ id, title, controls }) => ({ id, title, lines: controls.flatMap((control) => byControl.get(control.id) ?? []) })),
    ...(own.length === 0 ? [] : [{ id: 'Own', title: 'Controls of the organisation beyond Annex A', lines: own }]),
  ];
};

export const soaRows = (lines: readonly Line[], link: LinkTo, today: string): Row[] =>
  bandsOf(lines).flatMap(({ id, title, lines: rows }): Row[] => (rows.length === 0 ? [] : [{ kind: 'band', label: id, text: title, summary: summaryOf(rows) }, ...rows.map((line) => rowOf(line, link, today))]));
