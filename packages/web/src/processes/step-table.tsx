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

/** The map as words: every step with who, what, by when, with which proof, and what can follow. */
export const StepTable = ({ steps, extra, onEdit }: Props) => {
  const kinds = new Map(steps.map(({ id, kind }) => [id, kind]));
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={t('processes.steps')}>
      <table className="table pr-table pr-steps">
        <thead>
          <tr>
            <th scope="col">{t('processes.columns.step')}</th>
            {extra === undefined ? null : <th scope="col">{extra.title}</th>}
            <th scope="col">{t('processes.role')}</th>
            <th scope="col">{t('processes.columns.form')}</th>
            <th scope="col">{t('processes.columns.due')}</th>
            <th scope="col">{t('processes.evidence')}</th>
            <th scope="col">{t('processes.columns.references')}</th>
            <th scope="col">{t('processes.columns.next')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.id} className="sm">
              <td>
                <span className="m">{step.name ?? kindWords(step.kind)}</span>
                {step.name === null ? null : <span className="xs dim dblock">{kindWords(step.kind)}</span>}
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
              </td>
              {extra === undefined ? null : <td>{extra.cells.get(step.id) ?? dash}</td>}
              <td>{step.role === null ? dash : roleWords(step.role)}</td>
              <td>{formWords(step.form) ?? dash}</td>
              <td>{step.due === null ? dash : durationWords(step.due)}</td>
              <td>{step.evidence.length === 0 ? dash : step.evidence.map(humanise).join(', ')}</td>
              <td>{step.references.length === 0 ? dash : step.references.join(', ')}</td>
              <td>
                {step.next.length === 0
                  ? dash
                  : step.next.map((next) => (
                      <span key={next.id} className="dblock">
                        {next.name ?? kindWords(kinds.get(next.id) ?? next.id)}
                        {next.condition === null ? null : (
                          <span className="xs dim"> {t('processes.if', { condition: next.condition })}</span>
                        )}
                      </span>
                    ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
