import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { request } from '../../ui/api.ts';
import { useSession } from '../../ui/session.tsx';

/** `/`: leads to the organisation last visited, to the choice of one, to set-up, or to signing in. */
const Start = () => {
  const { person, organisations } = useSession();
  const router = useRouter();
  const setup = useQuery({
    queryKey: ['setup'],
    enabled: person === null,
    retry: false,
    queryFn: () => request<{ needed: boolean }>('GET', '/api/v1/setup'),
  });
  const last = localStorage.getItem('organisation:last');
  const mine = organisations.find(({ slug }) => slug === last) ?? organisations[0];
  const to =
    person === null
      ? setup.isPending
        ? undefined
        : setup.data?.needed === true
          ? '/setup'
          : '/sign-in'
      : mine === undefined
        ? '/organisations'
        : `/o/${mine.slug}`;
  useEffect(() => {
    if (to !== undefined) void router.navigate({ to: to as '/', replace: true });
  }, [router, to]);
  return null;
};
export default Start;
