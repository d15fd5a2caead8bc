import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { heading, openBrowser, picture, visit, type Visitor } from './support/browser.ts';
import { answerEightQuestions } from './support/classify.ts';
import { accept, api, openCommand, password, setUp } from './support/deeds.ts';
import { type RunningAimwell, startAimwell } from './support/server.ts';

const sheet = fileURLToPath(new URL('../packages/server/src/platform/tables/fixtures/messy-systems.csv', import.meta.url));

let aimwell: RunningAimwell;
let browser: Browser;
let novice: Visitor;
let page: Page;
let invitation = '';

beforeAll(async () => {
  [aimwell, browser] = await Promise.all([startAimwell(), openBrowser()]);
  novice = await visit(browser, aimwell.url);
  page = novice.page;
});
afterAll(async () => {
  await browser.close();
  await aimwell.stop();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    await picture(page, 'hour-failed');
    console.log(page.url(), novice.errors);
  }
});

const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
const choose = async (field: string, option: string | RegExp, within = page.locator('main')) => {
  await within.getByRole('combobox', { name: field }).first().click();
  await page.getByRole('option', { name: option }).first().click();
};

describe('the first hour, as a novice would do it', () => {
  it('begins with the printed link, and is offered on the way', async () => {
    await setUp(page, aimwell.setupLink);
    await page.goto('/o/acme/first-hour');
    await heading(page, 'Tell us about your organisation');
  });

  it('asks for a name and six questions', async () => {
    await page.getByLabel('Which sites belong to it?').fill('Vienna, head office\nGraz, plant');
    await page.getByLabel('How many people work there?').fill('240');
    await page.getByLabel('We build it').check();
    await page.getByLabel('We buy and use it').check();
    await page.getByLabel('European Union').check();
    await page.getByLabel('ISO/IEC 27001').check();
    await page.getByLabel('When should the certification audit be?').fill('2027-09-15');
    await press('Save and go on');
    await heading(page, 'Start from drafts, make them yours');
  });

  it('drafts context and parties, and makes them ours when we say so', async () => {
    await press('Write the drafts');
    await page.getByText('AI law in the European Union').waitFor();
    expect(await page.getByText('not yet yours', { exact: true }).count()).toBeGreaterThan(5);
    await page.getByRole('button', { name: 'Take over: AI law in the European Union' }).click();
    await page.getByText('yours', { exact: true }).first().waitFor();
    await picture(page, 'hour-context');
    await press('Go on');
  });

  it('words the scope from the answers', async () => {
    await heading(page, 'One sentence says what the system covers');
    const statement = page.getByLabel('Scope statement');
    await statement.waitFor();
    expect(await statement.inputValue()).toMatch(/Acme/u);
    await picture(page, 'hour-scope');
    await press('Keep this draft');
    await heading(page, 'Bring in your AI systems');
  });

  it('can be left, and goes on where it was', async () => {
    await page.goto('/o/acme/systems');
    await page.goto('/o/acme/first-hour');
    await heading(page, 'Bring in your AI systems');
  });

  it('takes the messy sheet: says what is wrong, is mended in place, and imports all of it', async () => {
    await page.locator('input[type=file]').setInputFiles(sheet);
    await page.getByRole('heading', { name: /columns go to a field/u }).waitFor();
    await picture(page, 'hour-columns');
    await press(/^Check 18 rows/u);
    await page.getByRole('heading', { name: '18 rows: 15 ready, 3 need a role' }).waitFor();
    await picture(page, 'hour-rows');
    await page.getByRole('button', { name: 'Confirm the role for Contract search' }).click();
    await page.getByRole('heading', { name: '18 rows: 16 ready, 2 need a role' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '18 rows: 16 ready, 2 need a role' }).waitFor();
    await press('Confirm 2 and import 18');
    await page.getByRole('heading', { name: /^18 AI systems are in/u }).waitFor();
    const { count } = await api<{ count: number }>(page, 'GET', '/api/v1/orgs/acme/systems/count');
    expect(count).toBe(18);
  });

  it('sets scope and roles on many at once, leaving out what is unticked', async () => {
    await page.getByRole('checkbox', { name: 'Exam proctoring' }).uncheck();
    await choose('In scope of the AIMS', 'In scope');
    await press('Set on 17 records');
    await page.getByText('Set on 17 records.').waitFor();
    const { items } = await api<{ items: { name: string; scopeDecision: string }[] }>(page, 'GET', '/api/v1/orgs/acme/systems?limit=100');
    expect(items.filter((one) => one.scopeDecision === 'in')).toHaveLength(17);
    expect(items.find((one) => one.name === 'Exam proctoring')?.scopeDecision).toBe('undecided');
    await picture(page, 'hour-many');
    await press('Go on');
  });

  it('classifies one system by eight questions, and a person confirms', async () => {
    await heading(page, 'Which rules of the AI Act apply to one system?');
    await answerEightQuestions(page);
    await picture(page, 'hour-proposal');
    await page.getByRole('button', { name: /^Confirm:/u }).click();
    await page.getByText('Class', { exact: true }).waitFor();
    await press('Go on');
  });

  it('names designated management and sends the criteria there', async () => {
    await heading(page, 'How much risk is acceptable, and who says so?');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Managing director');
    await page.getByRole('textbox', { name: 'Function' }).fill('Managing director');
    await page.getByRole('textbox', { name: 'Work email' }).fill('director@example.org');
    await press('Send to designated management');
    await page.getByText(/has to approve these criteria/u).waitFor();
    invitation = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
    await picture(page, 'hour-criteria');
    await press('Go on');
  });

  it('takes three suggested risks', async () => {
    await heading(page, 'Take three risks, rate and treat them');
    await page.getByText(/Rating waits until the criteria are approved/u).waitFor();
    for (const taken of [1, 2, 3]) {
      await page
        .getByRole('button', { name: /^Take over:/u })
        .first()
        .click();
      await expect.poll(() => page.locator('.fh-risk').count()).toBe(taken);
    }
  });

  it('management joins by the link and approves the criteria, with his password', async () => {
    const director = await visit(browser, aimwell.url);
    await accept(director.page, invitation);
    await director.page.goto('/o/acme/risk-criteria');
    await director.page
      .getByRole('link', { name: /Risk criteria 1/u })
      .first()
      .click();
    await openCommand(director.page, 'Approve');
    const dialog = director.page.getByRole('dialog');
    await dialog.locator('input[type=password]').fill(password);
    await dialog.getByRole('button', { name: /^Approve/u }).click();
    await dialog.waitFor({ state: 'detached' });
    await picture(director.page, 'hour-approved');
    expect(director.errors).toEqual([]);
    await director.leave();
  });

  it('rates and treats the three', async () => {
    await press('Look again');
    for (const done of [1, 2, 3]) {
      await page
        .getByRole('button', { name: /^Rate:/u })
        .first()
        .click();
      const form = page.locator('.fh-form');
      await choose('Likelihood', /^4 /u, form);
      for (const view of ['For the organisation', 'For individuals']) await choose(view, /^3 /u, form);
      await choose('For societies', /^2 /u, form);
      await press('Keep this rating');
      await form.waitFor({ state: 'detached' });
      await page
        .getByRole('button', { name: /^Treat:/u })
        .first()
        .click();
      await page.locator('.fh-form').getByRole('textbox', { name: 'Treatment' }).fill(`Test before release, part ${done}`);
      await page.getByRole('textbox', { name: /Resources/u }).fill('Two days of the team');
      await page.getByRole('textbox', { name: 'How its effect will be seen' }).fill('Fewer wrong answers in the monthly sample');
      if (done === 1) await picture(page, 'hour-treat');
      await press('Keep this treatment');
      await form.waitFor({ state: 'detached' });
    }
    await picture(page, 'hour-risks');
    await press('Go on');
  });

  it('drafts the Statement of Applicability with reasons where records give them', async () => {
    await heading(page, 'A draft Statement of Applicability');
    await press('Write the draft');
    await page.getByText(/of 38 controls are included/u).waitFor();
    await expect.poll(() => page.locator('.fh-line.tall').count()).toBeGreaterThan(0);
    await picture(page, 'hour-soa');
    await press('Go on');
  });

  it('hands out the drafts, and ends at home', async () => {
    await heading(page, 'Take the drafts with you');
    for (const what of ['Statement of Applicability', 'treatment plan']) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: new RegExp(`Download .*${what}.* as PDF`, 'iu') }).click(),
      ]);
      const bytes = await readFile(await file.path());
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    }
    await picture(page, 'hour-end');
    await press('Go home');
    await page.waitForURL(/\/o\/acme\/?(?:systems)?$/u);
    await picture(page, 'hour-home');
    expect(novice.errors).toEqual([]);
  });
});
