import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = ['packages/web/src', 'packages/web/index.html', 'packages/contract/src', 'packages/core/src', 'catalog/words', 'package-lock.json'];

const newest = async (place: string): Promise<number> => {
  const found = await stat(place).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await Promise.all((await readdir(place)).map((name) => newest(path.join(place, name))));
  return Math.max(0, ...inside);
};

/** Builds the web when there is none or when its sources are newer. A release carries a build and skips this. */
export const ensureWebBuilt = async (tell: (line: string) => void): Promise<void> => {
  const built = await stat(path.join(root, 'packages/web/dist/index.html')).catch(() => null);
  const wanted = Math.max(...(await Promise.all(sources.map((source) => newest(path.join(root, source))))));
  if (built !== null && built.mtimeMs >= wanted) return;
  tell('Building the web, once…');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', path.join(root, 'packages/web'), '--logLevel', 'warn'], { cwd: root });
};
