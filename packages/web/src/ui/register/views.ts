import { useLocalStorage } from '@mantine/hooks';
import { queryString } from '../api.ts';
import type { Filters } from '../record.ts';

export interface View {
  readonly name: string;
  readonly filters: Filters;
}

/** Saved views of a register, kept in this browser. */
export const useViews = (organisation: string, register: string) => {
  const [views, setViews] = useLocalStorage<readonly View[]>({ key: `views:${organisation}:${register}`, defaultValue: [] });
  return {
    views,
    save: (view: View) => setViews([...views.filter(({ name }) => name !== view.name), view]),
    remove: (name: string) => setViews(views.filter((view) => view.name !== name)),
  };
};

/** Two sets of filters that show the same list, whatever their order. */
export const sameFilters = (one: Filters, other: Filters): boolean => canonical(one) === canonical(other);
const canonical = ({ q: _q, sort: _sort, ...rest }: Filters): string =>
  queryString(Object.fromEntries(Object.entries(rest).sort(([a], [b]) => a.localeCompare(b))));
