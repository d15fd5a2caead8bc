import { contextIssues, interestedParties, partyRequirements } from './context/context.ts';
import { evidence } from './evidence/evidence.ts';
import { objectives } from './objectives/objectives.ts';
import type { Register } from './platform/register.ts';
import { riskCriteria } from './risks/criteria.ts';
import { riskAssessments, risks } from './risks/risks.ts';
import { people } from './roles/people.ts';
import { authorities, committees, roleAssignments } from './roles/roles.ts';
import { scopeElements, scopeStatements } from './scope/scope.ts';
import { controls, controlTests, soaEntries, soaVersions } from './soa/soa.ts';
import { systems } from './systems/systems.ts';
import { treatmentPlanLines, treatmentPlans, treatments } from './treatment/treatments.ts';

/** Every register of the product. A new one is declared in its room and named here; tests, routes and pages follow. */
export const registers: readonly Register[] = [
  people,
  scopeElements,
  scopeStatements,
  contextIssues,
  interestedParties,
  partyRequirements,
  roleAssignments,
  authorities,
  committees,
  objectives,
  systems,
  riskCriteria,
  risks,
  riskAssessments,
  treatments,
  treatmentPlans,
  treatmentPlanLines,
  controls,
  soaVersions,
  soaEntries,
  controlTests,
  evidence,
];

/** The register of this name. Throws on a name nobody declared: that is a fault of the program, not of a person. */
export const registerNamed = (name: string): Register => {
  const found = registers.find((register) => register.name === name);
  if (found === undefined) throw new Error(`no register named ${name}`);
  return found;
};
