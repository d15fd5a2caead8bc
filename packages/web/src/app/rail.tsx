import { useLocalStorage } from '@mantine/hooks';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { Go } from '../ui/link.tsx';
import { useCount } from '../ui/record.ts';
import type { Place, PlaceGroup } from '../ui/room.ts';
import { type Here, useHere } from '../ui/session.tsx';
import { Mark } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { places } from './rooms.ts';

const quarters: Partial<Record<PlaceGroup, string>> = {
  plan: 'M6 1a5 5 0 0 1 5 5',
  do: 'M11 6a5 5 0 0 1-5 5',
  check: 'M6 11a5 5 0 0 1-5-5',
  act: 'M1 6a5 5 0 0 1 5-5',
};
export const placeGroups: readonly PlaceGroup[] = ['top', 'plan', 'do', 'check', 'act', 'end'];

/** The places a person may go to, by group. */
export const placesFor = (here: Here, group: PlaceGroup): readonly Place[] =>
  places.filter((place) => place.group === group && (place.may === undefined || here.may(place.may)));

/** Whether an address lies in a place. */
export const isAt = (here: Here, path: string, place: Place): boolean =>
  [place.to, ...(place.also ?? [])].some((to) => {
    const at = to === '' ? here.to() : here.to(...to.split('/'));
    return path === at || (to !== '' && path.startsWith(`${at}/`));
  });

/** The rail: the management system by its cycle. Folds to icons, which keep their names for readers and on hover. */
export const Rail = () => {
  const here = useHere();
  return (
    <nav className="rail" aria-label={t('ui.placesLabel')}>
      <Go to={here.to()} className="brand">
        <Mark />
        <span>Aimwell</span>
      </Go>
      {placeGroups.map((group) => (
        <Group key={group} group={group} />
      ))}
      <div className="end">
        <ul>
          {placesFor(here, 'settings').map((place) => (
            <PlaceLine key={place.to} place={place} />
          ))}
        </ul>
      </div>
    </nav>
  );
};

const Group = ({ group }: { group: PlaceGroup }) => {
  const here = useHere();
  const mine = placesFor(here, group);
  if (mine.length === 0) return null;
  const quarter = quarters[group];
  return (
    <>
      {quarter === undefined ? (
        group === 'end' ? (
          <div style={{ height: 12, flex: 'none' }} />
        ) : null
      ) : (
        <GroupName group={group} quarter={quarter} />
      )}
      <ul aria-label={quarter === undefined ? undefined : t(`ui.groups.${group}`)}>
        {mine.map((place) => (
          <PlaceLine key={place.to} place={place} />
        ))}
      </ul>
    </>
  );
};

const GroupName = ({ group, quarter }: { group: PlaceGroup; quarter: string }) => (
  <div className="g" title={t(`ui.groups.${group}`)}>
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <circle cx="6" cy="6" r="5" fill="none" stroke="var(--line-2)" strokeWidth="1.8" />
      <path d={quarter} fill="none" stroke="var(--accent-ink)" strokeWidth="2" />
    </svg>
    <span>{t(`ui.groups.${group}`)}</span>
  </div>
);

export const PlaceLine = ({ place, onGo }: { place: Place; onGo?: () => void }) => {
  const here = useHere();
  const { pathname } = useLocation();
  const Icon = place.icon;
  const on = isAt(here, pathname, place);
  return (
    <li>
      <Go
        to={place.to === '' ? here.to() : here.to(...place.to.split('/'))}
        className={on ? 'place on' : 'place'}
        aria-current={on ? 'page' : undefined}
        title={t(place.label)}
        onClick={onGo}
      >
        <Icon size={16} stroke={1.75} aria-hidden />
        <span className="grow ell">{t(place.label)}</span>
        {place.count === undefined ? null : <PlaceCount register={place.count} />}
      </Go>
    </li>
  );
};

const PlaceCount = ({ register }: { register: string }) => {
  // What waits for a person waits now: nobody counts it in the past.
  const count = useCount(register, {}, undefined, useHere().asOf === null || register !== 'my-work');
  return count.data === undefined ? null : <span className="n">{count.data.count.toLocaleString('en')}</span>;
};

/** Whether the rail is folded; kept in this browser. */
export const useSlim = () => useLocalStorage({ key: 'rail:slim', defaultValue: false });

export const FoldButton = ({ slim, onChange }: { slim: boolean; onChange: (slim: boolean) => void }) => (
  <button
    type="button"
    className="round rail-fold no-phone"
    aria-label={t(slim ? 'ui.unfoldRail' : 'ui.foldRail')}
    aria-pressed={slim}
    onClick={() => onChange(!slim)}
    style={{ marginLeft: -12, color: 'var(--ink-3)' }}
  >
    {slim ? (
      <IconLayoutSidebarLeftExpand size={17} stroke={1.75} aria-hidden />
    ) : (
      <IconLayoutSidebarLeftCollapse size={17} stroke={1.75} aria-hidden />
    )}
  </button>
);
