import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heading, openBrowser, picture, visit, type Visitor } from './support/browser.ts';
import { api, setUp } from './support/deeds.ts';
import { tabTo } from './support/keys.ts';
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
});
afterAll(async () => {
  await browser.close();
  await aimwell.stop();
});

interface Version {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly version: number;
  readonly xml: string;
  readonly steps: readonly Record<string, unknown>[];
}
interface Map {
  readonly id: string;
  readonly newest: { readonly id: string };
}
const maps = async () => (await api<{ items: Map[] }>(page, 'GET', '/api/v1/orgs/acme/processes')).items;
const newestOf = async (map: string) => {
  const { newest } = await api<Map>(page, 'GET', `/api/v1/orgs/acme/processes/${map}`);
  return api<Version>(page, 'GET', `/api/v1/orgs/acme/process-versions/${newest.id}`);
};

/** Whether whoever points anywhere at the mark of bpmn.io hits it, and nothing that lies over it. */
const markIsFree = (): Promise<boolean> =>
  page.locator('.bjs-powered-by').evaluate((mark) => {
    mark.scrollIntoView({ block: 'center' });
    const { left, right, top, bottom } = mark.getBoundingClientRect();
    const places = [0.2, 0.5, 0.8].flatMap((x) => [0.2, 0.8].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const));
    return right > left && right <= innerWidth && places.every(([x, y]) => mark.contains(document.elementFromPoint(x, y)));
  });
const violations = async () => {
  const found = (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations;
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
};

describe('a process is drawn', () => {
  let map = '';

  it('from an empty start, by keys alone', async () => {
    await page.goto('/o/acme/processes');
    await tabTo(page, page.getByRole('button', { name: 'Draw a new process' }));
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name of the process' }).waitFor();
    await page.keyboard.type('Supplier check');
    await page.keyboard.press('Enter');
    await heading(page, 'Draw: Supplier check');
    const list = page.getByRole('listbox', { name: 'Elements' });
    await page.locator('.djs-shape').first().waitFor();
    await tabTo(page, list);
    await page.keyboard.press('ArrowDown');
    await tabTo(page, page.getByRole('combobox', { name: 'Add the next step' }));
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Task of a person' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    // The new step waits for its name.
    await page.locator('#pr-name:focus').waitFor();
    await page.keyboard.type('Ask for the declaration');
    await tabTo(page, page.getByRole('textbox', { name: 'Due after' }));
    await page.keyboard.type('10');
    await tabTo(page, page.getByRole('combobox', { name: 'Role', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'AIMS manager' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('combobox', { name: 'Add the next step' }));
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'End', exact: true }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing keeps this map from running.').waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Save as draft' }));
    await page.keyboard.press('Enter');
    await page.getByText('Saved as draft').waitFor();
    map = (await maps())[0]?.id ?? '';
    expect((await newestOf(map)).steps).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Ask for the declaration', kind: 'userTask', role: 'aims_manager', due: 'P10D' }),
      ]),
    );
  });

  it('changes can be taken back and survive a reload until they are saved', async () => {
    await page.getByRole('option', { name: 'Ask for the declaration Task of a person' }).click();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('Ask again');
    await name.press('Tab');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => name.inputValue()).toBe('Ask for the declaration');
    await page.getByRole('listbox', { name: 'Elements' }).focus();
    await page.keyboard.press('Control+y');
    await expect.poll(() => name.inputValue()).toBe('Ask again');
    await expect.poll(() => page.evaluate(() => Object.keys(sessionStorage).some((key) => key.startsWith('drawing:')))).toBe(true);
    let asked = false;
    page.once('dialog', (dialog) => {
      asked = true;
      void dialog.accept();
    });
    await page.reload();
    expect(asked).toBe(true);
    await page.getByText('What you drew here before and did not save is shown.').waitFor();
    await page.getByRole('option', { name: 'Ask again Task of a person' }).waitFor();
  });

  it('what another author saved meanwhile is not written over', async () => {
    const theirs = await newestOf(map);
    await api(page, 'POST', `/api/v1/orgs/acme/processes/${map}/versions`, { xml: theirs.xml.replace('P10D', 'P20D') });
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByText('Somebody has saved version 1 of this map since you opened it.').waitFor();
    expect((await newestOf(map)).xml).toContain('P20D');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Load the newest version' }).click();
    await page.getByRole('option', { name: 'Ask for the declaration Task of a person' }).waitFor();
  });
});

describe('a shipped map on the drawing board', () => {
  it('keeps what it says when one thing is changed', async () => {
    const { id } = await api<Map>(page, 'POST', '/api/v1/orgs/acme/processes', { shipped: 'soa-approval' });
    const before = await newestOf(id);
    await page.goto(`/o/acme/processes/${id}/edit`);
    await page.getByRole('option', { name: /^Check it against plan and evidence Task/u }).click();
    await page.getByRole('combobox', { name: 'Told when it is overdue' }).click();
    await page.getByRole('option', { name: 'Risk manager', exact: true }).click();
    await page.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByText('Saved as draft').waitFor();
    const after = await newestOf(id);
    const changed = before.steps.map((step) => (step['id'] === 'check' ? { ...step, escalateTo: 'risk_manager' } : step));
    expect(after.steps).toEqual(changed);
  });

  it('has nothing for axe to find, and the mark of bpmn.io lies free, light and dark', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.evaluate((name) => document.documentElement.setAttribute('data-mantine-color-scheme', name), scheme);
      await page.locator('.djs-shape[data-element-id="submit"]').click();
      await page.locator('.djs-shape[data-element-id="check"]').click();
      await page.locator('.djs-context-pad.open').waitFor();
      expect(await violations()).toEqual([]);
      expect(await markIsFree()).toBe(true);
      await picture(page, `editor-${scheme}`);
    }
    await page.locator('.djs-context-pad.open [data-action="replace"]').click();
    await page.locator('.djs-popup').waitFor();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('is read on a phone, where the table does what the board cannot', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByText('Drawing takes a wider screen.', { exact: false }).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('link', { name: 'To the process' }).click();
    await page.locator('.djs-shape').first().waitFor();
    expect(await markIsFree()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(1);
    expect(visitor.errors).toEqual([]);
  });
});
