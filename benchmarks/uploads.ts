import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, open } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Heavy } from './heavy.ts';
import type { BenchHouse, Tenant } from './house.ts';
import { interleaved, timed } from './measure.ts';
import { removeFolder } from '@aimwell/server/platform/testing/folder';

const run = promisify(execFile);
const MEGABYTE = 1_048_576;
const SIZE = 1024 * MEGABYTE;
const ROUNDS = 3;

/** A file of a gigabyte that is another one each time: what the store has already, it would not write again. */
const makeFile = async (folder: string) => {
  const file = path.join(folder, 'source.bin');
  const handle = await open(file, 'w');
  const piece = randomBytes(16 * MEGABYTE);
  for (let at = 0; at < SIZE; at += piece.length) await handle.write(piece);
  await handle.sync();
  await handle.close();
  const renew = async () => {
    const again = await open(file, 'r+');
    await again.write(randomBytes(64), 0, 64, 0);
    await again.sync();
    await again.close();
  };
  return { file, renew };
};

/** The most that the process holds while something runs, above what it held before, in bytes. */
const memoryWhile = async <T>(work: () => Promise<T>): Promise<{ value: T; more: number }> => {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  try {
    return { value: await work(), more: most - before };
  } finally {
    clearInterval(watch);
  }
};

/** One gigabyte of evidence over HTTP, by a sender in another process, beside copying, syncing and hashing it with the tools of the system. */
export const measureUploads = async (bench: BenchHouse, tenant: Tenant): Promise<Heavy[]> => {
  const folder = await mkdtemp(path.join(bench.dataDirectory, 'upload-'));
  const { file, renew } = await makeFile(folder);
  const url = await bench.listen();
  let most = 0;
  let turn = 0;
  const upload = async (): Promise<number> => {
    await renew();
    const title = `Log of run ${(turn += 1)}`;
    const made = JSON.parse((await tenant.ask('POST', 'evidence', { body: { title, collectedOn: '2026-11-21' } })).body) as {
      id: string;
      version: number;
    };
    const target = `${url}/api/v1/orgs/${tenant.organisation.slug}/evidence/${made.id}/file`;
    const sender = path.join(import.meta.dirname, 'send-file.ts');
    const { value, more } = await memoryWhile(() => run(process.execPath, [sender, target, tenant.token, String(made.version), file]));
    // The first one takes what the process keeps from then on.
    if (turn > 1) most = Math.max(most, more);
    const { status, ms, text } = JSON.parse(value.stdout) as { status: number; ms: number; text: string };
    if (status >= 300) throw new Error(`expected the file to be taken, got ${status} ${text.slice(0, 300)}`);
    return ms;
  };
  const copy = path.join(folder, 'copy.bin');
  const bare = timed(() => run('sh', ['-c', 'cp "$0" "$1" && sync "$1" && sha256sum "$1"', file, copy]));
  const found = await interleaved({ upload, bare }, ROUNDS);
  await removeFolder(folder);
  return [
    { name: 'upload 1 GB of evidence', ms: found.upload, floorName: 'cp, sync and sha256sum of it', floor: found.bare, bar: 1 / 0.6 },
    { name: 'memory above that before it', unit: 'MB', ms: most / MEGABYTE, floorName: 'allowed', floor: 32, bar: 1 },
  ];
};
