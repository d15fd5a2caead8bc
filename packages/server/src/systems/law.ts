import law from '@aimwell/catalog/law/eu-ai-act-classification.json' with { type: 'json' };
import type { ClassificationLaw } from '@aimwell/core/systems/law';

/** The state of the AI Act that new classifications rest on; older ones keep the version they were made under. */
export const lawInForce = law as unknown as ClassificationLaw;
