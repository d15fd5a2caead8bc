import { Button } from '@mantine/core';
import { ApiProblem } from './api.ts';
import { Shape } from './shapes.tsx';
import { t } from './words.ts';

/** Where the record itself is the place, its message names it; nobody reads its id. */
const isId = (field: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?:\.|$)/u.test(field);
const ended = /[.:;?!]$/u;
/** A question needs no colon after it. */
const called = (name: string): string => (ended.test(name) ? name : `${name}:`);

/** What went wrong, where, and how to mend it. `label` turns the API's field names into words. */
export const ProblemView = ({
  error,
  onRetry,
  label = (field) => field,
}: {
  error: unknown;
  onRetry?: () => void;
  label?: (field: string) => string;
}) => {
  if (error === null || error === undefined) return null;
  const known = error instanceof ApiProblem ? error.problem : undefined;
  const items = known?.problems ?? [];
  return (
    <div className="say-box bad" role="alert">
      <Shape kind="diamond" tone="bad" />
      <div className="grow" style={{ display: 'grid', gap: 4 }}>
        <div className="m">{known?.detail ?? known?.title ?? t('ui.errors.unexpected')}</div>
        {items.length === 0 ? null : (
          <ul style={{ margin: 0, paddingLeft: 18 }}>
            {items.map((item, index) => (
              <li key={index}>
                {item.field === undefined || isId(item.field) ? null : <span className="m">{called(label(item.field))} </span>}
                {item.message}
                {item.remedy === undefined ? null : (
                  <span className="mut">
                    {ended.test(item.message) ? '' : '.'} {item.remedy}
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        {known?.remedy === undefined ? null : <div className="mut">{known.remedy}</div>}
        {onRetry === undefined ? null : (
          <div>
            <Button size="xs" onClick={onRetry}>
              {t('ui.retry')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
};
