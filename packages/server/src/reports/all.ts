import type { ReportName } from '@aimwell/contract/reports/endpoints';
import type { Register } from '@aimwell/contract/platform/register';
import { scopeStatements } from '@aimwell/contract/scope/scope';
import { soaVersions } from '@aimwell/contract/soa/soa';
import { treatmentPlans } from '@aimwell/contract/treatment/treatments';
import type { BuildReport } from './build.ts';
import { buildEvidenceIndex } from './evidence-index.ts';
import { buildRiskRegister } from './risk-register.ts';
import { buildScope } from './scope.ts';
import { buildSoa } from './soa.ts';
import { buildTreatmentPlan } from './treatment-plan.ts';

export interface ReportKind {
  readonly title: string;
  readonly about: string;
  readonly build: BuildReport;
  /** The register of its versions; null for a register printed for information. */
  readonly versions: Register | null;
}

/** Every document, in the order in which an auditor reads them. */
export const reportKinds: Readonly<Record<ReportName, ReportKind>> = {
  scope: {
    title: 'Scope statement',
    about: 'The scope as it may stand on a certificate, its boundaries, and what was considered.',
    build: buildScope,
    versions: scopeStatements,
  },
  soa: {
    title: 'Statement of Applicability',
    about: 'Every control of Annex A and the own ones: decision, reason, status, owner, evidence.',
    build: buildSoa,
    versions: soaVersions,
  },
  'treatment-plan': {
    title: 'Risk treatment plan',
    about: 'What is done about each risk, by whom, until when, and what is expected to be left.',
    build: buildTreatmentPlan,
    versions: treatmentPlans,
  },
  'risk-register': {
    title: 'Risk register',
    about: 'Risks and opportunities with the criteria, the matrix, and their levels before and after treatment.',
    build: buildRiskRegister,
    versions: null,
  },
  'evidence-index': {
    title: 'Evidence index',
    about: 'What proves what, by clause and by control, with validity and hashes.',
    build: buildEvidenceIndex,
    versions: null,
  },
};
