import { contextIssues, partyRequirements } from '@aimwell/contract/context/context';
import { scopeElements, scopeStatements } from '@aimwell/contract/scope/scope';
import { sql } from 'kysely';
import type { Tx } from '../platform/database/pool.ts';
import type { Block, Report, Row, Section } from '../platform/reports/model.ts';
import { longDate } from '../platform/reports/text.ts';
import { type BuildReport, coverOf, type LinkTo, linksCell, linkTo } from './build.ts';
import { clauseOf, clauses } from './catalog.ts';
import { approvalFacts, standingOf, versionToPrint } from './versions.ts';
import { readAll, readViews, type View } from './views.ts';
import { counted, joined, wordOf } from './words.ts';

type Statement = View<typeof scopeStatements>;
type Element = View<typeof scopeElements>;

const kinds = scopeElements.fields.kind.choices;

const elementRow = (element: Element, link: LinkTo): Row => ({
  kind: 'row',
  cells: [
    linksCell([link('scope-elements', element)]),
    { kind: 'text', text: element.name, ...(element.description === null ? {} : { note: element.description }) },
    { kind: 'status', status: element.decision === 'out' ? { shape: 'excluded', word: 'Out' } : { shape: 'met', word: 'In' } },
    element.decisionReason ?? '',
  ],
});

const boundaries = (elements: readonly Element[], link: LinkTo): Block => ({
  kind: 'table',
  caption: 'Boundaries of the management system',
  bandHeader: 'Kind',
  emptyText: 'No units, sites, activities or interfaces are recorded.',
  columns: [
    { header: 'Id', width: 0.7 },
    { header: 'What', width: 2.4 },
    { header: 'Scope', width: 0.6 },
    { header: 'Reason', width: 2 },
  ],
  rows: kinds.flatMap((kind): Row[] => {
    const found = elements.filter((element) => element.kind === kind);
    return found.length === 0
      ? []
      : [
          { kind: 'band', label: wordOf('scope-elements', 'kind', kind), text: '', summary: String(found.length) },
          ...found.map((element) => elementRow(element, link)),
        ];
  }),
});

/** AI systems by their scope decision; retired ones and what is no AI system stand outside the question. */
const readSystemCounts = async (tx: Tx) => {
  const rows = await readAll<{ decision: string | null; count: number }>(
    tx,
    sql`
    select t.scope_decision as decision, count(*)::int as count from systems t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and t.state not in ('retired', 'not_an_ai_system') group by 1`,
  );
  const of = (decision: string) => rows.find((row) => row.decision === decision)?.count ?? 0;
  return { in: of('in'), out: of('out'), total: rows.reduce((sum, row) => sum + row.count, 0) };
};

const considered = async (tx: Tx, statement: Statement, link: LinkTo): Promise<Section[]> => {
  const issues = await readViews(tx, contextIssues, sql`t.id = any(${statement.issues.map(({ id }) => id)}::uuid[])`);
  const required = await readViews(tx, partyRequirements, sql`t.id = any(${statement.partyRequirements.map(({ id }) => id)}::uuid[])`);
  const answered = [...new Set(statement.requirements.flatMap((id) => clauseOf(id) ?? []))];
  return [
    {
      heading: 'What was considered',
      blocks: [
        ...(answered.length === 0
          ? []
          : [
              {
                kind: 'facts' as const,
                rows: [
                  [
                    'Clauses',
                    answered.map((id) => joined([id, clauses.find((clause) => clause.id === id)?.title], ' ')).join('\n'),
                  ] as const,
                ],
              },
            ]),
        {
          kind: 'table',
          caption: 'Issues of the organisation and its context (4.1)',
          emptyText: 'No issue is linked to this statement.',
          columns: [
            { header: 'Id', width: 0.7 },
            { header: 'Issue', width: 3 },
            { header: 'Kind', width: 0.8 },
            { header: 'Relevance', width: 1.2 },
          ],
          rows: issues.map((issue): Row => ({
            kind: 'row',
            cells: [
              linksCell([link('context-issues', issue)]),
              issue.title,
              wordOf('context-issues', 'kind', issue.kind),
              { kind: 'text', text: wordOf('context-issues', 'relevance', issue.relevance), note: issue.relevanceReason ?? '' },
            ],
          })),
        },
        {
          kind: 'table',
          caption: 'Requirements of interested parties (4.2)',
          emptyText: 'No requirement of an interested party is linked to this statement.',
          columns: [
            { header: 'Id', width: 0.7 },
            { header: 'Requirement', width: 2.4 },
            { header: 'Party', width: 1.2 },
            { header: 'Basis', width: 0.8 },
            { header: 'Decision', width: 1.1 },
          ],
          rows: required.map((one): Row => ({
            kind: 'row',
            cells: [
              linksCell([link('party-requirements', one)]),
              one.title,
              one.party?.title ?? '',
              wordOf('party-requirements', 'basis', one.basis),
              { kind: 'text', text: wordOf('party-requirements', 'decision', one.decision), note: one.decisionReason ?? '' },
            ],
          })),
        },
      ],
    },
  ];
};

/** The scope statement as it may stand on a certificate, with boundaries and what was considered. */
export const buildScope: BuildReport = async (tx, context, options): Promise<Report> => {
  const link = linkTo(context, options);
  const statement = await versionToPrint(tx, scopeStatements, options.version, 'There is no scope statement yet.');
  const elements = await readViews(tx, scopeElements);
  const systems = await readSystemCounts(tx);
  return {
    ...coverOf(context),
    ...standingOf(statement),
    title: 'Scope statement',
    subtitle: 'Boundaries and applicability of the AI management system (ISO/IEC 42001:2023, 4.3)',
    orientation: 'portrait',
    sections: [
      {
        heading: 'Scope',
        blocks: [
          { kind: 'statement', text: statement.statement },
          {
            kind: 'facts',
            rows: [
              ['Roles towards AI', statement.aiRoles ?? 'not stated'],
              ['Exclusions', statement.exclusions ?? 'none stated'],
              [
                'AI systems',
                joined(
                  [
                    counted(systems.in, 'system') + ' in scope',
                    systems.out > 0 && `${systems.out} out of it`,
                    systems.total > systems.in + systems.out && `${systems.total - systems.in - systems.out} undecided`,
                  ],
                  ', ',
                ),
              ],
              ...approvalFacts(statement, context.organisation.timeZone),
            ],
          },
        ],
      },
      {
        heading: 'Boundaries',
        blocks: [{ kind: 'paragraph', text: `As recorded on ${longDate(context.today)}.` }, boundaries(elements, link)],
      },
      ...(await considered(tx, statement, link)),
    ],
  };
};
