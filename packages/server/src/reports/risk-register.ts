import { risks } from '@aimwell/contract/risks/risks';
import { treatments } from '@aimwell/contract/treatment/treatments';
import { bandOf, type RiskCriteria } from '@aimwell/core/risks/criteria';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Cell, Report, Row } from '../platform/reports/model.ts';
import { longDate, shortDate } from '../platform/reports/text.ts';
import { criteriaOf, criteriaOn, type CriteriaVersion, readApprovedCriteria, readRiskMatrix } from '../risks/reads.ts';
import { type BuildReport, coverOf, type LinkTo, linksCell, linkTo } from './build.ts';
import { criteriaBlocks, matrixBlocks } from './risk-criteria.ts';
import { statusCell, statusOf } from './status.ts';
import { type Named, readAll, readViews, type RiskView } from './views.ts';
import { counted, joined, wordOf } from './words.ts';

type Risk = RiskView;
interface Given {
  readonly risk: string;
  readonly id: string;
  readonly identifier: string;
  readonly option: string;
  readonly controls: readonly string[];
}

const levelCell = (criteria: RiskCriteria | null, likelihood: number | null, consequence: number | null, level: number | null): Cell => {
  if (level === null) return 'not rated';
  const band = criteria === null ? null : bandOf(criteria, level);
  return {
    kind: 'text',
    text: String(level),
    note: joined([likelihood !== null && consequence !== null && `${likelihood} × ${consequence}`, band?.name], ', '),
    strong: criteria !== null && level > criteria.threshold,
  };
};

const treatmentCell = (given: readonly Given[], link: LinkTo): Cell => {
  const controls = [...new Set(given.flatMap(({ controls: named }) => named))];
  const options = [...new Set(given.map(({ option }) => wordOf('treatments', 'option', option)))].join(', ');
  return linksCell(
    given.slice(0, 4).map((one) => link('treatments', one)),
    joined([
      given.length > 4 && `and ${given.length - 4} more`,
      options,
      controls.slice(0, 5).join(', ') + (controls.length > 5 ? ` and ${controls.length - 5} more` : ''),
    ]),
  );
};

/** Who accepted the risk and until when; a lapsed acceptance says so. */
const acceptanceCell = (risk: Risk, today: string): Cell => {
  if (risk.acceptedBy === null || risk.acceptedOn === null) return '';
  const rated = risk.assessment?.id === risk.acceptedAssessment?.id;
  const lapsed = !rated
    ? 'lapsed: rated again since'
    : risk.acceptedUntil !== null && risk.acceptedUntil < today
      ? `lapsed ${shortDate(risk.acceptedUntil)}`
      : null;
  const approved = risk.acceptanceApprovedBy === null ? 'not approved yet' : `approved by ${risk.acceptanceApprovedBy.title}`;
  return {
    kind: 'text',
    text: risk.acceptedBy.title,
    note: joined([
      shortDate(risk.acceptedOn),
      approved,
      lapsed ?? (risk.acceptedUntil !== null && `until ${shortDate(risk.acceptedUntil)}`),
    ]),
  };
};

const reviewCell = (risk: Risk, today: string): Cell => {
  if (risk.reviewDue === null) return '';
  return risk.state !== 'closed' && risk.reviewDue < today
    ? statusCell({ shape: 'late', word: shortDate(risk.reviewDue) }, 'overdue')
    : { kind: 'date', date: risk.reviewDue };
};

const riskRow = (risk: Risk, given: readonly Given[], criteria: RiskCriteria | null, link: LinkTo, today: string): Row => ({
  kind: 'row',
  cells: [
    linksCell([link('risks', risk)]),
    { kind: 'text', text: risk.statement, ...(risk.causeAndEvent === null ? {} : { note: risk.causeAndEvent }) },
    risk.system?.title ?? '',
    risk.owner?.title ?? '',
    levelCell(criteria, risk.inherentLikelihood, risk.inherentConsequence, risk.inherentLevel),
    levelCell(criteria, risk.residualLikelihood, risk.residualConsequence, risk.residualLevel),
    treatmentCell(given, link),
    statusCell(statusOf('risks', 'state', risk.state)),
    acceptanceCell(risk, today),
    reviewCell(risk, today),
  ],
});

const opportunityRow = (risk: Risk, link: LinkTo): Row => ({
  kind: 'row',
  cells: [
    linksCell([link('risks', risk)]),
    risk.statement,
    risk.system?.title ?? '',
    risk.owner?.title ?? '',
    risk.pursuit === null ? 'undecided' : wordOf('risks', 'pursuit', risk.pursuit),
    risk.pursuitReason ?? '',
  ],
});

