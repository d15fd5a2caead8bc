import type { Cell, Row } from '../platform/reports/model.ts';
import { shortDate } from '../platform/reports/text.ts';
import { type LinkTo, linksCell } from './build.ts';
import { areas } from './catalog.ts';
import type { Line } from './soa-reads.ts';
import { statusCell, statusOf, validityOf } from './status.ts';
import { counted, joined, wordOf, wordsOf } from './words.ts';

/** More than this many identifiers make a row unreadable; the rest is counted. */
const mostShown = 4;

const decisionCell = ({ decision }: Line): Cell => {
  const word = wordOf('soa-entries', 'decision', decision);
  return decision === 'included' ? word : { kind: 'status', status: { shape: decision === 'excluded' ? 'excluded' : 'due', word } };
};

const whyCell = ({ decision, reasons, justification, objectives }: Line): Cell => {
  const types = decision === 'excluded' ? '' : wordsOf('soa-entries', 'reasons', reasons);
  const words = joined(
    [justification, objectives.length > 0 && `Objectives: ${objectives.map(({ identifier }) => identifier).join(', ')}`],
    '\n',
  );
  return types === '' ? words : { kind: 'text', text: types, ...(words === '' ? {} : { note: words }) };
};

const risksCell = ({ risks, treatments, treatmentCount }: Line, link: LinkTo): Cell => {
  const shown = risks.slice(0, mostShown).map((risk) => link('risks', risk));
  const more = (count: number) => (count > mostShown ? ` and ${count - mostShown} more` : '');
  const treated =
    treatments.length === 0
      ? ''
      : `in ${treatments
          .slice(0, mostShown)
          .map(({ identifier }) => identifier)
          .join(', ')}${more(treatmentCount)}`;
  return linksCell(shown, joined([more(risks.length).trim(), treated]));
};

const statusWithDates = ({ decision, status: value, targetDate, statusNote, lastTest }: Line, today: string): Cell => {
  if (decision !== 'included') return '';
  const status = statusOf('soa-entries', 'status', value);
  const pending = ['not_started', 'planned', 'in_progress'].includes(value);
  const late = pending && targetDate !== null && targetDate < today;
  const tested =
    lastTest === null
      ? ''
      : `tested ${shortDate(lastTest.testedOn)}: ${wordOf('control-tests', 'outcome', lastTest.outcome).toLowerCase()}`;
  return statusCell(
    late ? { shape: 'late', word: status.word } : status,
    joined([pending && targetDate !== null && `${late ? 'was due' : 'by'} ${shortDate(targetDate)}`, tested, statusNote]),
  );
};

const evidenceCell = ({ decision, ownControl, proofs, evidence }: Line, link: LinkTo, today: string): Cell => {
  const [best, ...others] = proofs;
  // Evidence names controls of Annex A; what proves an own control is not told by its record.
  if (best === undefined) return decision === 'included' && ownControl === null ? 'none' : '';
  const validity = validityOf(best, today);
  const expired = evidence.valid === 0 ? 0 : evidence.count - evidence.valid;
  return linksCell(
    [best, ...others.slice(0, 1)].map((proof) => link('evidence', proof)),
    joined([
      `${validity.word.toLowerCase()} ${validity.note}`,
      others.length > 1 && `${others.length - 1} more`,
      expired > 0 && `${expired} not valid`,
    ]),
  );
};

const remarkOf = ({ contradictions, contradictionNote }: Line): Extract<Row, { kind: 'row' }>['remark'] => {
  const worst = contradictions.find(({ blocks }) => blocks) ?? contradictions[0];
  if (worst === undefined) return undefined;
  return worst.blocks
    ? { shape: 'major', word: 'Contradiction', text: `${worst.message}. ${worst.remedy}` }
    : { shape: 'observation', word: 'Explained', text: `${worst.message}. ${contradictionNote ?? ''}` };
};

/** Own controls are not set in bold: columns are measured for regular letters, and their identifiers are the longest. */
const rowOf = (line: Line, link: LinkTo, today: string): Row => {
  const remark = remarkOf(line);
  return {
    kind: 'row',
    cells: [
      { kind: 'text', text: line.control, strong: line.ownControl === null },
      line.title,
      decisionCell(line),
      whyCell(line),
      risksCell(line, link),
      joined([line.laws, line.contracts && `Contract: ${line.contracts}`], '\n'),
      statusWithDates(line, today),
      line.owner?.title ?? '',
      evidenceCell(line, link, today),
    ],
    ...(remark === undefined ? {} : { remark }),
  };
};

export const soaColumns = [
  { header: 'Control', width: 0.64 },
  { header: 'Title', width: 1.25 },
  { header: 'Decision', width: 0.8 },
  { header: 'Reason', width: 1.8 },
  { header: 'Risks', width: 1.35 },
  { header: 'Laws, contracts', width: 1 },
  { header: 'Status', width: 1.15 },
  { header: 'Owner', width: 0.9 },
  { header: 'Evidence', width: 1.25 },
] as const;

const isInForce = ({ status }: Line): boolean => status === 'implemented' || status === 'effective';

export const tally = (lines: readonly Line[]) => {
  const included = lines.filter(({ decision }) => decision === 'included');
  return {
    all: lines.length,
    included: included.length,
    excluded: lines.filter(({ decision }) => decision === 'excluded').length,
    undecided: lines.filter(({ decision }) => decision === 'undecided').length,
    inForce: included.filter(isInForce).length,
    unproven: included.filter(({ ownControl, evidence }) => ownControl === null && evidence.valid === 0).length,
  };
};

const summaryOf = (lines: readonly Line[]): string => {
  const { all, included, excluded, undecided, inForce } = tally(lines);
  return joined(
    [
      counted(all, 'control'),
      `${included} included`,
      included > 0 && `${inForce} in force`,
      excluded > 0 && `${excluded} excluded`,
      undecided > 0 && `${undecided} undecided`,
    ],
    ' · ',
  );
};

export interface Band {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly Line[];
}

/** The lines of each area of Annex A in its order, own controls at the end. */
export const bandsOf = (lines: readonly Line[]): Band[] => {
  const byArea = Map.groupBy(lines, ({ area }) => area);
  const own = byArea.get('own') ?? [];
  return [
    ...areas.map(({ id, title }) => ({ id, title, lines: byArea.get(id) ?? [] })),
    ...(own.length === 0 ? [] : [{ id: 'Own', title: 'Controls of the organisation beyond Annex A', lines: own }]),
  ];
};

export const soaRows = (lines: readonly Line[], link: LinkTo, today: string): Row[] =>
  bandsOf(lines).flatMap(({ id, title, lines: rows }): Row[] =>
    rows.length === 0
      ? []
      : [{ kind: 'band', label: id, text: title, summary: summaryOf(rows) }, ...rows.map((line) => rowOf(line, link, today))],
  );
