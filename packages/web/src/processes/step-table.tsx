import type { ReactNode } from 'react';
import { humanise, t } from '../ui/words.ts';
import type { StepLine } from './calls.ts';
import { isTask } from './edit-step.tsx';
import { durationWords, formWords, kindWords } from './step-words.ts';
import { roleWords } from './task-table.tsx';

interface Props {
  readonly steps: readonly StepLine[];
  /** One more column of the page's own. */
  readonly extra?: { readonly title: string; readonly cells: ReadonlyMap<string, ReactNode> };
  /** Opens a step for change; without it the table is to read only. */
  readonly onEdit?: ((step: StepLine) => void) | undefined;
}

const dash = <span className="dim">–</span>;

/** What is said of a step beside its name and what waits there, each under its heading; null where there is nothing to say. */
const columnsOf = (steps: readonly StepLine[]) => {
  const called = new Map(steps.map((step) => [step.id, step.name ?? kindWords(step.kind)]));
  return [
    ['processes.role', (step: StepLine) => (step.role === null ? null : roleWords(step.role))],
    ['processes.columns.form', (step: StepLine) => formWords(step.form)],
    ['processes.columns.due', (step: StepLine) => (step.due === null ? null : durationWords(step.due))],
    ['processes.evidence', (step: StepLine) => listed(step.evidence.map(humanise))],
    ['processes.columns.references', (step: StepLine) => listed(step.references)],
    [
      'processes.columns.next',
      (step: StepLine) =>
        step.next.length === 0
          ? null
          : step.next.map((next) => (
              <span key={`${next.id} ${next.condition ?? ''}`} className="dblock">
                {called.get(next.id) ?? next.name ?? next.id}
                {next.condition === null ? null : <span className="xs dim"> {t('processes.if', { condition: next.condition })}</span>}
              </span>
            )),
    ],
  ] as const;
};

const listed = (words: readonly string[]): string | null => (words.length === 0 ? null : words.join(', '));

/** The map as words: every step with who, what, by when, with which proof, and what can follow. On a phone all of it stands below the step. */
export const StepTable = ({ steps, extra, onEdit }: Props) => {
  const columns = columnsOf(steps);
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={t('processes.steps')}>
      <table className="table pr-table pr-steps pr-stacks">
        <thead>
          <tr>
            <th scope="col">{t('processes.columns.step')}</th>
            {extra === undefined ? null : <th scope="col">{extra.title}</th>}
            {columns.map(([title]) => (
              <th key={title} scope="col" className="no-phone">
                {t(title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.id} className="sm">
              <td>
                <StepName step={step} />
                {onEdit === undefined || !isTask(step) ? null : (
                  <button
                    type="button"
                    className="link xs no-print"
                    aria-label={t('processes.editStep', { step: step.name ?? step.id })}
                    onClick={() => onEdit(step)}
                  >
                    {t('ui.edit')}
                  </button>
                )}
                <span className="only-phone pr-under">
                  {columns.map(([title, say]) => {
                    const said = say(step);
                    return said === null ? null : (
                      <span key={title}>
                        <span className="dim">{t(title)}</span> {said}
                      </span>
                    );
                  })}
                </span>
              </td>
              {extra === undefined ? null : <td>{extra.cells.get(step.id) ?? dash}</td>}
              {columns.map(([title, say]) => (
                <td key={title} className="no-phone">
                  {say(step) ?? dash}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** A step by its name and its kind; one without a name is called by its kind alone. */
export const StepName = ({ step }: { step: StepLine }) => (
  <>
    <span className="m">{step.name ?? kindWords(step.kind)}</span>
    {step.name === null ? null : <span className="xs dim dblock">{kindWords(step.kind)}</span>}
  </>
);
