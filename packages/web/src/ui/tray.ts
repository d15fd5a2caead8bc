import { useSyncExternalStore } from 'react';

/** Long work goes on beside the page: it shows how far it is, can be cancelled, and says what it could not do. */
export interface Work {
  readonly id: number;
  readonly title: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number | undefined;
  readonly error?: unknown;
  /** Absent where the work goes on whatever this page does. */
  readonly cancel?: () => void;
}
interface Hands {
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

let works: readonly Work[] = [];
let last = 0;
const listeners = new Set<() => void>();
const put = (next: readonly Work[]): void => {
  works = next;
  for (const listener of listeners) listener();
};
const change = (id: number, changes: Partial<Work>): void => put(works.map((work) => (work.id === id ? { ...work, ...changes } : work)));

/** Starts work that outlives the page; `onServer` = it runs there and cannot be cancelled from here. Its promise is kept here: what it throws shows in the tray. */
export const startWork = (title: string, run: (hands: Hands) => Promise<void>, { onServer = false } = {}): void => {
  const id = ++last;
  const stop = new AbortController();
  put([
    ...works,
    {
      id,
      title,
      state: 'running',
      done: 0,
      total: undefined,
      ...(onServer
        ? {}
        : {
            cancel: () => {
              stop.abort();
              change(id, { state: 'cancelled' });
            },
          }),
    },
  ]);
  run({ signal: stop.signal, progress: (done, total) => change(id, { done, total }) }).then(
    () => finish(id),
    (error: unknown) => {
      if (!stop.signal.aborted) change(id, { state: 'failed', error });
    },
  );
};

const finish = (id: number): void => {
  change(id, { state: 'done' });
  setTimeout(() => dismissWork(id), 6000);
};

export const dismissWork = (id: number): void => put(works.filter((work) => work.id !== id));
export const useWorks = (): readonly Work[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => works,
  );
