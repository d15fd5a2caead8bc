import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { risks } from '@aimwell/contract/risks/risks';
import { treatmentPlanLines, treatmentPlans, treatments } from '@aimwell/contract/treatment/treatments';
import { bandOf, levelOf, type RiskCriteria } from '@aimwell/core/risks/criteria';
import { isOpenTreatment } from '@aimwell/core/treatment/treatment';
import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { Block, Cell, Report, Row } from '../platform/reports/model.ts';
import { longDate } from '../platform/reports/text.ts';
import {
  criteriaOf,
  criteriaOn,
  type CriteriaVersion,
  levelNow,
  readApprovedCriteria,
  readRisksToTreat,
  type Risk,
} from '../risks/reads.ts';
import { type BuildReport, coverOf, type LinkTo, linksCell, linkTo } from './build.ts';
import { controlTitle } from './catalog.ts';
import { statusCell, statusOf } from './status.ts';
import { approvalFacts, standingOf, versionToPrint } from './versions.ts';
import { type Named, readViews, type RiskView, type View } from './views.ts';
import { counted, joined, wordOf } from './words.ts';

type Plan = View<typeof treatmentPlans>;
type Frozen = View<typeof treatmentPlanLines>;
interface Expected {
  readonly expectedLikelihood: number | null;
  readonly expectedConsequence: number | null;
}
type Treatment = Omit<View<typeof treatments>, keyof Expected> & Expected;

/** One treatment as the document shows it: frozen with a submitted plan, as recorded now in a draft. */
type PlanLine = Pick<
  Frozen,
  | 'title'
  | 'risk'
  | 'option'
  | 'modifies'
  | 'description'
  | 'controls'
  | 'ownControls'
  | 'owner'
  | 'dueDate'
  | 'resources'
  | 'effectivenessMeasure'
> &
  LineLevels & {
    readonly treatment: Named | null;
    /** Where the work stands today; null when the treatment is gone. */
    readonly state: string | null;
  };

interface LineLevels {
  readonly riskStatement: string | null;
  readonly riskLevel: number | null;
  readonly expectedLevel: number | null;
}

const readFrozen = async (tx: Tx, plan: Plan): Promise<PlanLine[]> => {
  const lines = await readViews<typeof treatmentPlanLines, Omit<Frozen, keyof LineLevels> & LineLevels>(
    tx,
    treatmentPlanLines,
    sql`t.plan_id = ${plan.id}::uuid`,
  );
  const states = new Map(
    (await readViews(tx, treatments, sql`t.id = any(${lines.flatMap((line) => line.treatment?.id ?? [])}::uuid[])`)).map(
      ({ id, state }) => [id, state],
    ),
  );
  return lines.map((line) => ({ ...line, state: states.get(line.treatment?.id ?? '') ?? null }));
};

const asLine = (treatment: Treatment, risk: RiskView | undefined, criteria: RiskCriteria | null): PlanLine => {
  const { expectedLikelihood, expectedConsequence } = treatment;
  return {
    ...treatment,
    treatment,
    riskStatement: risk?.statement ?? treatment.risk?.title ?? null,
    riskLevel: risk === undefined ? null : (risk.residualLevel ?? risk.inherentLevel),
    expectedLevel:
      criteria === null || expectedLikelihood === null || expectedConsequence === null
        ? null
        : levelOf(criteria, expectedLikelihood, expectedConsequence),
  };
};

const readOpen = async (tx: Tx, criteria: RiskCriteria | null): Promise<PlanLine[]> => {
  const open = (await readViews<typeof treatments, Treatment>(tx, treatments)).filter((treatment) =>
    isOpenTreatment(treatment.state ?? 'planned'),
  );
  const byId = new Map(
    (
      await readViews<typeof risks, RiskView>(tx, risks, sql`t.id = any(${open.flatMap((treatment) => treatment.risk?.id ?? [])}::uuid[])`)
    ).map((risk) => [risk.id, risk]),
  );
  return open
    .filter((treatment) => byId.get(treatment.risk?.id ?? '')?.state !== 'closed')
    .map((treatment) => asLine(treatment, byId.get(treatment.risk?.id ?? ''), criteria));
};

const levelWords = (criteria: RiskCriteria | null, level: number | null): Cell => {
  if (level === null) return '';
  const band = criteria === null ? null : bandOf(criteria, level);
  return { kind: 'text', text: String(level), ...(band === null ? {} : { note: band.name }) };
};

const rowOf = (line: PlanLine, criteria: RiskCriteria | null, link: LinkTo): Row => ({
  kind: 'row',
  cells: [
    linksCell(line.treatment === null ? [] : [link('treatments', line.treatment)]),
    { kind: 'text', text: line.title ?? '', ...(line.description === null ? {} : { note: line.description }) },
    {
      kind: 'text',
      text: wordOf('treatments', 'option', line.option),
      note: wordOf('treatments', 'modifies', line.modifies).toLowerCase(),
    },
    joined(
      [...line.controls.map((id) => `${id} ${controlTitle(id)}`), ...line.ownControls.map((own) => `${own.identifier} ${own.title}`)],
      '\n',
    ),
    line.owner?.title ?? '',
    line.resources ?? '',
    line.dueDate === null ? '' : { kind: 'date', date: line.dueDate },
    levelWords(criteria, line.riskLevel),
    levelWords(criteria, line.expectedLevel),
    line.effectivenessMeasure ?? '',
    line.state === null ? '' : statusCell(statusOf('treatments', 'state', line.state)),
  ],
});

