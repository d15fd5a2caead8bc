import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { heading, openBrowser, picture, visit, type Visitor } from './support/browser.ts';
import { api, setUp } from './support/deeds.ts';
import { furnish } from './support/furnish.ts';
import { pressByKey, tabTo, typeInto } from './support/keys.ts';
import { type RunningAimwell, startAimwell } from './support/server.ts';

let aimwell: RunningAimwell;
let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  [aimwell, browser] = await Promise.all([startAimwell(), openBrowser()]);
  visitor = await visit(browser, aimwell.url);
  ({ page } = visitor);
  await setUp(page, aimwell.setupLink);
  const made = await furnish(page, 'acme');
  // Whoever set the house up answers for readiness here; the step asks the top management of the organisation.
  const people = await api<{ items: { id: string; name: string }[] }>(page, 'GET', '/api/v1/orgs/acme/people');
  const me = people.items.find(({ name }) => name === 'AIMS manager');
  await api(page, 'POST', `/api/v1/orgs/acme/process-tasks/${made.get('tasks')}/reassign`, {
    person: me?.id,
    reason: 'Small organisation',
  });
  // Nothing of the walk may need the mouse.
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
  if (task.result?.state === 'fail') await picture(page, 'tasks-failed');
});
afterAll(async () => {
  await browser.close();
  await aimwell.stop();
});

/** Gives a task to the only person there is; its step asks for a role that nobody has yet. */
const takeOver = async (task: string | undefined): Promise<void> => {
  const people = await api<{ items: { id: string; name: string }[] }>(page, 'GET', '/api/v1/orgs/acme/people');
  const person = people.items.find(({ name }) => name === 'AIMS manager')?.id;
  await api(page, 'POST', `/api/v1/orgs/acme/process-tasks/${task}/reassign`, { person, reason: 'Small organisation' });
};

/** What axe finds on the page as it stands, dialogs included. */
const found = async (): Promise<string[]> => {
  await page.waitForLoadState('networkidle');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
};
/** Whether the focus can be seen where it is. */
const focusShows = (target: Locator): Promise<boolean> =>
  target.evaluate((node) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node);
    return node.matches(':focus-visible') && ((outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none');
  });
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
const file = { name: 'report.txt', mimeType: 'text/plain', buffer: Buffer.from('Nothing was found.') };

describe('from home to a completed task by keyboard alone', () => {
  it('the task stands among what is due, and leads to its page', async () => {
    await page.goto('/o/acme');
    const line = page.getByRole('link', { name: /Confirm that the system is ready/u });
    await tabTo(page, line);
    expect(await focusShows(line)).toBe(true);
    expect(await found()).toEqual([]);
    await page.keyboard.press('Enter');
    await heading(page, 'Confirm that the system is ready');
    expect(await found()).toEqual([]);
  });

  it('changing hands keeps the focus, and a handing-over without a person says what it needs', async () => {
    await pressByKey(page, 'Give back');
    await expect.poll(focused).toBe('Reassign');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Person' }).waitFor();
    const reassign = async () => {
      await tabTo(page, dialog.getByRole('button', { name: 'Reassign' }));
      await page.keyboard.press('Enter');
    };
    await reassign();
    await dialog.getByText('Choose who gets it.').waitFor();
    expect(await found()).toEqual([]);
    await typeInto(page, dialog.getByRole('combobox', { name: 'Person' }), 'AIMS man');
    await page.getByRole('option', { name: /^AIMS manager/u }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await typeInto(page, dialog.getByRole('textbox', { name: 'Reason' }), 'Takes it himself');
    await reassign();
    await page.getByRole('button', { name: 'Give back' }).waitFor();
  });

  it('evidence that is missing is named, attached as a file, and then the task is done', async () => {
    await typeInto(page, page.getByRole('textbox', { name: 'Comment', exact: true }), 'Both were looked at');
    await pressByKey(page, 'Complete');
    const alert = page.getByRole('alert');
    await alert.getByText('Internal audit report, Review minutes').waitFor();
    expect(await found()).toEqual([]);
    for (const kind of ['Internal audit report', 'Review minutes']) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), pressByKey(page, 'Choose files')]);
      await chooser.setFiles({ ...file, name: `${kind}.txt` });
      await page.getByText(`${kind}: attached`).waitFor();
    }
    expect(await page.getByRole('textbox', { name: 'Comment', exact: true }).inputValue()).toBe('Both were looked at');
    await pressByKey(page, 'Complete');
    await page.getByText(/^Done by AIMS manager/u).waitFor();
    await expect.poll(focused).toMatch(/^Done by AIMS manager/u);
    expect(await found()).toEqual([]);
  });
});

describe('two who complete the same task', () => {
  it('the second is told, and keeps what was written', async () => {
    const { items } = await api<{ items: { id: string; name: string }[] }>(page, 'GET', '/api/v1/orgs/acme/process-tasks?who=all');
    const next = items.find(({ name }) => name === 'Apply and agree on scope and audit time');
    await takeOver(next?.id);
    const { items: evidence } = await api<{ items: { id: string }[] }>(page, 'GET', '/api/v1/orgs/acme/evidence');
    await page.goto(`/o/acme/tasks/${next?.id}`);
    const comment = page.getByRole('textbox', { name: 'Comment', exact: true });
    await typeInto(page, comment, 'Agreed on two days');
    await api(page, 'POST', `/api/v1/orgs/acme/process-tasks/${next?.id}/complete`, {
      evidence: [{ evidence: evidence[0]?.id, kind: 'certification-contract' }],
    });
    await pressByKey(page, 'Complete');
    await page.getByText('Somebody completed this task meanwhile.', { exact: false }).waitFor();
    expect(await comment.inputValue()).toBe('Agreed on two days');
    expect(await found()).toEqual([]);
  });
});

describe('on a phone', () => {
  it('a task shows when it is due without sideways scrolling', async () => {
    page.once('dialog', (dialog) => void dialog.accept());
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/o/acme/tasks?view=all');
    const row = page.getByRole('row', { name: /Go through stage 1/u });
    await row.getByText(/^Due/u).waitFor();
    const wide = await page.locator('.scroll-x').evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
    expect(await found()).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });
});
