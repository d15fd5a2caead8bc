import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Go } from '../../ui/link.tsx';
import { Empty, useTitle } from '../../ui/page.tsx';
import { momentWords, useBasis } from '../../ui/past.ts';
import { useHere } from '../../ui/session.tsx';
import { formatMoment } from '../../ui/dates.ts';
import { t } from '../../ui/words.ts';
import { useGoToMoment } from './moment.ts';

/** Says on every page which moment is on screen, what it rests on, and how to come back. */
export const PastBand = ({ asOf }: { asOf: string }) => {
  const here = useHere();
  const go = useGoToMoment();
  const basis = useBasis(asOf);
  return (
    <div className="past-band" role="status">
      <IconHistory size={18} stroke={1.75} aria-hidden />
      <div className="grow">
        <strong>{t('trail.past.asOf', { moment: momentWords(asOf) })}</strong> {t('trail.past.means')}{' '}
        {basis === undefined ? null : (
          <span className="nw-desk">
            {basis.at === null
              ? t('trail.past.before')
              : t('trail.past.rests', { count: basis.size, at: formatMoment(basis.at, here.timeZone) })}
          </span>
        )}
      </div>
      {here.may('pack.make') && basis?.at !== null ? (
        <Go className="link sm" to={`${here.to('packs')}?asOf=&of=${encodeURIComponent(asOf)}`}>
          {t('trail.past.pack')}
        </Go>
      ) : null}
      <Button size="xs" variant="default" onClick={() => go(null)}>
        {t('trail.time.back')}
      </Button>
    </div>
  );
};

/** In place of a page that cannot show the past. */
export const OnlyToday = () => {
  useTitle(t('trail.past.onlyTodayTitle'));
  return <Instead title={t('trail.past.onlyTodayTitle')}>{t('trail.past.onlyToday')}</Instead>;
};

/** In place of a page whose address names a moment that is none, or one that has not come. */
export const NoMoment = ({ given }: { given: string }) => {
  useTitle(t('trail.past.noMomentTitle'));
  return <Instead title={t('trail.past.noMomentTitle')}>{t('trail.past.noMoment', { given: given.slice(0, 60) })}</Instead>;
};

const Instead = ({ title, children }: { title: string; children: string }) => {
  const go = useGoToMoment();
  return (
    <div className="page">
      <h1 tabIndex={-1} className="sr">
        {title}
      </h1>
      <Empty title={title} action={<Button onClick={() => go(null)}>{t('trail.time.back')}</Button>}>
        {children}
      </Empty>
    </div>
  );
};
