import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { heading, openBrowser, picture, visit, type Visitor } from './support/browser.ts';
import { accept, api, password, setUp, signIn } from './support/deeds.ts';
import { type RunningAimwell, startAimwell } from './support/server.ts';

let aimwell: RunningAimwell;
let browser: Browser;
let administrator: Visitor;
let reader: Visitor;

beforeAll(async () => {
  [aimwell, browser] = await Promise.all([startAimwell(), openBrowser()]);
  administrator = await visit(browser, aimwell.url);
  reader = await visit(browser, aimwell.url);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    for (const context of browser.contexts())
      for (const page of context.pages()) await picture(page, `people-failed-${browser.contexts().indexOf(context)}`);
});
afterAll(async () => {
  await browser.close();
  await aimwell.stop();
});

const invite = async (page: Page, name: string, email: string, role: string): Promise<string> => {
  await page.goto('/o/acme/settings/members');
  await page.getByRole('button', { name: 'Invite a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await dialog.getByRole('textbox', { name: 'Work email' }).fill(email);
  await dialog.getByRole('combobox', { name: 'Roles' }).click({ force: true });
  await page.getByRole('option', { name: role, exact: true }).click();
  await page.keyboard.press('Tab');
  if (role === 'External auditor') {
    await dialog.getByLabel('From').fill('2026-01-01');
    await dialog.getByLabel('Until').fill('2027-12-31');
  }
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = dialog.getByRole('textbox', { name: 'Link' });
  await link.waitFor();
  expect(await link.inputValue()).toContain('/invitation#');
  return link.inputValue();
};

describe('who comes in, and what each may do', () => {
  it('the printed link makes the first administrator, and works once', async () => {
    await setUp(administrator.page, aimwell.setupLink);
    await reader.page.goto(aimwell.setupLink);
    await heading(reader.page, 'This installation is set up');
  });

  it('an invited reader joins by the link, reads, and is offered nothing he may not do', async () => {
    await api(administrator.page, 'POST', '/api/v1/orgs/acme/systems', { name: 'Support chatbot' });
    const link = await invite(administrator.page, 'Works council', 'council@example.org', 'Reader');
    await accept(reader.page, link);
    await reader.page.goto('/o/acme/systems');
    await reader.page.getByText('Support chatbot').first().waitFor();
    expect(await reader.page.getByRole('button', { name: /^(?:Import|New|Record|Create|Add)/u }).count()).toBe(0);
    await picture(reader.page, 'people-reader');
    await expect(api(reader.page, 'POST', '/api/v1/orgs/acme/systems', { name: 'Mine' })).rejects.toThrow(/answered 403/u);
    await reader.page.goto('/o/acme/first-hour');
    await reader.page.getByText('The first hour is done by those who keep the management system').waitFor();
  });

  it('the link does not work twice', async () => {
    const other = await visit(browser, aimwell.url);
    const link = await invite(administrator.page, 'Quality manager', 'quality@example.org', 'Contributor');
    await accept(other.page, link);
    const late = await visit(browser, aimwell.url);
    await late.page.goto(link);
    await late.page.getByRole('alert').waitFor();
    await Promise.all([other.leave(), late.leave()]);
  });

  it('a wrong password is declined, the right one leads to where the person wanted to go', async () => {
    const visitor = await visit(browser, aimwell.url);
    await visitor.page.goto('/o/acme/systems');
    await visitor.page.getByRole('textbox', { name: 'Work email' }).fill('council@example.org');
    await visitor.page.locator('input[type=password]').fill('not the password');
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await visitor.page.getByRole('alert').waitFor();
    await visitor.page.locator('input[type=password]').fill(password);
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await visitor.page.getByText('Support chatbot').first().waitFor();
    expect(new URL(visitor.page.url()).pathname).toBe('/o/acme/systems');
    await visitor.leave();
  });

  it('signing out everywhere ends the other session too', async () => {
    const elsewhere = await visit(browser, aimwell.url);
    await signIn(elsewhere.page, 'council@example.org');
    await api(elsewhere.page, 'POST', '/api/v1/session/everywhere');
    await reader.page.goto('/o/acme/systems');
    await heading(reader.page, 'Sign in to Aimwell');
    await elsewhere.leave();
  });

  it('shows nothing of an organisation to somebody who does not belong to it', async () => {
    await signIn(reader.page, 'council@example.org');
    await reader.page.goto('/o/other/systems');
    await reader.page
      .getByText(/organisation/iu)
      .first()
      .waitFor();
    await expect(api(reader.page, 'GET', '/api/v1/orgs/other/systems')).rejects.toThrow(/answered 404/u);
    expect(administrator.errors).toEqual([]);
  });
});
