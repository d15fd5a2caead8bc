import { Popover } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Waiting } from '../../ui/page.tsx';
import { momentWords } from '../../ui/past.ts';
import { t } from '../../ui/words.ts';
import { useMoment } from './moment.ts';

const MomentChooser = lazy(() => import('./moment-chooser.tsx'));

/** In the top bar: which moment is on screen, and the way to another. */
export const TimeControl = () => {
  const moment = useMoment();
  const [open, setOpen] = useState(false);
  const past = moment.kind !== 'now';
  const label = moment.kind === 'past' ? t('trail.time.asOf', { moment: momentWords(moment.asOf) }) : t('trail.time.asOfToday');
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      returnFocus
      width="min(620px, calc(100vw - 24px))"
      shadow="md"
    >
      <Popover.Target>
        <button
          type="button"
          className={past ? 'time-button on' : 'time-button'}
          aria-label={t('trail.time.button', { label })}
          aria-expanded={open}
          onClick={() => setOpen((before) => !before)}
        >
          <IconHistory size={16} stroke={1.75} aria-hidden />
          <span className="no-phone">{past ? t('trail.time.past') : t('trail.time.asOfToday')}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {open ? (
          <Suspense fallback={<Waiting lines={3} />}>
            <MomentChooser onChosen={() => setOpen(false)} />
          </Suspense>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
};
