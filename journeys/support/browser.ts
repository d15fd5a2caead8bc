import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { findChromium } from '../../scripts/chromium.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await findChromium(() => undefined), args: flags });

/** A person at a screen of his own: own cookies, and every error of the page kept. */
export interface Visitor {
  readonly page: Page;
  readonly errors: readonly string[];
  readonly leave: () => Promise<void>;
}

export const visit = async (browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> => {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Vienna',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(Number(process.env['AIMWELL_JOURNEY_PATIENCE'] ?? 20_000));
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/u.test(message.text())) errors.push(message.text());
  });
  return { page, errors, leave: () => context.close() };
};

/** What a screen reader hears after the walk to another page. */
export const heading = async (page: Page, text: string | RegExp): Promise<void> => {
  await page.getByRole('heading', { level: 1, name: text }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
};

/** A picture to look at, kept only when somebody names a folder for it (AIMWELL_SCREENS). */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['AIMWELL_SCREENS'];
  if (folder !== undefined && folder !== '') await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
