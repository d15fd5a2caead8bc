import { AxeBuilder } from '@axe-core/playwright';
import { registers } from '@aimwell/contract/registers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, picture, visit, type Visitor } from './support/browser.ts';
import { setUp } from './support/deeds.ts';
import { furnish } from './support/furnish.ts';
import { doors, pages } from './support/routes.ts';
import { type RunningAimwell, startAimwell } from './support/server.ts';

/** The four ways a page is looked at; generic pages of every register get the two that differ most. */
const looks = [
  { scheme: 'light', width: 1440, height: 900 },
  { scheme: 'dark', width: 320, height: 640 },
  { scheme: 'dark', width: 1440, height: 900 },
  { scheme: 'light', width: 320, height: 640 },
] as const;

let aimwell: RunningAimwell;
let browser: Browser;
let visitor: Visitor;
let records: ReadonlyMap<string, string>;

beforeAll(async () => {
  [aimwell, browser] = await Promise.all([startAimwell(), openBrowser()]);
  visitor = await visit(browser, aimwell.url);
  await setUp(visitor.page, aimwell.setupLink);
  records = await furnish(visitor.page, 'acme');
});
afterAll(async () => {
  await browser.close();
  await aimwell.stop();
});

const settled = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  // What still loads says so to those who cannot see it.
  await expect.poll(() => page.locator('[role=status] .skeleton').count()).toBe(0);
};

/** Problems that axe finds, and content wider than a narrow screen, by look. */
const problemsOf = async (page: Page, path: string, some: number): Promise<string[]> => {
  const found: string[] = [];
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(path);
  try {
    await settled(page);
  } catch (error) {
    return [
      `${path} does not come to rest: ${(error as Error).message.split('\n')[0]}; it says: ${(await page.locator('body').innerText()).slice(0, 300)}`,
    ];
  }
  for (const { scheme, width, height } of looks.slice(0, some)) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height });
    await page.evaluate((name) => {
      document.documentElement.setAttribute('data-mantine-color-scheme', name);
      return new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      });
    }, scheme);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    for (const { id, help, nodes } of violations)
      found.push(
        `${path} ${scheme} ${width}: ${id}, ${help}: ${nodes
          .slice(0, 3)
          .map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`)
          .join(' | ')}`,
      );
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 1) found.push(`${path} ${scheme} ${width}: ${wide} px wider than the screen`);
  }
  if (process.env['AIMWELL_SCREENS'] !== undefined) await picture(page, `page${path.replaceAll(/[^a-z]+/giu, '-').slice(0, 60)}`);
  return found;
};

/** Two pages at once: one waits for the server while the other is looked at. The last of `todo` comes first. */
const walk = async (pages: readonly { readonly path: string; readonly some: number }[]): Promise<string[]> => {
  const todo = [...pages];
  const found: string[] = [];
  const second = await visitor.page.context().newPage();
  const look = async (page: Page) => {
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) found.push(...(await problemsOf(page, next.path, next.some)));
  };
  await Promise.all([look(visitor.page), look(second)]);
  await second.close();
  return found;
};

const organisationPages = (): { path: string; some: number }[] =>
  pages().flatMap((path) => {
    const at = (place: string) => `/o/acme${place === '' ? '' : `/${place}`}`;
    const idOf = (register: string) => records.get(register);
    if (path === '$register') return registers.map(({ name }) => ({ path: at(name), some: 2 }));
    if (path === '$register/new') return ['systems', 'risks', 'people'].map((name) => ({ path: at(`${name}/new`), some: 2 }));
    if (path === '$register/$id')
      return registers.flatMap(({ name }) => (idOf(name) === undefined ? [] : [{ path: at(`${name}/${idOf(name)}`), some: 2 }]));
    if (path === 'import/$register') return [{ path: at('import/systems'), some: 4 }];
    const [register = '', id] = path.split('/');
    if (path === 'processes/$id') return ['', '?tab=times'].map((tab) => ({ path: at(`processes/${idOf('processes')}${tab}`), some: 4 }));
    if (id === '$id') return idOf(register) === undefined ? [] : [{ path: at(`${register}/${idOf(register)}`), some: 4 }];
    return [{ path: at(path), some: 4 }];
  });

describe('every page, light and dark, on a desk and on a phone', () => {
  it('knows its pages from the router', () => {
    expect(doors()).toContain('/sign-in');
    expect(pages()).toEqual(expect.arrayContaining(['settings', '$register/$id', 'first-hour', 'import/$register']));
  });

  it('the doors have nothing for axe to find', async () => {
    const stranger = await visit(browser, aimwell.url);
    const found: string[] = [];
    for (const path of doors().filter((door) => door !== '/organisations')) found.push(...(await problemsOf(stranger.page, path, 4)));
    found.push(...(await problemsOf(visitor.page, '/organisations', 4)));
    await stranger.leave();
    expect(found).toEqual([]);
  });

  // In parts, so that each has the time of a test however many pages there are.
  it.each([1, 2, 3, 4])('nor have the pages of an organisation, part %i of 4', async (part) => {
    const all = [...new Map(organisationPages().map((one) => [one.path, one])).values()];
    const found = await walk(all.filter((_, at) => at % 4 === part - 1));
    expect(found).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  it('nor have they in the past, nor what chooses a moment and what shows a proof', async () => {
    const then = `?asOf=${new Date().toISOString()}`;
    const found = await walk(
      ['', 'systems', `systems/${records.get('systems')}`, 'risks', 'soa-versions', 'conformity', 'settings'].map((path) => ({
        path: `/o/acme/${path}${then}`,
        some: 4,
      })),
    );
    await visitor.page.goto(`/o/acme/systems/${records.get('systems')}`);
    const violationsHere = async () => (await new AxeBuilder({ page: visitor.page }).setLegacyMode(true).analyze()).violations;
    await visitor.page.getByRole('button', { name: /^Moment shown/u }).click();
    await visitor.page.getByRole('slider').waitFor();
    found.push(...(await violationsHere()).map(({ id, nodes }) => `moment: ${id} ${nodes[0]?.html ?? ''}`));
    await visitor.page.keyboard.press('Escape');
    await visitor.page
      .getByRole('button', { name: /^Proof: entry/u })
      .first()
      .click();
    await visitor.page.getByRole('button', { name: 'Verify in this browser' }).click();
    await visitor.page.getByText('The Ed25519 signature is good.').waitFor();
    found.push(...(await violationsHere()).map(({ id, nodes }) => `proof: ${id} ${nodes[0]?.html ?? ''}`));
    await visitor.page.keyboard.press('Escape');
    expect(found).toEqual([]);
  });

  it('a planted fault is found', async () => {
    await visitor.page.goto('/o/acme/settings');
    await settled(visitor.page);
    await visitor.page.evaluate(() => {
      const button = document.createElement('button');
      document.querySelector('main')?.append(button);
    });
    const { violations } = await new AxeBuilder({ page: visitor.page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id }) => id)).toContain('button-name');
  });
});
