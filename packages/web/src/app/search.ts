import { queryString } from '../ui/api.ts';
import { searchOf } from '../ui/link.tsx';

/** The query of an address as people can read and write it: `?state=pilot&state=production`. No types are guessed. */
export const parseSearch = (text: string): Record<string, string | string[]> => searchOf(text.replace(/^\?/, ''));
export const stringifySearch = (search: Record<string, unknown>): string =>
  queryString(
    Object.fromEntries(
      Object.entries(search)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
    ),
  );
