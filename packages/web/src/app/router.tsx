import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { loadWords } from '../ui/words.ts';
import { ErrorPage, NotFoundPage } from './error-page.tsx';
import { rooms } from './rooms.ts';
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
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
  errorComponent: ErrorPage,
});

const inside = (path: string, load: Parameters<typeof lazyRouteComponent>[0], words: readonly string[] = []) =>
  createRoute({
    getParentRoute: () => organisation,
    path,
    component: lazyRouteComponent(load),
    errorComponent: ErrorPage,
    notFoundComponent: NotFoundPage,
    loader: () => Promise.all(['registers', ...words].map(loadWords)).then(() => null),
    staleTime: Infinity,
  });

// A room's page takes the stead of the standard one at the same path.
const ofRooms = rooms.flatMap((room) => (room.pages ?? []).map((page) => ({ ...page, words: [room.name, ...(room.words ?? [])] })));
const standard = [
  { path: '', load: () => import('./pages/first-place.tsx') },
  { path: 'settings', load: () => import('./settings/organisation-page.tsx') },
  { path: 'settings/members', load: () => import('./settings/members-page.tsx') },
  { path: 'settings/tokens', load: () => import('./settings/tokens-page.tsx') },
  { path: 'settings/permissions', load: () => import('./settings/permissions-page.tsx') },
  { path: 'settings/checkpoints', load: () => import('./settings/checkpoints-page.tsx'), words: ['leaving'] },
  { path: 'settings/outbox', load: () => import('./settings/outbox-page.tsx'), words: ['leaving'] },
  { path: 'settings/account', load: () => import('./settings/account-page.tsx') },
  { path: '$register', load: () => import('./pages/register-list-page.tsx') },
  { path: '$register/new', load: () => import('./pages/register-new-page.tsx') },
  { path: '$register/$id', load: () => import('./pages/register-record-page.tsx') },
  // A room's `systems/$id` would take `systems/new` for a record.
  ...ofRooms.flatMap(({ path }) =>
    /^[^/$]+\/\$id$/u.test(path) ? [{ path: path.replace('$id', 'new'), load: () => import('./pages/register-new-page.tsx') }] : [],
  ),
].filter(({ path }) => !ofRooms.some((page) => page.path === path));

const pages = [
  ...ofRooms.map((page) => inside(slashed(page.path), page.load, page.words)),
  ...standard.map((page) => inside(slashed(page.path), page.load, 'words' in page ? page.words : [])),
];

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