/** The highest level first, by what is left where that is rated; unrated risks come last. */
const byLevel = (a: Risk, b: Risk): number =>
  (b.residualLevel ?? b.inherentLevel ?? -1) - (a.residualLevel ?? a.inherentLevel ?? -1) ||
  (b.inherentLevel ?? -1) - (a.inherentLevel ?? -1) ||
  a.identifier.localeCompare(b.identifier, 'en', { numeric: true });

const overviewOf = (
  all: readonly Risk[],
  version: CriteriaVersion | null,
  criteria: RiskCriteria | null,
  context: Context,
): (readonly [string, Cell])[] => {
  const open = all.filter(({ state }) => state !== 'closed');
  const now = (risk: Risk) => risk.residualLevel ?? risk.inherentLevel;
  const above = criteria === null ? 0 : open.filter((risk) => (now(risk) ?? 0) > criteria.threshold).length;
  return [
    [
      'Risks',
      joined([counted(all.length, 'risk'), `${open.length} open`, `${open.filter((risk) => now(risk) === null).length} not rated`], ', '),
    ],
    [
      'Above the threshold',
      criteria === null
        ? 'unknown while no criteria are approved'
        : above === 0
          ? 'none'
          : statusCell({ shape: 'late', word: counted(above, 'risk') }),
    ],
    ['Reviews overdue', String(open.filter(({ reviewDue }) => reviewDue !== null && reviewDue < context.today).length)],
    [
      'Criteria',
      version === null
        ? 'No criteria are approved.'
        : `${version.name ?? 'Risk criteria'}, version ${version.versionNumber}, approved on ${longDate(version.approvedOn ?? '')}`,
    ],
  ];
};

/** The register of risks and opportunities with the criteria in force, the matrix before and after treatment, and both levels of each risk. */
export const buildRiskRegister: BuildReport = async (tx, context, options): Promise<Report> => {
  const link = linkTo(context, options);
  const version = criteriaOn(await readApprovedCriteria(tx), context.today);
  const criteria = version === null || version.scales === null ? null : criteriaOf(version);
  const all: readonly Risk[] = await readViews<typeof risks, Risk>(tx, risks);
  const found = all.filter(({ kind }) => kind !== 'opportunity').toSorted(byLevel);
  const opportunities = all.filter(({ kind }) => kind === 'opportunity');
  const given = Map.groupBy(await readGiven(tx), ({ risk }) => risk);
  const matrices = [
    ...matrixBlocks('before', await readRiskMatrix(tx, context, 'inherent')),
    ...matrixBlocks('after', await readRiskMatrix(tx, context, 'residual')),
  ];
  return {
    ...coverOf(context),
    version: 'As it stands',
    draft: false,
    title: 'Risk register',
    subtitle: 'Risks and opportunities of AI, rated under the criteria in force (ISO/IEC 42001:2023, 6.1.2 and 8.2)',
    orientation: 'landscape',
    sections: [
      { heading: 'Overview', blocks: [{ kind: 'facts', rows: overviewOf(found, version, criteria, context) }, ...matrices] },
      {
        heading: 'Risks',
        blocks: [
          {
            kind: 'table',
            caption: 'Risks, highest level first',
            emptyText: 'No risks are recorded.',
            columns: [
              { header: 'Id', width: 0.75 },
              { header: 'Risk', width: 2.2 },
              { header: 'AI system', width: 1.1 },
              { header: 'Owner', width: 0.9 },
              { header: 'Before', width: 0.85 },
              { header: 'After', width: 0.85 },
              { header: 'Treatment', width: 1.2 },
              { header: 'State', width: 0.95 },
              { header: 'Accepted', width: 1.1 },
              { header: 'Next review', width: 0.85 },
            ],
            rows: found.map((risk) => riskRow(risk, given.get(risk.id) ?? [], criteria, link, context.today)),
          },
        ],
      },
      ...(opportunities.length === 0
        ? []
        : [
            {
              heading: 'Opportunities',
              blocks: [
                {
                  kind: 'table' as const,
                  caption: 'Opportunities',
                  columns: [
                    { header: 'Id', width: 0.75 },
                    { header: 'Opportunity', width: 3 },
                    { header: 'AI system', width: 1.3 },
                    { header: 'Owner', width: 1 },
                    { header: 'Decision', width: 0.9 },
                    { header: 'Why', width: 2 },
                  ],
                  rows: opportunities.map((one) => opportunityRow(one, link)),
                },
              ],
            },
          ]),
      { heading: 'Criteria', blocks: criteriaBlocks(version, criteria) },
    ],
  };
};

const readGiven = (tx: Parameters<BuildReport>[0]): Promise<Given[]> =>
  readAll<Given & Named>(
    tx,
    sql`
    select t.risk_id as risk, t.id, 'TRT-' || to_char(t.number, 'FM999990000') as identifier, t.option, t.controls from ${sql.table(treatments.table)} t
    where t.organization_id = ${tx.organisationId}::uuid and t.archived_at is null and t.state <> 'cancelled' order by t.number`,
  );
