import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heading, openBrowser, picture, visit, type Visitor } from './support/browser.ts';
import { api, setUp } from './support/deeds.ts';
import { type RunningAimwell, startAimwell } from './support/server.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

const command = fileURLToPath(new URL('../packages/cli/bin/aimwell.js', import.meta.url));
const run = promisify(execFile);

let aimwell: RunningAimwell;
let browser: Browser;
let visitor: Visitor;
let page: Page;
let files: string;
let system: string;

beforeAll(async () => {
  [aimwell, browser, files] = await Promise.all([startAimwell(), openBrowser(), mkdtemp(path.join(tmpdir(), 'aimwell-packs-'))]);
  visitor = await visit(browser, aimwell.url, { acceptDownloads: true });
  ({ page } = visitor);
  await setUp(page, aimwell.setupLink);
  const made = await api<{ id: string }>(page, 'POST', '/api/v1/orgs/acme/systems', {
    name: 'Support chatbot',
    purpose: 'Answers routine questions of customers',
  });
  system = `/o/acme/systems/${made.id}`;
});
afterAll(async () => {
  await browser.close();
  await aimwell.stop();
  await removeFolder(files);
});

const band = (): Locator => page.getByRole('status').filter({ hasText: 'Read only.' });
const download = async (from: Locator): Promise<string> => {
  const [file] = await Promise.all([page.waitForEvent('download'), from.click()]);
  const kept = path.join(files, file.suggestedFilename());
  await file.saveAs(kept);
  return kept;
};

describe('what was recorded can be gone back to, and proven', () => {
  it('a change leaves a version with its difference, and its proof verifies in the browser', async () => {
    await page.goto(system);
    await heading(page, 'Support chatbot');
    await page.getByRole('button', { name: 'Edit What it is' }).click();
    await page.getByRole('textbox', { name: 'System', exact: true }).fill('Support assistant');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await heading(page, 'Support assistant');
    const activity = page.getByRole('region', { name: 'Activity' });
    await activity.getByText('Version 2').waitFor();
    expect(await activity.locator('.diff').first().innerText()).toBe('System: Support chatbot → Support assistant');
    // Anchored within a tenth of a second or so; the card asks again until it is.
    await expect.poll(() => activity.getByRole('button', { name: /^Proof: entry \d+$/u }).count(), { timeout: 20_000 }).toBe(2);
    await activity
      .getByRole('button', { name: /^Proof: entry/u })
      .first()
      .click();
    const proof = page.getByRole('dialog', { name: /^Proof of version 2/u });
    await proof.getByRole('button', { name: 'Verify in this browser' }).click();
    await proof.getByText('The entry is in the log at this place, under this signed root.').waitFor();
    await proof.getByText('The Ed25519 signature is good.').waitFor();
    expect(await download(proof.getByRole('button', { name: 'Save the proof' }))).toMatch(/\.tlog-proof$/u);
    await picture(page, 'trail-proof');
    await page.keyboard.press('Escape');
  });

  it('as of before the change everything says what it said then, and nothing can be changed', async () => {
    await page.goto(system);
    await page.getByRole('link', { name: 'All as of then' }).click();
    await heading(page, 'Support chatbot');
    await band().waitFor();
    expect(await page.getByRole('button', { name: /^Edit|^Add|^Archive/u }).count()).toBe(0);
    // The moment goes along, in the address and in what is shown.
    const asOf = new URL(page.url()).searchParams.get('asOf');
    expect(asOf).toMatch(/^2\d{3}-/u);
    await page
      .getByRole('navigation', { name: 'Places' })
      .getByRole('link', { name: /^AI systems/u })
      .click();
    await page.getByRole('row', { name: /Support chatbot/u }).waitFor();
    expect(new URL(page.url()).searchParams.get('asOf')).toBe(asOf);
    expect(await page.getByText('Support assistant').count()).toBe(0);
    expect(await page.getByRole('link', { name: /^New/u }).count()).toBe(0);
    await picture(page, 'trail-past');
    await page.getByRole('link', { name: /^Settings/u }).click();
    await heading(page, 'This page shows today only');
    await band().getByRole('button', { name: 'Back to today' }).click();
    await heading(page, 'Organisation');
    expect(page.url()).not.toContain('asOf');
  });

  it('by the slider, with keys alone, to the day before anything was there, and back', async () => {
    await page.goto('/o/acme/systems');
    await page.getByRole('row', { name: /Support assistant/u }).waitFor();
    await page.getByRole('button', { name: /^Moment shown/u }).focus();
    await page.keyboard.press('Enter');
    const slider = page.getByRole('slider', { name: 'Day to look at' });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/asOf=\d{4}-\d{2}-\d{2}$/u);
    await band().getByText('Nothing had been recorded by then.').waitFor();
    await page.getByRole('row', { name: /Support assistant/u }).waitFor({ state: 'detached' });
    await picture(page, 'trail-slider');
    await page.keyboard.press('End');
    await page.waitForURL((url) => !url.searchParams.has('asOf'));
    await page.getByRole('row', { name: /Support assistant/u }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('an address that names no moment says so', async () => {
    await page.goto('/o/acme/systems?asOf=yesterday');
    await heading(page, 'No such moment');
    await page.getByRole('button', { name: 'Back to today' }).click();
    await page.getByRole('row', { name: /Support assistant/u }).waitFor();
  });

  it('the check of everything runs from the page and verifies', async () => {
    await page.goto('/o/acme/trail');
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('Everything that was read verifies.').waitFor();
    await page.getByText(/asked for here/u).waitFor();
  });

  it('a pack is made, downloaded, and verifies outside with the key from the page', async () => {
    await page.goto('/o/acme/trail');
    const key = await download(page.getByRole('button', { name: 'Save the public key' }));
    const checkpoint = await download(page.getByRole('button', { name: 'Save the checkpoint' }));
    await page.goto('/o/acme/packs');
    await page.getByRole('button', { name: 'Make a pack' }).click();
    const pack = await download(page.getByRole('link', { name: /^Download/u }));
    const { stdout } = await run(process.execPath, [command, 'verify', pack, '--key', key, '--against', checkpoint]);
    expect(stdout).toMatch(/\bverifies\b/u);
    await picture(page, 'trail-packs');
  });

  it('and nothing went wrong on the way', () => expect(visitor.errors).toEqual([]));
});

it('what a check found stands on every page, for those who can act', async () => {
  const found = {
    state: 'faults',
    sentence: 'The trail does not verify from entry 2.',
    from: 2,
    faultCount: 1,
    faults: [{ what: 'records', entry: 2, message: 'SYS-0001 version 1 is not what entry 2 says' }],
    check: null,
  };
  await page.route('**/trail/integrity', (route) => route.fulfill({ json: found }));
  await page.goto('/o/acme/risks');
  const banner = page.getByRole('status').filter({ hasText: 'The trail does not verify from entry 2.' });
  await banner.getByRole('link', { name: 'See what was found' }).click();
  await heading(page, 'Trail');
  await page.getByText('SYS-0001 version 1 is not what entry 2 says').waitFor();
  await page.unroute('**/trail/integrity');
});
