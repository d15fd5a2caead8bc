import { identifierOf, type Values } from '@aimwell/contract/platform/register';
import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { risks } from '@aimwell/contract/risks/risks';
import { treatmentPlanLines, treatments } from '@aimwell/contract/treatment/treatments';
import { levelOf } from '@aimwell/core/risks/criteria';
import { isOpenTreatment } from '@aimwell/core/treatment/treatment';
import type { PlanLine } from '@aimwell/core/treatment/plan';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows, loadRows } from '../platform/register/read.ts';
import { criteriaOf, type CriteriaVersion, levelNow, type Risk } from '../risks/reads.ts';
import { problemsOf, type Treatment } from './reads.ts';

export type StoredLine = Row & Values<typeof treatmentPlanLines>;

/** A treatment as it stands now: how core judges it in a plan, and what a plan keeps of it. */
export interface DraftLine {
  readonly line: PlanLine;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The lines that a plan submitted now would have: one for each open treatment of an open risk. */
export const draftLines = async (tx: Tx, context: Context): Promise<DraftLine[]> => {
  const open = ((await findRows(tx, treatments, {})) as Treatment[]).filter((treatment) => isOpenTreatment(treatment.state ?? 'planned'));
  const byId = new Map(
    ((await loadRows(tx, risks, [...new Set(open.map((treatment) => treatment.risk))])) as Risk[]).map((risk) => [risk.id, risk]),
  );
  const criteria = new Map(((await findRows(tx, riskCriteria, {})) as CriteriaVersion[]).map((version) => [version.id, version]));
  return open.flatMap((treatment) => {
    const risk = byId.get(treatment.risk);
    if (risk === undefined || risk['archivedAt'] !== null || risk.state === 'closed') return [];
    return [lineOf(treatment, risk, criteria.get(risk.criteria ?? ''), context.today)];
  });
};

const lineOf = (treatment: Treatment, risk: Risk, criteria: CriteriaVersion | undefined, today: string): DraftLine => {
  const { expectedLikelihood, expectedConsequence } = treatment;
  const expectedLevel =
    criteria === undefined || expectedLikelihood === null || expectedConsequence === null
      ? null
      : levelOf(criteriaOf(criteria), expectedLikelihood, expectedConsequence);
  return {
    line: {
      riskId: risk.id,
      treatmentId: treatment.id,
      riskCode: identifierOf(risks, risk.number),
      riskLevel: levelNow(risk) ?? 0,
      option: treatment.option,
      controls: [...treatment.controls, ...treatment.ownControls],
      expectedLevel,
      problems: problemsOf(treatment, risk, today),
    },
    content: {
      title: treatment.title,
      risk: risk.id,
      treatment: treatment.id,
      treatmentVersion: treatment.version,
      riskStatement: risk.statement,
      riskLevel: levelNow(risk),
      option: treatment.option,
      modifies: treatment.modifies,
      description: treatment.description,
      controls: treatment.controls,
      ownControls: treatment.ownControls,
      owner: treatment.owner,
      dueDate: treatment.dueDate,
      expectedLevel,
      resources: treatment.resources,
      effectivenessMeasure: treatment.effectivenessMeasure,
    },
  };
};

/** What an approver puts his name to: the frozen lines without the days and numbers of their own records. */
export const contentOf = (line: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(treatmentPlanLines.fields)
      .filter((name) => name !== 'plan' && name !== 'frozenAt')
      .map((name) => [name, line[name] ?? null]),
  );

/** Whether a frozen line still says what the records say. Steps of the work (started, done) do not change what was planned. */
export const stillSays = (stored: StoredLine, now: DraftLine): boolean =>
  JSON.stringify({ ...contentOf(stored), treatmentVersion: 0 }) === JSON.stringify({ ...contentOf(now.content), treatmentVersion: 0 });
