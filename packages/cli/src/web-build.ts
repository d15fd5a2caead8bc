import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CannotRun } from './failure.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = [
  'packages/web/src',
  'packages/web/index.html',
  'packages/web/vite.config.ts',
  'packages/contract/src',
  'packages/core/src',
  'catalog/words',
  'package-lock.json',
];

const newest = async (place: string): Promise<number> => {
  const found = await stat(place).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await Promise.all((await readdir(place)).map((name) => newest(path.join(place, name))));
  return Math.max(0, ...inside);
};

/** Whether the web is built, and from the sources that are there. */
export const webBuild = async (): Promise<'fresh' | 'stale' | 'none'> => {
  const built = await stat(path.join(root, 'packages/web/dist/index.html')).catch(() => null);
  if (built === null) return 'none';
  const wanted = Math.max(...(await Promise.all(sources.map((source) => newest(path.join(root, source))))));
  return built.mtimeMs >= wanted ? 'fresh' : 'stale';
};

/** Builds the web when there is none or when its sources are newer. A release carries a build and skips this. */
export const ensureWebBuilt = async (tell: (line: string) => void): Promise<void> => {
  if ((await webBuild()) === 'fresh') return;
  tell('Building the web, once…');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  try {
    await promisify(execFile)(process.execPath, [vite, 'build', path.join(root, 'packages/web'), '--logLevel', 'warn'], {
      cwd: root,
      maxBuffer: 20_000_000,
    });
  } catch (error) {
    const [reason = 'unknown'] = String((error as { stderr?: string }).stderr ?? '')
      .trim()
      .split('\n');
    throw new CannotRun(
      `The web cannot be built: ${reason}.`,
      'Run npm ci and npm run build to see why, or start with --no-web for the API alone.',
    );
  }
};
