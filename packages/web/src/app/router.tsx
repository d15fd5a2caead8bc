import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { loadWords } from '../ui/words.ts';
import { ErrorPage, NotFoundPage } from './error-page.tsx';
import { rooms } from './rooms.ts';
import { keepMoment } from './past/moment.ts';
import { SessionGate } from './session-gate.tsx';
import { parseSearch, stringifySearch } from './search.ts';

const root = createRootRoute({
  component: () => (
    <SessionGate>
      <Outlet />
    </SessionGate>
  ),
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
});

const door = (path: string, load: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });
const doors = [
  door('/', () => import('./doors/start.tsx')),
  door('/sign-in', () => import('./doors/sign-in.tsx')),
  door('/setup', () => import('./doors/set-up.tsx')),
  door('/invitation', () => import('./doors/invitation.tsx')),
  door('/organisations', () => import('./doors/organisations.tsx')),
];

const organisation = createRoute({
  getParentRoute: () => root,
  path: '/o/$org',
  search: { middlewares: [keepMoment] },
  // The time control, the band of the past and the banner of the guard stand on every page.
  loader: () => loadWords('trail').then(() => null),
  staleTime: Infinity,
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
  errorComponent: ErrorPage,
});

interface Inside {
  readonly path: string;
  readonly load: Parameters<typeof lazyRouteComponent>[0];
  readonly words?: readonly string[];
  readonly onlyToday?: boolean;
}
const inside = ({ path, load, words = [], onlyToday = false }: Inside) =>
  createRoute({
    getParentRoute: () => organisation,
    path: slashed(path),
    staticData: { onlyToday },
    component: lazyRouteComponent(load),
    errorComponent: ErrorPage,
    notFoundComponent: NotFoundPage,
    loader: () => Promise.all(['registers', ...words].map(loadWords)).then(() => null),
    staleTime: Infinity,
  });

// A room's page takes the stead of the standard one at the same path.
const ofRooms = rooms.flatMap((room) => (room.pages ?? []).map((page) => ({ ...page, words: [room.name, ...(room.words ?? [])] })));
const standard: readonly Inside[] = [
  { path: '', load: () => import('./pages/first-place.tsx') },
  { path: 'settings', load: () => import('./settings/organisation-page.tsx'), onlyToday: true },
  { path: 'settings/members', load: () => import('./settings/members-page.tsx'), onlyToday: true },
  { path: 'settings/tokens', load: () => import('./settings/tokens-page.tsx'), onlyToday: true },
  { path: 'settings/permissions', load: () => import('./settings/permissions-page.tsx'), onlyToday: true },
  { path: 'settings/checkpoints', load: () => import('./settings/checkpoints-page.tsx'), words: ['leaving'], onlyToday: true },
  { path: 'settings/outbox', load: () => import('./settings/outbox-page.tsx'), words: ['leaving'], onlyToday: true },
  { path: 'settings/account', load: () => import('./settings/account-page.tsx'), onlyToday: true },
  { path: '$register', load: () => import('./pages/register-list-page.tsx') },
  { path: '$register/new', load: () => import('./pages/register-new-page.tsx'), onlyToday: true },
  { path: '$register/$id', load: () => import('./pages/register-record-page.tsx') },
  // A room's `systems/$id` would take `systems/new` for a record.
  ...ofRooms.flatMap(({ path }) =>
    /^[^/$]+\/\$id$/u.test(path)
      ? [{ path: path.replace('$id', 'new'), load: () => import('./pages/register-new-page.tsx'), onlyToday: true }]
      : [],
  ),
].filter(({ path }) => !ofRooms.some((page) => page.path === path));

const pages = [...ofRooms, ...standard].map(inside);

function slashed(path: string): string {
  return `/${path}`;
}

export const router = createRouter({
  routeTree: root.addChildren([...doors, organisation.addChildren(pages)]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 30_000,
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
});
