import type { Locator, Page } from 'playwright-core';

/** Walks with Tab until the element has the focus; fails when a full round of the page does not reach it. */
export const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await target.waitFor({ state: 'attached' });
  for (let presses = 0; presses < 220; presses += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${String(target)}`);
};

/** Reaches a button by Tab and presses it by Enter. */
export const pressByKey = async (page: Page, name: string | RegExp): Promise<void> => {
  await tabTo(page, page.getByRole('button', { name }).first());
  await page.keyboard.press('Enter');
};

export const typeInto = async (page: Page, target: Locator, text: string): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.type(text);
};

/** Takes the nth choice of a closed list, counted from one. */
export const pickByKey = async (page: Page, target: Locator, nth: number): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option').first().waitFor();
  for (let step = 1; step < nth; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('option').first().waitFor({ state: 'hidden' });
};
