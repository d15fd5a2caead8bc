import { useHotkeys } from '@mantine/hooks';
import { Outlet, useParams, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { formatDay } from '../ui/dates.ts';
import { useReachable } from '../ui/reachability.ts';
import { Empty } from '../ui/page.tsx';
import { RoomsProvider } from '../ui/rooms-context.tsx';
import { OrganisationProvider, useSession } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { Tray } from '../ui/tray-view.tsx';
import { t } from '../ui/words.ts';
import { useRunningWork } from '../ui/work.ts';
import { Go } from '../ui/link.tsx';
import { PhoneBar } from './phone-bar.tsx';
import { IntegrityBanner } from './integrity-banner.tsx';
import { InMoment } from './past/in-moment.tsx';
import { useMoment, useOnlyToday } from './past/moment.ts';
import { NoMoment, OnlyToday, PastBand } from './past/past-band.tsx';
import './past/past.css';
import { Rail, useSlim } from './rail.tsx';
import { rooms } from './rooms.ts';
import { TopBar } from './top-bar.tsx';

const Palette = lazy(() => import('./palette.tsx'));
const Help = lazy(() => import('./help.tsx'));

/** The frame around every page of an organisation. */
export const Shell = () => {
  const { org } = useParams({ strict: false }) as { org?: string };
  const { person, organisations } = useSession();
  const organisation = organisations.find((one) => one.slug === org || one.id === org);
  const [slim, setSlim] = useSlim();
  const [palette, setPalette] = useState(0);
  const [help, setHelp] = useState(false);
  useHotkeys(
    [
      ['mod+K', () => setPalette((count) => count + 1)],
      ['shift+?', () => setHelp(true)],
    ],
    ['INPUT', 'TEXTAREA', 'SELECT'],
  );
  useFocusAfterNavigation();
  const moment = useMoment();
  const onlyToday = useOnlyToday();
  const asOf = moment.kind === 'past' ? moment.asOf : null;
  if (person === null) return <ToSignIn />;
  if (organisation === undefined)
    return (
      <main className="door">
        <Empty
          title={t('ui.noSuchOrganisation')}
          action={
            <Go className="link" to="/organisations">
              {t('ui.organisations')}
            </Go>
          }
        >
          {t('ui.noSuchOrganisationHelp')}
        </Empty>
      </main>
    );
  return (
    <OrganisationProvider organisation={organisation}>
      <RoomsProvider value={rooms}>
        <a
          className="skip"
          href="#content"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById('content')?.focus();
          }}
        >
          {t('ui.skip')}
        </a>
        <div className="app" data-slim={slim || undefined} data-past={moment.kind === 'now' ? undefined : true}>
          <InMoment organisation={organisation} asOf={asOf}>
            <Rail />
          </InMoment>
          <div className="content">
            <TopBar slim={slim} onSlim={setSlim} onSearch={() => setPalette((count) => count + 1)} onHelp={() => setHelp(true)} />
            <OfflineBar />
            {organisation.roles.every((role) => role === 'external_auditor') ? <AuditorBar until={organisation.validUntil} /> : null}
            <IntegrityBanner />
            {asOf === null ? null : <PastBand asOf={asOf} />}
            <main id="content" tabIndex={-1}>
              <InMoment organisation={organisation} asOf={asOf}>
                {moment.kind === 'none' ? <NoMoment given={moment.given} /> : onlyToday && asOf !== null ? <OnlyToday /> : <Outlet />}
              </InMoment>
            </main>
          </div>
        </div>
        <InMoment organisation={organisation} asOf={asOf}>
          <PhoneBar />
          <Suspense fallback={null}>{palette > 0 ? <Palette opening={palette} /> : null}</Suspense>
        </InMoment>
        <Tray />
        <RunningWork />
        <Suspense fallback={null}>{help ? <Help onClose={() => setHelp(false)} /> : null}</Suspense>
      </RoomsProvider>
    </OrganisationProvider>
  );
};

/** After a walk to another page the reader's focus stands on its heading, unless the page put it into a field. */
const useFocusAfterNavigation = () => {
  const router = useRouter();
  const first = useRef(true);
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged }) => {
        if (first.current) {
          first.current = false;
          return;
        }
        if (!pathChanged) return;
        // A record's heading stands there only when the record has come.
        let tries = 0;
        const look = () => {
          const main = document.getElementById('content');
          if (main === null || main.querySelector(':focus') !== null) return;
          const heading = main.querySelector<HTMLElement>('h1');
          if (heading !== null) heading.focus({ preventScroll: true });
          else if (tries++ < 40) setTimeout(look, 50);
          else main.focus({ preventScroll: true });
        };
        requestAnimationFrame(look);
      }),
    [router],
  );
};

/** Keeps the tray's lines alive over a reload. */
const RunningWork = () => {
  useRunningWork();
  return null;
};

const OfflineBar = () =>
  useReachable() ? null : (
    <div className="offline" role="status">
      <Shape kind="clock" tone="warn" />
      {t('ui.offline')}
    </div>
  );

/** Leads to the door once, and remembers where the person wanted to go. */
const ToSignIn = () => {
  const router = useRouter();
  useEffect(() => {
    const { pathname, searchStr } = router.state.location;
    if (pathname.startsWith('/o/'))
      void router.navigate({ to: '/sign-in' as '/', search: { next: pathname + searchStr } as never, replace: true });
  }, [router]);
  return null;
};

/** An external auditor is told that what he reads is written down, and until when he may read. */
const AuditorBar = ({ until }: { until: string | null }) => (
  <aside className="auditor-bar" aria-label={t('ui.auditorBarName')}>
    {t('ui.auditorBar')} {until === null ? null : t('ui.auditorUntil', { date: formatDay(until) })}
  </aside>
);
