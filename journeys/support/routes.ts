import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('../../packages/web/src/', import.meta.url));
const read = (file: string): string => {
  try {
    return readFileSync(`${web}${file}`, 'utf8');
  } catch {
    return '';
  }
};
const paths = (text: string): string[] => [...text.matchAll(/path: '([^']*)'/gu)].map(([, path = '']) => path);

/** The doors of the router, as its source declares them. */
export const doors = (): string[] => [...read('app/router.tsx').matchAll(/door\('([^']+)'/gu)].map(([, path = '']) => path);

/** Every page below an organisation that the router knows: its own and those of the rooms. A page that is added is looked at without being named here. */
export const pages = (): string[] => {
  const rooms = readdirSync(web, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => paths(read(`${name}/room.ts`)));
  return [...new Set([...paths(read('app/router.tsx')), ...rooms])].filter((path) => !path.startsWith('/'));
};
