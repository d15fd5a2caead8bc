import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import type { MapInFull, VersionLine } from './calls.ts';

/** On a version that still has runs though another is in force: how they get to the new one. */
export const OlderRuns = ({ map, version }: { map: MapInFull; version: VersionLine }) => {
  const here = useHere();
  return version.running === 0 || version.state !== 'retired' || map.inForce === null ? null : (
    <p className="xs mut">
      {t('processes.olderRunsMove')}{' '}
      <code>
        npx aimwell process migrate {map.key} --org {here.slug} --reason "…"
      </code>
    </p>
  );
};
