import { execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTimeStamp, timeStampRequest } from '@aimwell/core/trail/time-stamp';
import { noOpenssl3, startTimeStampAuthority } from './testing/time-stamp-authority.ts';
import { requestStamp, TimeStampError } from './time-stamp.ts';
import { removeFolder } from '../testing/folder.ts';

const bytes = Buffer.from('aimwell/log\n7\nroot\n');

describe.skipIf(noOpenssl3() !== null)('a time stamp of an authority', () => {
  let authority: Awaited<ReturnType<typeof startTimeStampAuthority>>;
  let folder = '';
  let alter: (response: Buffer) => Buffer | Promise<Buffer> = (response) => response;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'aimwell-stamp-'));
    authority = await startTimeStampAuthority((response) => alter(response));
  }, 60_000);
  afterAll(async () => {
    await authority.stop();
    await removeFolder(folder);
  });

  const verifies = async (stamp: Uint8Array, data: Uint8Array): Promise<boolean> => {
    const [tsr, file] = [path.join(folder, 'tsr'), path.join(folder, 'data')];
    await writeFile(tsr, stamp);
    await writeFile(file, data);
    try {
      execFileSync('openssl', ['ts', '-verify', '-data', file, '-in', tsr, '-CAfile', authority.ca], { stdio: 'pipe' });
      return true;
    } catch {
      return false;
    }
  };

  it('is one that openssl verifies, over these bytes and no others', async () => {
    const stamp = await requestStamp({ url: authority.url, bytes });
    expect(await verifies(stamp, bytes)).toBe(true);
    expect(await verifies(stamp, Buffer.from('other'))).toBe(false);
    const read = parseTimeStamp(stamp);
    expect('value' in read && Math.abs(Date.parse(read.value.at) - Date.now()) < 60_000).toBe(true);
  });

  it.each([
    { name: 'bytes that are no time stamp', answer: () => Buffer.from('<html>'), says: /expected a time-stamp response/ },
    { name: 'nothing', answer: () => Buffer.alloc(0), says: /expected a time-stamp response/ },
    { name: 'too much', answer: () => Buffer.alloc(300_000), says: /at most 200000 bytes/ },
    {
      name: 'a refusal with its reason',
      answer: () => Buffer.from('300e300c02010230070c05627573792e', 'hex'),
      says: /expected status granted, got 2 \(busy\.\)/,
    },
  ])('is refused where the authority sends $name', async ({ answer, says }) => {
    alter = answer;
    await expect(requestStamp({ url: authority.url, bytes })).rejects.toThrow(says);
    alter = (response) => response;
  });

  it('is refused where it is that of an earlier request', async () => {
    const [own, other] = [
      await requestStamp({ url: authority.url, bytes }),
      await requestStamp({ url: authority.url, bytes: Buffer.from('other') }),
    ];
    for (const [answer, says] of [
      [own, /our nonce/],
      [other, /our bytes/],
    ] as const) {
      alter = () => Buffer.from(answer);
      await expect(requestStamp({ url: authority.url, bytes })).rejects.toThrow(says);
    }
    alter = (response) => response;
  });

  it('says that nobody answers, or what the answer was', async () => {
    await expect(requestStamp({ url: 'http://127.0.0.1:1', bytes })).rejects.toThrow(TimeStampError);
    alter = () => Promise.reject(new Error('out of order'));
    await expect(requestStamp({ url: authority.url, bytes })).rejects.toThrow('HTTP 500');
    alter = (response) => response;
  });

  it('asks as openssl does', async () => {
    const file = path.join(folder, 'ours.tsq');
    await writeFile(file, timeStampRequest({ sha256: Buffer.alloc(32, 0xab), nonce: Buffer.from('80ff', 'hex') }));
    const read = execFileSync('openssl', ['ts', '-query', '-in', file, '-text'], { encoding: 'utf8' });
    expect(read).toMatch(/Hash Algorithm: sha256[\s\S]*ab-ab[\s\S]*Nonce: 0x80FF[\s\S]*Certificate required: yes/);
  });
});
