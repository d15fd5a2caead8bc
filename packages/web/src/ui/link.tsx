import { Link } from '@tanstack/react-router';
import type { ComponentPropsWithoutRef, Ref } from 'react';

type Props = Omit<ComponentPropsWithoutRef<'a'>, 'href'> & { readonly to: string; readonly ref?: Ref<HTMLAnchorElement> };

/** A link inside Aimwell by its path (`here.to('risks', id)`), preloaded on hover. A query may follow after `?`. */
export const Go = ({ to, ...rest }: Props) => {
  const [path = to, query] = to.split('?');
  const props = {
    preload: 'intent',
    activeOptions: { exact: true, includeSearch: false },
    activeProps: {},
    ...(query === undefined ? {} : { search: searchOf(query) }),
    ...rest,
  } as object;
  return <Link to={path as '/'} {...props} />;
};

/** A query string as the router keeps it: single values as text, repeated ones as lists. */
export const searchOf = (query: string): Record<string, string | string[]> => {
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const known = values[name];
    values[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  return values;
};
