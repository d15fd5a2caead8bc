import { contextBehaviours } from './context/actions.ts';
import { evidenceBehaviour } from './evidence/actions.ts';
import type { Behaviour } from './platform/register/behaviour.ts';
import { riskAssessmentsBehaviour, risksBehaviour } from './risks/actions.ts';
import { riskCriteriaBehaviour } from './risks/criteria.ts';
import { followRisks } from './risks/follow.ts';
import { rolesBehaviours } from './roles/actions.ts';
import { scopeBehaviours } from './scope/actions.ts';
import { soaBehaviours } from './soa/actions.ts';
import { systemsBehaviour } from './systems/actions.ts';
import { createTreatmentBehaviours } from './treatment/behaviours.ts';

/** What the rooms add to their registers. A register that is not here is a plain one. */
export const behaviours: readonly Behaviour[] = [
  ...scopeBehaviours,
  ...contextBehaviours,
  ...rolesBehaviours,
  systemsBehaviour,
  riskCriteriaBehaviour,
  risksBehaviour,
  riskAssessmentsBehaviour,
  ...createTreatmentBehaviours(followRisks),
  ...soaBehaviours,
  evidenceBehaviour,
];
