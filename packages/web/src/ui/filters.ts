import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Filters } from './record.ts';

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The filters of a list as they stand in the address, so that a link shows what its sender saw. */
export const useUrlFilters = () => {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const set = useCallback(
    (changes: Search) => {
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ((before: Search) => clean({ ...before, ...changes })) as never,
      });
    },
    [navigate],
  );
  const filters: Filters = useMemo(() => {
    const { open: _open, tab: _tab, new: _new, asOf: _asOf, ...rest } = search;
    return rest;
  }, [search]);
  return { search, filters, set };
};

/** An address without what says nothing. */
export const clean = (search: Search): Search =>
  Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)),
  );

/** A search value as a list. */
export const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
export const textOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];
