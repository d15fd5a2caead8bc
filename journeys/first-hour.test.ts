import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { heading, openBrowser, picture, visit, type Visitor } from './support/browser.ts';
import { accept, api, password, setUp } from './support/deeds.ts';
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

afterEach(async ({ task }) => { if (task.result?.state === 'fail') { await picture(page, 'hour-failed'); console.log(page.url(), novice.errors); } });

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
    await choose('Scope decision', 'In scope').catch(() => choose('In scope?', /^In/u));
    await press('Set on 17 records');
    await page.getByText('Set on 17 records.').waitFor();
    const { items } = await api<{ items: { name: string; scopeDecision: string }[] }>(page, 'GET', '/api/v1/orgs/acme/systems?limit=100');
    expect(items.filter((one) => one.scopeDecision === 'in')).toHaveLength(17);
    expect(items.find((one) => one.name === 'Exam proctoring')?.scopeDecision).toBe('undecided');
    await picture(page, 'hour-many');
    await press('Go on');
  });
});

export { accept, invitation, password, readFile };
