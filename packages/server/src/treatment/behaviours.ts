import { treatmentPlanLines } from '@aimwell/contract/treatment/treatments';
import type { Behaviour } from '../platform/register/behaviour.ts';
import { createTreatmentsBehaviour, type Follow } from './actions.ts';
import { createTreatmentPlansBehaviour } from './plans.ts';

/** What the treatment room adds to its registers. `follow` moves the risks and comes from the risks room (`followRisks`). */
export const createTreatmentBehaviours = (follow: Follow): readonly Behaviour[] => [
  createTreatmentsBehaviour(follow),
  createTreatmentPlansBehaviour(follow),
  // Lines come from the submission of a plan and are never changed.
  { register: treatmentPlanLines },
];