/** Treatments below the risk that they treat, the highest risks first. */
const rowsOf = (lines: readonly PlanLine[], criteria: RiskCriteria | null, link: LinkTo): Row[] =>
  [...Map.groupBy(lines, (line) => line.risk?.id ?? '').values()]
    .toSorted(
      (a, b) =>
        (b[0]?.riskLevel ?? 0) - (a[0]?.riskLevel ?? 0) || (a[0]?.risk?.identifier ?? '').localeCompare(b[0]?.risk?.identifier ?? ''),
    )
    .flatMap((group): Row[] => [
      { kind: 'band', label: group[0]?.risk?.identifier ?? '', text: group[0]?.riskStatement ?? '' },
      ...group.map((line) => rowOf(line, criteria, link)),
    ]);

/** Risks above the threshold that a draft does not treat: it cannot be submitted while there are any. */
const untreated = (toTreat: readonly Risk[], lines: readonly PlanLine[]): Block[] => {
  const treated = new Set(lines.map((line) => line.risk?.id));
  const open = toTreat.filter(({ id }) => !treated.has(id));
  if (open.length === 0) return [];
  const named = open
    .slice(0, 20)
    .map((risk) => `RSK-${String(risk.number).padStart(4, '0')} (level ${levelNow(risk) ?? 'none'}): ${risk.statement}`);
  return [
    {
      kind: 'note',
      text: `${counted(open.length, 'risk')} above the threshold without a treatment.`,
      status: { shape: 'major', word: 'Before it can be submitted' },
    },
    { kind: 'list', items: open.length > named.length ? [...named, `and ${open.length - named.length} more`] : named },
  ];
};

/** The criteria that a plan was weighed against: those in force on the day of its approval, else today. */
const readCriteria = async (
  tx: Tx,
  context: Context,
  plan: Plan,
): Promise<{ version: CriteriaVersion | null; criteria: RiskCriteria | null }> => {
  const version = criteriaOn(await readApprovedCriteria(tx), plan.approvedOn ?? context.today);
  return { version, criteria: version === null || version.scales === null ? null : criteriaOf(version) };
};

/** The risk treatment plan: what is done about each risk, by whom, with what, until when, and what is expected to be left. */
export const buildTreatmentPlan: BuildReport = async (tx, context, options): Promise<Report> => {
  const link = linkTo(context, options);
  const plan = await versionToPrint(tx, treatmentPlans, options.version, 'There is no treatment plan yet.');
  const { version, criteria } = await readCriteria(tx, context, plan);
  const isDraft = plan.state === 'draft';
  const lines = isDraft ? await readOpen(tx, criteria) : await readFrozen(tx, plan);
  const standing = standingOf(plan);
  const treated = new Set(lines.map((line) => line.risk?.id)).size;
  return {
    ...coverOf(context),
    ...standing,
    title: 'Risk treatment plan',
    subtitle: 'What is done about the risks of AI, by whom and until when (ISO/IEC 42001:2023, 6.1.3)',
    orientation: 'landscape',
    sections: [
      {
        heading: 'What this plan holds',
        blocks: [
          {
            kind: 'facts',
            rows: [
              ['Plan', plan.name ?? plan.identifier],
              ['Treatments', `${counted(lines.length, 'treatment')} of ${counted(treated, 'risk')}`],
              [
                'Risk criteria',
                version === null
                  ? 'No criteria are approved.'
                  : linksCell(
                      [
                        link('risk-criteria', {
                          id: version.id,
                          identifier: `${riskCriteria.prefix}-${String(version.number).padStart(4, '0')}`,
                        }),
                      ],
                      `version ${version.versionNumber}, risks above level ${version.threshold} are treated`,
                    ),
              ],
              ...approvalFacts(plan, context.organisation.timeZone),
              ...(plan.note === null ? [] : [['Note', plan.note] as const]),
            ],
          },
          ...(isDraft ? untreated(await readRisksToTreat(tx, context.today), lines) : []),
        ],
      },
      {
        heading: 'Treatments by risk',
        blocks: [
          {
            kind: 'paragraph',
            text: isDraft
              ? `As recorded on ${longDate(context.today)}.`
              : `As submitted; the last column shows where the work stands on ${longDate(context.today)}.`,
          },
          {
            kind: 'table',
            caption: 'Treatments',
            bandHeader: 'Risk',
            emptyText: 'The plan has no treatments.',
            columns: [
              { header: 'Id', width: 0.7 },
              { header: 'Treatment', width: 1.9 },
              { header: 'Option', width: 0.8 },
              { header: 'Controls', width: 2 },
              { header: 'Owner', width: 0.9 },
              { header: 'Resources', width: 0.9 },
              { header: 'Due', width: 0.75 },
              { header: 'Level', width: 0.55 },
              { header: 'Expected', width: 0.65 },
              { header: 'Measure of effect', width: 1.2 },
              { header: 'State', width: 0.9 },
            ],
            rows: rowsOf(lines, criteria, link),
          },
        ],
      },
    ],
  };
};
