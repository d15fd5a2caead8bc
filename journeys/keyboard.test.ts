import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { heading, openBrowser, picture, visit } from './support/browser.ts';
import { accept, api, password } from './support/deeds.ts';
import { pickByKey, pressByKey, tabTo, typeInto } from './support/keys.ts';
import { type RunningAimwell, startAimwell } from './support/server.ts';

const sheet = fileURLToPath(new URL('../packages/server/src/platform/tables/fixtures/messy-systems.csv', import.meta.url));

let aimwell: RunningAimwell;
let browser: Browser;
let page: Page;
let invitation = '';

beforeAll(async () => {
  [aimwell, browser] = await Promise.all([startAimwell(), openBrowser()]);
  page = (await visit(browser, aimwell.url)).page;
  // Whoever uses the mouse here by mistake fails: nothing of this walk may need it.
  await page.addInitScript(() => {
    for (const kind of ['mousedown', 'touchstart'])
      addEventListener(
        kind,
        (event) => {
          event.preventDefault();
          event.stopImmediatePropagation();
        },
        true,
      );
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(page, 'keyboard-failed');
});
afterAll(async () => {
  await browser.close();
  await aimwell.stop();
});

const box = (name: string) => page.getByRole('textbox', { name, exact: true });

describe('the main job by keyboard alone', () => {
  it('sets up', async () => {
    await page.goto(aimwell.setupLink);
    await typeInto(page, box('Organisation'), 'Acme');
    await typeInto(page, box('Your name'), 'AIMS manager');
    await typeInto(page, box('Work email'), 'aims@example.org');
    await typeInto(page, page.locator('input[type=password]'), password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/o\/acme/u, { waitUntil: 'commit' });
  });

  it('brings in the systems', async () => {
    await page.goto('/o/acme/first-hour');
    await pressByKey(page, 'Save and go on');
    await heading(page, 'Start from drafts, make them yours');
    await pressByKey(page, 'Leave this step for later');
    await heading(page, 'One sentence says what the system covers');
    await pressByKey(page, 'Leave this step for later');
    await heading(page, 'Bring in your AI systems');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), pressByKey(page, 'Choose a file')]);
    await chooser.setFiles(sheet);
    await pressByKey(page, /^Check 18 rows/u);
    await pressByKey(page, 'Confirm 3 and import 18');
    await page.getByRole('heading', { name: /^18 AI systems are in/u }).waitFor();
    await pressByKey(page, 'Go on');
  });

  it('classifies one', async () => {
    const said: Readonly<Record<string, RegExp>> = { 'What ties it to the European Union?': /We use the system/u };
    for (let question = 1; question <= 8; question += 1) {
      await page.getByText(new RegExp(`Question ${question} of 8`, 'u')).waitFor();
      if (question === 1) {
        await tabTo(page, page.locator('.law-form input[type=radio]').first());
        await page.keyboard.press('Space');
      }
      const lists = page.locator('.law-form fieldset.law-choose');
      for (let at = 0; at < (await lists.count()); at += 1) {
        const list = lists.nth(at);
        if ((await list.locator('input:checked').count()) > 0) continue;
        const wanted = said[(await list.locator('legend').textContent()) ?? ''];
        await tabTo(page, wanted === undefined ? list.getByRole('checkbox').last() : list.getByRole('checkbox', { name: wanted }).first());
        await page.keyboard.press('Space');
      }
      if (!(await page.getByRole('button', { name: 'Next question' }).isVisible())) break;
      await pressByKey(page, 'Next question');
    }
    await pressByKey(page, 'Keep the answers');
    await pressByKey(page, /^Confirm:/u);
    await page.getByText('Class', { exact: true }).waitFor();
    await pressByKey(page, 'Go on');
  });

  it('sends criteria to management, and takes a risk', async () => {
    await heading(page, 'How much risk is acceptable, and who says so?');
    await pressByKey(page, 'Draft the criteria');
    await typeInto(page, box('Name'), 'Managing director');
    await typeInto(page, box('Function'), 'Managing director');
    await typeInto(page, box('Work email'), 'director@example.org');
    await pressByKey(page, 'Send to designated management');
    invitation = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
    await pressByKey(page, 'Go on');
    await pressByKey(page, /^Take over:/u);
    await expect.poll(() => page.locator('.fh-risk').count()).toBe(1);
    const director = await visit(browser, aimwell.url);
    await accept(director.page, invitation);
    const { items } = await api<{ items: { id: string; version: number }[] }>(director.page, 'GET', '/api/v1/orgs/acme/risk-criteria');
    await api(director.page, 'POST', `/api/v1/orgs/acme/risk-criteria/${items[0]?.id}/approve`, { password }, items[0]?.version);
    await director.leave();
  });

  it('rates and treats it, and drafts the Statement of Applicability', async () => {
    await pressByKey(page, 'Look again');
    await page.getByText(/Rating waits/u).waitFor({ state: 'detached' });
    await pressByKey(page, /^Rate:/u);
    const form = page.locator('.fh-form');
    await pickByKey(page, form.getByRole('combobox', { name: 'Likelihood' }), 4);
    for (const view of ['For the organisation', 'For individuals', 'For societies'])
      await pickByKey(page, form.getByRole('combobox', { name: view }), 3);
    await pressByKey(page, 'Keep this rating');
    await form.waitFor({ state: 'detached' });
    await pressByKey(page, /^Treat:/u);
    await typeInto(page, form.getByRole('textbox', { name: 'Treatment' }), 'Watch the error rate each week');
    await typeInto(page, form.getByRole('textbox', { name: 'Resources' }), 'One day a month');
    await typeInto(page, form.getByRole('textbox', { name: 'How its effect will be seen' }), 'Alarms are answered within a day');
    await pressByKey(page, 'Keep this treatment');
    await form.waitFor({ state: 'detached' });
    await pressByKey(page, 'Go on');
    await pressByKey(page, 'Write the draft');
    await page.getByText(/of 38 controls are included/u).waitFor();
    await pressByKey(page, 'Go on');
    await heading(page, 'Take the drafts with you');
    await tabTo(page, page.getByRole('link', { name: /Download .*Statement of Applicability.* as PDF/iu }));
  });
});
