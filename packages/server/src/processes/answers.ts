import { judgeAnswers, readAsk } from '@aimwell/core/processes/ask';
import type { Graph } from '@aimwell/core/processes/graph';
import type { Variables } from '@aimwell/core/processes/instance';
import { refusal } from '@aimwell/core/shared/refusal';
import { refused } from '../platform/errors.ts';

interface Given {
  readonly form?: Readonly<Record<string, unknown>> | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The answers to a form that asks (`ask:overdue:integer`), as variables of the run; null where the step has no such form. They come as
 * values of the form or as variables. REFUSED with all that is missing, of another kind, or was not asked.
 */
export const answersTo = (form: string | null, given: Given): Variables | null => {
  const questions = form === null ? null : readAsk(form);
  if (questions === null) return null;
  const asked = new Set(questions.map(({ name }) => name));
  const answers = {
    ...Object.fromEntries(Object.entries(given.variables).filter(([name]) => asked.has(name))),
    ...given.form,
  } as Variables;
  const against = judgeAnswers(questions, answers);
  if (against.length > 0) throw refused(against);
  return answers;
};

/** Refuses values with which somebody at one step would answer for those at another: NOT_ASKED_HERE, by name. */
export const refuseForeignAnswers = ({ nodes }: Graph, form: string | null, { variables }: Given): void => {
  const here = new Set((readAsk(form ?? '') ?? []).map(({ name }) => name));
  const elsewhere = new Set(Object.values(nodes).flatMap(({ step }) => (readAsk(step.form ?? '') ?? []).map(({ name }) => name)));
  const foreign = Object.keys(variables).filter((name) => elsewhere.has(name) && !here.has(name));
  if (foreign.length > 0)
    throw refused(
      foreign.map((name) =>
        refusal(
          'NOT_ASKED_HERE',
          `expected an answer to "${name}" at the step that asks for it, got one at another`,
          'Leave it out; whoever has that step answers.',
          `variables.${name}`,
        ),
      ),
    );
};
