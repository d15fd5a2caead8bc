import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import type { ProcessMap } from './calls.ts';
import { nameOf } from './gate-words.ts';

/** A process by its key: a way to its page, or its name alone where nobody has adopted it. */
export const ProcessName = ({ process, maps }: { process: string; maps: readonly ProcessMap[] }) => {
  const here = useHere();
  const map = maps.find(({ key }) => key === process);
  if (map === undefined) return nameOf(maps, process);
  return (
    <Go className="link in-text" to={here.to('processes', map.id)}>
      {map.name}
    </Go>
  );
};
