import type { Variables } from '@aimwell/core/processes/instance';
import type { RecordOf } from './around.ts';

/** The name of runs in the trail. */
export const runsInTrail = 'process-instances';

/** What a person or the product did, as the trail tells it. */
export interface Deed {
  readonly command: string;
  /** Reason, input, evidence: what the history of the run does not say. */
  readonly said?: Readonly<Record<string, unknown>>;
  /** The record that the form of a task made or changed. */
  readonly made?: RecordOf;
  /** The record that the run is about from here on. */
  readonly record?: RecordOf | null;
}

export interface Beginning {
  readonly versionId: string;
  readonly title?: string | undefined;
  readonly record: RecordOf | null;
  readonly start: string | null;
  readonly variables: Variables;
  readonly parent?: { readonly instance: string; readonly token: number };
  readonly zone?: string;
}
