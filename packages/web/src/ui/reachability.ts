import { useSyncExternalStore } from 'react';

/** Whether the server answers. A quiet bar shows when it does not, and work resumes when it does. */
let reachable = true;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const set = (value: boolean): void => {
  if (reachable === value) return;
  reachable = value;
  for (const listener of listeners) listener();
};

export const reportReachable = (): void => {
  clearInterval(timer);
  timer = undefined;
  set(true);
};

/** Marks the server as gone and asks every three seconds whether it is back. */
export const reportUnreachable = (): void => {
  set(false);
  timer ??= setInterval(() => {
    void fetch('/api/v1/session', { credentials: 'same-origin' }).then(reportReachable, () => undefined);
  }, 3000);
};

export const onReachable = (listener: () => void): (() => void) => {
  const tell = () => {
    if (reachable) listener();
  };
  listeners.add(tell);
  return () => listeners.delete(tell);
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useReachable = (): boolean => useSyncExternalStore(subscribe, () => reachable);
