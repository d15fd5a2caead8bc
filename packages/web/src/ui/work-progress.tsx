import { Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { ProblemView } from './problem.tsx';
import { useHere } from './session.tsx';
import { t } from './words.ts';
import { followWork, problemOf, readWork } from './work.ts';

interface Props {
  readonly work: string;
  readonly title: string;
  /** Called once with what the work answers at its end. */
  readonly onDone: (result: unknown) => void;
  /** Stands below the reason when it failed. */
  readonly failed: ReactNode;
  /** What to know while nobody can tell how far it is. */
  readonly waiting: string;
  /** In words, how far it is. */
  readonly progress?: (done: number, of: number) => string;
}

/** Work of the server on its own page: how far it is, here and in the tray. Leaving or reloading does not stop it. */
export const WorkProgress = ({ work, title, onDone, failed, waiting, progress = (n, of) => t('ui.nOf', { n, of }) }: Props) => {
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
    followWork(here, work, title, () =>
      cache.invalidateQueries({ queryKey: [here.slug], predicate: ({ queryKey }) => queryKey[1] !== 'work' }),
    );
  }, [cache, here, work, title]);
  useEffect(() => {
    if (data?.state === 'done') onDone(data.result);
  }, [data, onDone]);
  if (data?.state === 'failed')
    return (
      <div className="stack" style={{ gap: 12 }}>
        <ProblemView error={problemOf(data)} />
        <div>{failed}</div>
      </div>
    );
  const share = data === undefined || data.total === null || data.total === 0 ? undefined : (data.done / data.total) * 100;
  return (
    <div className="stack" style={{ gap: 8 }} role="status">
      <h2 style={{ fontSize: 16, lineHeight: '24px' }}>{title}</h2>
      <Progress value={share ?? 100} animated={share === undefined} aria-label={title} />
      <p className="mut sm">{data?.total === null || data === undefined ? waiting : progress(data.done, data.total)}</p>
      <ProblemView
        error={found.error}
        onRetry={() => {
          void found.refetch();
        }}
      />
    </div>
  );
};
