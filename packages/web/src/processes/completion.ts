import { ApiProblem } from '../ui/api.ts';
import { type TaskInFull, useDeed } from './calls.ts';

/** What completing a task sends beside its version. */
export interface Completion {
  readonly form?: Readonly<Record<string, unknown>>;
  readonly record?: string;
  readonly comment?: string;
  readonly password?: string;
}

/** Completes a task. Refusals of its form name the fields as the form itself does. */
export const useCompletion = (task: TaskInFull, onDone: () => void) => {
  const complete = useDeed('process-tasks', task.id, 'complete');
  return {
    send: (body: Completion) => complete.mutate({ version: task.version, body }, { onSuccess: onDone }),
    pending: complete.isPending,
    error: ofForm(complete.error),
  };
};

/** An error whose fields lose the `form.` in front: a form knows them by their own names. */
export const ofForm = (error: unknown): unknown => {
  if (!(error instanceof ApiProblem) || error.problem.problems === undefined) return error;
  const problems = error.problem.problems.map((item) =>
    item.field === undefined ? item : { ...item, field: item.field.replace(/^form\./u, '') },
  );
  return new ApiProblem(error.status, { ...error.problem, problems });
};
