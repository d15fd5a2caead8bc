import type { Behaviour } from './platform/register/behaviour.ts';
import { systemsBehaviour } from './systems/actions.ts';

/** What the rooms add to their registers. A register that is not here is a plain one. */
export const behaviours: readonly Behaviour[] = [systemsBehaviour];
