import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noOpenssl3 } from '../trail/testing/time-stamp-authority.ts';
import { createPackingHouse, runScript, unzip } from './testing/packing.ts';

const script = fileURLToPath(new URL('verify.sh', import.meta.url));

describe.skipIf(noOpenssl3() !== null)('a pack of 205 pieces of evidence', () => {
  let house: Awaited<ReturnType<typeof createPackingHouse>>;
  let folder = '';
  beforeAll(async () => {
    house = await createPackingHouse();
    await house.addEvidence(205);
    const { file, made } = await house.pack();
    folder = await unzip(file, path.join(house.folder, 'pack'));
  }, 120_000);
  afterAll(() => house.close());

  it('verifies', async () => {
    const ended = await runScript(script, [folder, path.join(folder, 'trust/log-key.pem')]);
    expect(ended.code).toBe(0);
  });
});
