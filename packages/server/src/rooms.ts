import type { Behaviour } from './platform/register/behaviour.ts';
import { riskAssessmentsBehaviour, risksBehaviour } from './risks/actions.ts';
import { riskCriteriaBehaviour } from './risks/criteria.ts';
import { followRisks } from './risks/follow.ts';
import { systemsBehaviour } from './systems/actions.ts';
import { createTreatmentBehaviours } from './treatment/behaviours.ts';

/** What the rooms add to their registers. A register that is not here is a plain one. */
export const behaviours: readonly Behaviour[] = [systemsBehaviour, riskCriteriaBehaviour, risksBehaviour, riskAssessmentsBehaviour, ...createTreatmentBehaviours(followRisks)];
