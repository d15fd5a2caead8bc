import type { Page } from 'playwright-core';

/** What a novice ticks where "none of these" would not be true. */
const said: Readonly<Record<string, RegExp>> = {
  'What ties it to the European Union?': /We use the system and are established/u,
  'What are we for this system?': /deployer|use .*under .*authority/iu,
};

/** Answers the eight questions for an ordinary system in use: an AI system used in the Union, nothing prohibited, not on the list. */
export const answerEightQuestions = async (page: Page): Promise<void> => {
  for (let question = 1; question <= 8; question += 1) {
    await page.getByText(new RegExp(`Question ${question} of 8`, 'u')).waitFor();
    const yes = page.locator('.law-form').getByText('Yes', { exact: true });
    if (question === 1) await yes.first().click();
    const lists = page.locator('.law-form fieldset.law-choose');
    for (let at = 0; at < (await lists.count()); at += 1) {
      const list = lists.nth(at);
      if ((await list.locator('input:checked').count()) > 0) continue;
      const asked = (await list.locator('legend').textContent()) ?? '';
      const wanted = said[asked];
      await (wanted === undefined ? list.getByRole('checkbox').last() : list.getByRole('checkbox', { name: wanted }).first()).check();
    }
    const next = page.getByRole('button', { name: 'Next question' });
    if (await next.isVisible()) await next.click();
    else break;
  }
  await page.getByRole('button', { name: 'Keep the answers' }).click();
  await page.getByRole('button', { name: /^Confirm:/u }).waitFor();
};
