import type { Register } from '@aimwell/contract/platform/register';
import type { ImportResult } from '@aimwell/contract/platform/transfer';
import { Button, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ProblemView } from '../problem.tsx';
import { useHere } from '../session.tsx';
import { registerMany, t } from '../words.ts';
import { followWork, problemOf, readWork } from '../work.ts';

/** The import runs on the server: how far it is, here and in the tray. Leaving or reloading does not stop it. */
export const Working = ({
  register,
  work,
  onDone,
  onBack,
}: {
  register: Register;
  work: string;
  onDone: (result: ImportResult) => void;
  onBack: () => void;
}) => {
  const here = useHere();
  const cache = useQueryClient();
  const found = useQuery({
    queryKey: [here.slug, 'work', work],
    queryFn: ({ signal }) => readWork(here, work, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? 500 : false),
  });
  const { data } = found;
  useEffect(() => {
    followWork(here, work, t('import.importing', { what: registerMany(register.name) }), () =>
      cache.invalidateQueries({ queryKey: [here.slug], predicate: ({ queryKey }) => queryKey[1] !== 'work' }),
    );
  }, [cache, here, work, register]);
  useEffect(() => {
    if (data?.state === 'done') onDone(data.result as ImportResult);
  }, [data, onDone]);
  if (data?.state === 'failed')
    return (
      <div className="stack" style={{ gap: 12 }}>
        <ProblemView error={problemOf(data)} />
        <div>
          <Button onClick={onBack}>{t('import.backToRows')}</Button>
        </div>
      </div>
    );
  const share = data === undefined || data.total === null || data.total === 0 ? undefined : (data.done / data.total) * 100;
  return (
    <div className="stack" style={{ gap: 8 }} role="status">
      <h2 className="imp-h">{t('import.importing', { what: registerMany(register.name) })}</h2>
      <Progress
        value={share ?? 100}
        animated={share === undefined}
        aria-label={t('import.importing', { what: registerMany(register.name) })}
      />
      <p className="mut sm">
        {data?.total === null || data === undefined ? t('import.workRuns') : t('import.workOf', { n: data.done, of: data.total })}
      </p>
      <ProblemView
        error={found.error}
        onRetry={() => {
          void found.refetch();
        }}
      />
    </div>
  );
};
