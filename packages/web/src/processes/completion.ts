import { ApiProblem, problemsOf } from '../ui/api.ts';
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
    lacked: problemsOf(complete.error).some(({ code }) => code === 'EVIDENCE_MISSING'),
    error: stillTrue(task, complete.error) ? ofForm(complete.error) : null,
  };
};

/** A refusal that the page says in its own words is not said twice: evidence that is missing, somebody who was faster. Attached evidence ends it. */
const stillTrue = (task: TaskInFull, error: unknown): boolean => {
  const codes = problemsOf(error).map(({ code }) => code);
  if (task.state !== 'open' && codes.some((code) => code === 'TASK_DONE' || code === 'TASK_GONE')) return false;
  return codes.length === 0 || !codes.every((code) => code === 'EVIDENCE_MISSING');
};

/** An error whose fields lose the `form.` in front: a form knows them by their own names. */
const ofForm = (error: unknown): unknown => {
  if (!(error instanceof ApiProblem) || error.problem.problems === undefined) return error;
  const problems = error.problem.problems.map((item) =>
    item.field === undefined ? item : { ...item, field: item.field.replace(/^form\./u, '') },
  );
  return new ApiProblem(error.status, { ...error.problem, problems });
};
