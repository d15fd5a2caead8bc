import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useHere } from '../../ui/session.tsx';

/** While no room brings a home page, an organisation opens at its AI systems. */
const FirstPlace = () => {
  const here = useHere();
  const router = useRouter();
  useEffect(() => {
    void router.navigate({ to: here.to('systems') as '/', replace: true });
  }, [router, here]);
  return null;
};
export default FirstPlace;
