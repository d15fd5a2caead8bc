import type { CodeList } from '@aimwell/contract/platform/field';
import { useQuery } from '@tanstack/react-query';
import { request } from '../api.ts';

export interface CatalogItem {
  readonly id: string;
  readonly title: string;
  readonly [more: string]: unknown;
}

/** The catalog's list of controls, requirements, clauses or risk sources. It changes with the product only, so it is asked once. */
export const useCatalog = (list: CodeList, enabled = true) =>
  useQuery({
    queryKey: ['catalog', list],
    enabled,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const answer = await request<readonly CatalogItem[] | { readonly items: readonly CatalogItem[] }>('GET', `/api/v1/catalog/${list}`, {
        signal,
      });
      return 'items' in answer ? answer.items : answer;
    },
  });
