import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heading, openBrowser, visit, type Visitor } from './support/browser.ts';
import { accept, api, password, setUp } from './support/deeds.ts';
import { type RunningAimwell, startAimwell } from './support/server.ts';

let aimwell: RunningAimwell;
let browser: Browser;
let visitor: Visitor;
let page: Page;
let system: string;
const base = '/api/v1/orgs/acme';

beforeAll(async () => {
  [aimwell, browser] = await Promise.all([startAimwell(), openBrowser()]);
  visitor = await visit(browser, aimwell.url);
  ({ page } = visitor);
  await setUp(page, aimwell.setupLink);
  const map = await api<{ newest: { id: string } }>(page, 'POST', `${base}/processes`, { shipped: 'ai-onboarding' });
  await api(page, 'POST', `${base}/process-versions/${map.newest.id}/submit`, {});
  await api(page, 'POST', `${base}/process-versions/${map.newest.id}/approve`, { password });
  system = (await api<{ id: string }>(page, 'POST', `${base}/systems`, { name: 'Support chatbot' })).id;
});
afterAll(async () => {
  await browser.close();
  await aimwell.stop();
});

const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
const register = async () => {
  await page.goto(`/o/acme/systems/${system}`);
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await dialog('Register').getByRole('button', { name: 'Register', exact: true }).click();
};

/** Nobody records an authority for himself: management does. */
const grantAuthority = async () => {
  const { items } = await api<{ items: { id: string }[] }>(page, 'GET', `${base}/people`);
  const body = { email: 'director@example.org', name: 'Managing director', roles: ['top_management'] };
  const { link } = await api<{ link: string }>(page, 'POST', `${base}/invitations`, body);
  const director = await visit(browser, aimwell.url);
  await accept(director.page, link);
  const fromDate = new Date().toISOString().slice(0, 10);
  await api(director.page, 'POST', `${base}/authorities`, { title: 'Emergencies', holder: items[0]?.id, riskLevelLimit: 1, fromDate });
  await director.leave();
};

describe('a command that is bound to a process', () => {
  it('is bound with a reason, among those that the process is made to guard', async () => {
    await page.goto('/o/acme/processes');
    await page.getByRole('link', { name: 'Gates and deviations' }).click();
    await heading(page, 'Gates and deviations');
    await page.getByRole('button', { name: 'Bind: AI systems: Register' }).click();
    await dialog(/^Bind a command/u)
      .getByLabel('Reason')
      .fill('Only what was screened.');
    await dialog(/^Bind a command/u)
      .getByRole('button', { name: 'Bind' })
      .click();
    await page.getByRole('button', { name: /^Unbind from .*: AI systems: Register$/u }).waitFor();
  });

  it('is refused on the page of the record, and the refusal leads to a run of the process', async () => {
    await register();
    await dialog('Register').getByRole('button', { name: 'Start: AI onboarding' }).click();
    await heading(page, /^RUN-0001/u);
    await register();
    await dialog('Register').getByRole('link', { name: 'To RUN-0001: AI onboarding' }).waitFor();
  });

  it('is carried out in an emergency on a recorded authority, and the deviation is closed with what was done', async () => {
    await dialog('Register').getByRole('button', { name: 'Emergency use' }).click();
    await dialog(/outside its process/u)
      .getByText('You hold no recorded authority')
      .waitFor();
    await grantAuthority();
    await register();
    await dialog('Register').getByRole('button', { name: 'Emergency use' }).click();
    await dialog(/outside its process/u)
      .getByLabel('Why it cannot wait')
      .fill('The council meets tonight.');
    await dialog(/outside its process/u)
      .getByRole('button', { name: 'Do it now' })
      .click();
    await page.getByRole('link', { name: 'Open deviation: Register' }).click();
    await page.getByRole('button', { name: /^Close: Register/u }).click();
    await dialog('Close the deviation').getByLabel('What was done about it').fill('Screened on the day after.');
    await dialog('Close the deviation').getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.getByText('Screened on the day after.').waitFor();
    expect(visitor.errors).toEqual([]);
  });
});

describe('a run', () => {
  it('is held up with a reason and goes on', async () => {
    const { items } = await api<{ items: { id: string }[] }>(page, 'GET', `${base}/process-instances`);
    await page.goto(`/o/acme/runs/${items[0]?.id}`);
    for (const [verb, next] of [
      ['Suspend the run', 'Resume the run'],
      ['Resume the run', 'Suspend the run'],
    ] as const) {
      await page.getByRole('button', { name: verb }).click();
      await page.getByRole('dialog').getByLabel('Reason').fill('The supplier is being asked.');
      await page.getByRole('dialog').getByRole('button', { name: verb }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: next }).waitFor();
    }
  });
});

describe('one’s own calendar', () => {
  it('has an address that is shown once, read without signing in, and ended', async () => {
    await page.goto('/o/acme/tasks');
    await page.getByRole('button', { name: 'Calendar' }).click();
    await page.getByRole('button', { name: 'Make an address' }).click();
    const address = await page.getByLabel('Address').inputValue();
    expect((await fetch(address)).headers.get('content-type')).toContain('text/calendar');
    await page.getByRole('button', { name: 'End the address' }).click();
    await page.getByText('You have no address yet.').waitFor();
    expect((await fetch(address)).status).toBe(404);
  });
});
