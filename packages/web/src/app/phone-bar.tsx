import { Drawer } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { isAt, placeGroups, PlaceLine, placesFor } from './rail.tsx';
import { places } from './rooms.ts';

/** What a person on the way needs first; the first three that exist stand in the bar. */
const wanted = ['', 'my-work', 'systems', 'risks', 'soa-versions'];

/** The bar at the bottom of a phone: three places and all the others. */
export const PhoneBar = () => {
  const here = useHere();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const shown = wanted.flatMap((to) => places.filter((place) => place.to === to)).slice(0, 3);
  return (
    <>
      <nav className="tabbar" aria-label={t('ui.placesLabel')}>
        {shown.map((place) => {
          const Icon = place.icon;
          const on = isAt(here, pathname, place);
          return (
            <Go key={place.to} to={place.to === '' ? here.to() : here.to(place.to)} aria-current={on ? 'page' : undefined}>
              <Icon size={20} stroke={1.75} aria-hidden />
              {t(place.label)}
            </Go>
          );
        })}
        <button type="button" aria-expanded={open} onClick={() => setOpen(true)}>
          <IconMenu2 size={20} stroke={1.75} aria-hidden />
          {t('ui.more')}
        </button>
      </nav>
      <Drawer opened={open} onClose={() => setOpen(false)} position="bottom" size="85%" title={t('ui.placesLabel')}>
        <div className="sheet">
          {[...placeGroups, 'settings' as const].map((group) => {
            const mine = placesFor(here, group);
            return mine.length === 0 ? null : (
              <div key={group}>
                {group === 'top' || group === 'end' || group === 'settings' ? (
                  <hr style={{ margin: '8px 0' }} />
                ) : (
                  <div className="g">{t(`ui.groups.${group}`)}</div>
                )}
                <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
                  {mine.map((place) => (
                    <PlaceLine key={place.to} place={place} onGo={() => setOpen(false)} />
                  ))}
                </ul>
              </div>
            );
          })}
        </div>
      </Drawer>
    </>
  );
};
