import type { Page } from 'playwright-core';

export const password = 'correct horse battery staple';

/** Calls the API as the page would, with its session. Throws with the answer when it declines. */
export const api = async <T>(page: Page, method: string, path: string, body?: unknown, version?: number): Promise<T> =>
  page.evaluate(
    async ([verb, place, sent, at]) => {
      const headers: Record<string, string> = {
        'idempotency-key': crypto.randomUUID(),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      };
      if (at !== undefined) headers['if-match'] = `"${at}"`;
      const answer = await fetch(place, { method: verb, headers, ...(sent === undefined ? {} : { body: JSON.stringify(sent) }) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${verb} ${place} answered ${answer.status}: ${text.slice(0, 600)}`);
      return (text === '' ? null : JSON.parse(text)) as never;
    },
    [method, path, body, version] as const,
  ) as Promise<T>;

/** Fills the set-up page that the printed link opens, and waits for the organisation. */
export const setUp = async (
  page: Page,
  link: string,
  { organisation = 'Acme', name = 'AIMS manager', email = 'aims@example.org' } = {},
): Promise<void> => {
  await page.goto(link);
  await page.getByRole('textbox', { name: 'Organisation', exact: true }).fill(organisation);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Work email').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Create the organisation' }).click();
  await page.waitForURL(/\/o\/[^/]+/u, { waitUntil: 'commit' });
};

export const signIn = async (page: Page, email: string): Promise<void> => {
  await page.goto('/sign-in');
  await page.getByLabel('Work email').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/o\/[^/]+/u, { waitUntil: 'commit' });
};

/** Accepts an invitation by its link with a new password. */
export const accept = async (page: Page, link: string): Promise<void> => {
  await page.goto(link);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.waitForURL(/\/o\/[^/]+/u, { waitUntil: 'commit' });
};

/** Opens a command of the record on screen, whether it is the likely next one or waits among the others. */
export const openCommand = async (page: Page, command: string): Promise<void> => {
  const likely = page.getByRole('button', { name: command, exact: true });
  const others = page.getByRole('button', { name: 'Other commands' });
  await likely.or(others).first().waitFor();
  if (await likely.isVisible()) {
    await likely.click();
    return;
  }
  await others.click();
  await page.getByRole('menuitem', { name: command }).click();
};
