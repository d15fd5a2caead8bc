import { asOfMoment } from '@aimwell/contract/platform/endpoint';
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

/** What the address asks for: today, a moment of the past, or something that is none. */
export const readMoment = (given: unknown, now: Date = new Date()): Moment => {
  if (given === undefined || given === '') return { kind: 'now' };
  const text = String(given);
  const parsed = asOfMoment.safeParse(text);
  const ahead = parsed.success && Date.parse(text) > now.getTime() + 60_000;
  return parsed.success && !ahead ? { kind: 'past', asOf: text } : { kind: 'none', given: text };
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
