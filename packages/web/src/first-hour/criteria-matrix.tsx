import type { criteriaScales } from '@aimwell/contract/risks/criteria';
import type { z } from 'zod';
import { heatStep } from '../ui/status.tsx';
import { t } from '../ui/words.ts';

export type Scales = z.infer<typeof criteriaScales>;

/** Levels of the scales as a table; those above the threshold are said to be so, not only coloured. */
export const CriteriaMatrix = ({ scales, threshold }: { scales: Scales | null; threshold: number }) => {
  if (scales === null) return null;
  const { likelihood, consequence } = scales;
  const max = likelihood.length * consequence.length;
  const levelOf = (row: number, column: number) => scales.matrix?.[row]?.[column] ?? (row + 1) * (column + 1);
  return (
    <div className="imp-scroll" tabIndex={0} role="region" aria-label={t('first-hour.matrix')}>
      <table className="fh-matrix">
        <caption className="xs dim">{t('first-hour.matrixHelp', { threshold })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('first-hour.likelihood')}</th>
            {consequence.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {likelihood
            .map((step, row) => ({ step, row }))
            .toReversed()
            .map(({ step, row }) => (
              <tr key={step.label}>
                <th scope="row" title={step.meaning}>
                  {step.label}
                </th>
                {consequence.map((one, column) => {
                  const level = levelOf(row, column);
                  return (
                    <td key={one.label} className={`h${heatStep(level, max)}${level > threshold ? ' above' : ''}`}>
                      {level}
                      {level > threshold ? <span className="sr"> {t('first-hour.above')}</span> : null}
                    </td>
                  );
                })}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
};
