import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const run = promisify(execFile);
const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const present = async (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * A Chromium for the journeys: CHROMIUM_PATH, else the system's, else Debian's package when we may install it, else
 * Playwright's own. Throws with the remedy when none of these works.
 */
export const findChromium = async (tell: (line: string) => void): Promise<string> => {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  for (const file of usual) if (await present(file)) return file;
  if (process.getuid?.() === 0 && (await present('/usr/bin/apt-get'))) {
    tell('Installing Chromium from Debian…');
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 50_000_000 };
    await run('apt-get', ['update', '-q'], options).catch(() => undefined);
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'], options).catch(
      () => undefined,
    );
    if (await present('/usr/bin/chromium')) return '/usr/bin/chromium';
  }
  if (!(await present(chromium.executablePath()))) {
    tell('Installing Chromium from Playwright…');
    await run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], { maxBuffer: 50_000_000 }).catch(
      () => undefined,
    );
  }
  if (await present(chromium.executablePath())) return chromium.executablePath();
  throw new Error('The journeys need Chromium and none was found. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.');
};
