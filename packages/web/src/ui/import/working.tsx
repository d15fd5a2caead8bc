import type { Problem } from '@aimwell/contract/platform/problem';
import type { Register } from '@aimwell/contract/platform/register';
import type { ImportResult } from '@aimwell/contract/platform/transfer';
import { Button, Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem, request } from '../api.ts';
import { ProblemView } from '../problem.tsx';
import { type Here, useHere } from '../session.tsx';
import { startWork } from '../tray.ts';
import { registerMany, t } from '../words.ts';

interface Work { readonly id: string; readonly state: 'running' | 'done' | 'failed' | 'cancelled'; readonly label: string; readonly done: number; readonly total: number | null; readonly result: unknown }

const readWork = (here: Here, id: string, signal?: AbortSignal) => request<Work>('GET', here.api('work', id), signal === undefined ? {} : { signal });
const problemOf = (work: Work): ApiProblem => {
  const problem = work.result as Problem;
  return new ApiProblem(problem.status ?? 500, problem);
};

// One line in the tray for each piece of work, however often its page is opened.
const followed = new Set<string>();
const follow = (here: Here, id: string, title: string, done: () => Promise<unknown>): void => {
  if (followed.has(id)) return;
  followed.add(id);
  startWork(title, async ({ signal, progress }) => {
    for (;;) {
      const work = await readWork(here, id, signal);
      if (work.total !== null) progress(work.done, work.total);
      if (work.state === 'failed') throw problemOf(work);
      if (work.state !== 'running') break;
      await new Promise((resolve) => { setTimeout(resolve, 500); });
    }
    await done();
  });
};

/** The import runs on the server: how far it is, here and in the tray. Leaving or reloading does not stop it. */
export const Working = ({ register, work, onDone, onBack }: { register: Register; work: string; onDone: (result: ImportResult) => void; onBack: () => void }) => {
  const here = useHere();
  const cache = useQueryClient();
  const found = useQuery({
    queryKey: [here.slug, 'work', work], queryFn: ({ signal }) => readWork(here, work, signal), staleTime: 0,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? 500 : false),
  });
  const { data } = found;
  useEffect(() => {
    follow(here, work, t('import.importing', { what: registerMany(register.name) }), () => cache.invalidateQueries({ queryKey: [here.slug], predicate: ({ queryKey }) => queryKey[1] !== 'work' }));
  }, [cache, here, work, register]);
  useEffect(() => { if (data?.state === 'done') onDone(data.result as ImportResult); }, [data, onDone]);
  if (data?.state === 'failed') return <div className="stack" style={{ gap: 12 }}><ProblemView error={problemOf(data)} /><div><Button onClick={onBack}>{t('import.backToRows')}</Button></div></div>;
  const share = data === undefined || data.total === null || data.total === 0 ? undefined : (data.done / data.total) * 100;
  return (
    <div className="stack" style={{ gap: 8 }} role="status">
      <h2 className="imp-h">{t('import.importing', { what: registerMany(register.name) })}</h2>
      <Progress value={share ?? 100} animated={share === undefined} aria-label={t('import.importing', { what: registerMany(register.name) })} />
      <p className="mut sm">{data?.total === null || data === undefined ? t('import.workRuns') : t('import.workOf', { n: data.done, of: data.total })}</p>
      <ProblemView error={found.error} onRetry={() => { void found.refetch(); }} />
    </div>
  );
};
