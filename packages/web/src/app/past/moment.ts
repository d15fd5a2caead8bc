import { isIsoDate } from '@aimwell/core/shared/dates';
import { useMatches, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The page cannot show the past and says so there. */
    readonly onlyToday?: boolean;
  }
}

type Search = Readonly<Record<string, unknown>>;

/** Keeps the moment over every walk inside the organisation; who names it, or takes it out (`asOf: undefined`), decides. */
export const keepMoment = <T extends object>({ search, next }: { search: T; next: (search: T) => T }): T => {
  const result = next(search);
  const asOf = (search as Search)['asOf'];
  return asOf === undefined || 'asOf' in result ? result : { ...result, asOf };
};

export type Moment =
  | { readonly kind: 'now' }
  | { readonly kind: 'past'; readonly asOf: string }
  | { readonly kind: 'none'; readonly given: string };

const rfc3339 = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
/** What the API takes (`asOfMoment` of the contract), told without its schemas: this stands in the first load. */
const isMoment = (text: string): boolean =>
  isIsoDate(text) || (isIsoDate(rfc3339.exec(text)?.[1] ?? '') && !Number.isNaN(Date.parse(text)));

/** What the address asks for: today, a moment of the past, or something that is none. */
export const readMoment = (given: unknown, now: Date = new Date()): Moment => {
  if (given === undefined || given === '') return { kind: 'now' };
  const text = String(given);
  return isMoment(text) && Date.parse(text) <= now.getTime() + 60_000 ? { kind: 'past', asOf: text } : { kind: 'none', given: text };
};

export const useMoment = (): Moment => readMoment((useSearch({ strict: false }) as Search)['asOf']);

/** Goes to a moment on the same page; null = back to today. */
export const useGoToMoment = () => {
  const navigate = useNavigate();
  return useCallback(
    (asOf: string | null) => {
      void navigate({
        to: '.',
        resetScroll: false,
        search: ((before: Search) => ({ ...before, asOf: asOf ?? undefined })) as never,
      });
    },
    [navigate],
  );
};

/** Whether the page on screen cannot show the past. */
export const useOnlyToday = (): boolean => useMatches().some(({ staticData }) => staticData.onlyToday === true);
