import type { RecordOf } from './around.ts';
import type { Runnable } from './graphs.ts';

const asksFields = /\brecord\s*(?:\.\s*[a-zA-Z]|!?=)/;

/**
 * Whether a run that was started about no record is about this one from here on, since a form of it made or changed it: where its
 * process is about records of that register. A process about none takes it where its ways are decided by the record, or where no form
 * of it is about anything else; a cycle through many registers is about none of what its steps work on.
 */
export const becomesAbout = ({ register, graph }: Pick<Runnable, 'register' | 'graph'>, { register: made }: RecordOf): boolean => {
  if (register !== null) return register === made;
  const forms = Object.values(graph.nodes).flatMap(({ step }) => (step.form === null || step.form.startsWith('ask:') ? [] : [step.form]));
  return forms.every((form) => form.startsWith(`${made}:`)) || asksFields.test(JSON.stringify(graph));
};
