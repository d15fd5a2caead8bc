import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { permissionsPage } from '../../../../scripts/generate-permissions.ts';

it('prints in the guide the matrix that is enforced', async () => {
  expect(await readFile(new URL('../../../../docs/guide/permissions.md', import.meta.url), 'utf8')).toBe(permissionsPage());
});
