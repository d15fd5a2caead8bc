import { evidence } from '@aimwell/contract/evidence/evidence';
import { soaEntries } from '@aimwell/contract/soa/soa';
import { sql } from 'kysely';
import type { Cell, Report, Row, Table } from '../platform/reports/model.ts';
import { type BuildReport, coverOf, type LinkTo, linksCell, linkTo } from './build.ts';
import { areas, clauseOf, clauses } from './catalog.ts';
import { statusCell, validityOf } from './status.ts';
import { readViews, type View } from './views.ts';
import { counted, joined, wordOf } from './words.ts';

type Evidence = View<typeof evidence>;

/** What is the same about a piece of evidence in both indexes. */
const shared = (item: Evidence, link: LinkTo, today: string): Cell[] => {
  const { note, ...status } = validityOf(item, today);
  return [
    linksCell([link('evidence', item)]),
    item.title,
    wordOf('evidence', 'kind', item.kind),
    { kind: 'date', date: item.collectedOn },
    statusCell(status, note),
    item.owner?.title ?? '',
  ];
};
const columns = [
  { header: 'Evidence', width: 0.8 },
  { header: 'Title', width: 2.4 },
  { header: 'Kind', width: 0.7 },
  { header: 'Collected', width: 0.8 },
  { header: 'Validity', width: 1.1 },
  { header: 'Owner', width: 1.1 },
] as const;

const none = (first: Cell, text: string): Row => ({ kind: 'row', cells: [first, '', text, '', '', '', ''] });

const byClause = (items: readonly Evidence[], link: LinkTo, today: string): Table => ({
  kind: 'table',
  caption: 'Evidence by clause',
  bandHeader: 'Clause',
  columns: [{ header: 'Proves', width: 1 }, ...columns],
  rows: clauses.flatMap(({ id, title, requirements }): Row[] => {
    const found = items.flatMap((item) => {
      const proved = item.requirements.filter((requirement) => clauseOf(requirement) === id);
      return proved.length === 0 ? [] : [{ item, proved }];
    });
    const answered = new Set(found.flatMap(({ proved }) => proved)).size;
    const rows = found.map(({ item, proved }): Row => ({ kind: 'row', cells: [proved.join(', '), ...shared(item, link, today)] }));
    return [
      { kind: 'band', label: id, text: title, summary: `${answered} of ${counted(requirements.length, 'requirement')}` },
      ...(rows.length > 0 ? rows : [none('', 'No evidence names this clause.')]),
    ];
  }),
});

/** Controls that the Statement of Applicability in force excludes: nothing has to be proven for them. */
const readExcluded = async (tx: Parameters<BuildReport>[0]): Promise<ReadonlySet<string>> => {
  const entries = await readViews(
    tx,
    soaEntries,
    sql`t.decision = 'excluded' and t.soa_id in (select v.id from soa_versions v where v.organization_id = t.organization_id and v.state = 'approved' and v.archived_at is null)`,
  );
  return new Set(entries.flatMap(({ control }) => control ?? []));
};

const byControl = (items: readonly Evidence[], excluded: ReadonlySet<string>, link: LinkTo, today: string): Table => ({
  kind: 'table',
  caption: 'Evidence by control',
  bandHeader: 'Area',
  columns: [{ header: 'Control', width: 1.6 }, ...columns],
  rows: areas.flatMap(({ id, title, controls }): Row[] => {
    const named = controls.map((control) => ({ control, found: items.filter((item) => item.controls.includes(control.id)) }));
    return [
      {
        kind: 'band',
        label: id,
        text: title,
        summary: `${named.filter(({ found }) => found.length > 0).length} of ${counted(controls.length, 'control')}`,
      },
      ...named.flatMap(({ control, found }): Row[] => {
        const first: Cell = { kind: 'text', text: control.id, note: control.title, strong: true };
        return found.length === 0
          ? [
              none(
                first,
                excluded.has(control.id) ? 'Excluded by the Statement of Applicability in force.' : 'No evidence names this control.',
              ),
            ]
          : found.map((item): Row => ({ kind: 'row', cells: [first, ...shared(item, link, today)] }));
      }),
    ];
  }),
});

const named = (records: readonly { readonly identifier: string }[]): string =>
  records
    .slice(0, 5)
    .map(({ identifier }) => identifier)
    .join(', ') + (records.length > 5 ? ` and ${records.length - 5} more` : '');

/** Each piece once, with where it is and how its bytes can be checked. */
const allOf = (items: readonly Evidence[], link: LinkTo): Table => ({
  kind: 'table',
  caption: 'All evidence',
  emptyText: 'No evidence is recorded.',
  columns: [
    { header: 'Evidence', width: 0.7 },
    { header: 'Title', width: 1.8 },
    { header: 'Controls', width: 0.9 },
    { header: 'Requirements', width: 0.9 },
    { header: 'Records', width: 1.2 },
    { header: 'File or address', width: 1.5 },
    { header: 'SHA-256', width: 1.7 },
  ],
  rows: items.map((item): Row => ({
    kind: 'row',
    cells: [
      linksCell([link('evidence', item)]),
      { kind: 'text', text: item.title, note: item.description ?? '' },
      item.controls.join(', '),
      item.requirements.join(', '),
      joined([named(item.systems), named(item.risks), named(item.treatments)], ', '),
      item.fileName ?? item.url ?? '',
      item.sha256 ?? '',
    ],
  })),
});

/** What proves what: evidence by clause and by control, and every piece once with its hash. */
export const buildEvidenceIndex: BuildReport = async (tx, context, options): Promise<Report> => {
  const link = linkTo(context, options);
  const items = await readViews(tx, evidence);
  const expired = items.filter(({ validUntil }) => validUntil !== null && validUntil < context.today).length;
  const unlinked = items.filter(({ controls, requirements }) => controls.length === 0 && requirements.length === 0).length;
  const covered = areas.flatMap(({ controls }) => controls).filter(({ id }) => items.some(({ controls }) => controls.includes(id))).length;
  const proven = new Set(items.flatMap(({ requirements }) => requirements.flatMap((id) => clauseOf(id) ?? []))).size;
  return {
    ...coverOf(context),
    version: 'As it stands',
    draft: false,
    title: 'Evidence index',
    subtitle: 'What proves what, by clause and control of ISO/IEC 42001:2023',
    orientation: 'landscape',
    sections: [
      {
        heading: 'Overview',
        blocks: [
          {
            kind: 'facts',
            rows: [
              [
                'Evidence',
                joined(
                  [
                    counted(items.length, 'piece'),
                    expired > 0 && `${expired} expired`,
                    unlinked > 0 && `${unlinked} named by no clause and no control`,
                  ],
                  ', ',
                ),
              ],
              ['Clauses', `${proven} of ${clauses.length} with evidence`],
              ['Controls', `${covered} of ${areas.flatMap(({ controls }) => controls).length} with evidence`],
            ],
          },
        ],
      },
      { heading: 'By clause', blocks: [byClause(items, link, context.today)] },
      { heading: 'By control', blocks: [byControl(items, await readExcluded(tx), link, context.today)] },
      { heading: 'All evidence', blocks: [allOf(items, link)] },
    ],
  };
};
