import { access, constants, mkdir, readFile, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { openHouse } from '@aimwell/server/compose';
import { type Config, readConfig } from '@aimwell/server/platform/config';
import { Command } from 'commander';
import { exit, failureOf } from './failure.ts';
import { answer, counted, table } from './output.ts';
import { webBuild } from './web-build.ts';

export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'problem';
  readonly seen: string;
  readonly remedy?: string;
}

const gigabyte = 1_073_741_824;

const node = (): Check => ({ name: 'Node', state: 'ok', seen: `${process.versions.node} on ${process.platform} ${process.arch}` });

/** The nearest folder that exists: the data directory may not have been made yet. */
const nearest = async (place: string): Promise<string> =>
  (await stat(place).catch(() => null)) === null && path.dirname(place) !== place ? nearest(path.dirname(place)) : place;

const directory = async ({ dataDirectory }: Config): Promise<Check> => {
  const name = 'Data directory';
  try {
    await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
    await access(dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK);
    return { name, state: 'ok', seen: `${dataDirectory} can be written` };
  } catch (error) {
    return {
      name,
      state: 'problem',
      seen: `${dataDirectory} cannot be written (${(error as { code?: string }).code ?? 'unknown'})`,
      remedy: 'Set AIMWELL_DATA to a folder that you may write, or give this user the right to write there.',
    };
  }
};

const disk = async ({ dataDirectory }: Config): Promise<Check> => {
  const { bavail, bsize } = await statfs(await nearest(dataDirectory));
  const free = (bavail * bsize) / gigabyte;
  const seen = `${free.toFixed(1)} GB free`;
  if (free < 0.5)
    return {
      name: 'Disk',
      state: 'problem',
      seen,
      remedy: 'Free space: below half a gigabyte the database may stop in the middle of a write.',
    };
  return free < 2
    ? { name: 'Disk', state: 'note', seen, remedy: 'Free space soon; evidence files and the database grow.' }
    : { name: 'Disk', state: 'ok', seen };
};

const permissions = async ({ dataDirectory, databaseUrl }: Config): Promise<Check> => {
  const name = 'Permissions';
  const place = path.join(dataDirectory, 'postgres-password');
  const found = await stat(place).catch(() => null);
  if (databaseUrl !== null || found === null || process.platform === 'win32')
    return { name, state: 'ok', seen: 'nothing secret lies in the data directory' };
  return (found.mode & 0o077) === 0
    ? { name, state: 'ok', seen: 'the password of the database can be read by its owner only' }
    : { name, state: 'problem', seen: `${place} can be read by others`, remedy: `chmod 600 ${place}` };
};

const database = async (config: Config): Promise<Check[]> => {
  try {
    const house = await openHouse(config);
    const {
      opened,
      migrated: { applied },
    } = house;
    await house.close();
    const how =
      opened.kind === 'external'
        ? 'at DATABASE_URL'
        : opened.attached
          ? 'embedded, of a running Aimwell'
          : 'embedded, started for this check';
    return [
      { name: 'Database', state: 'ok', seen: `PostgreSQL ${opened.version}, ${how}` },
      {
        name: 'Migrations',
        state: 'ok',
        seen: applied.length === 0 ? 'up to date' : `${counted(applied.length, 'migration')} applied just now`,
      },
    ];
  } catch (error) {
    const [sentence = 'It cannot be opened.'] = failureOf(error).lines;
    return [{ name: 'Database', state: 'problem', seen: sentence, remedy: 'Do what the sentence says, then run this again.' }];
  }
};

const day = 86_400_000;

const backup = async ({ dataDirectory }: Config, now: Date): Promise<Check> => {
  const name = 'Backup';
  const remedy = 'Take one every day, away from this machine: npx aimwell backup --help';
  const text = await readFile(path.join(dataDirectory, 'last-backup.json'), 'utf8').catch(() => '{}');
  const { takenAt, file } = JSON.parse(text) as { readonly takenAt?: string; readonly file?: string };
  if (takenAt === undefined) return { name, state: 'note', seen: 'none taken here yet', remedy };
  const days = Math.floor((now.getTime() - Date.parse(takenAt)) / day);
  const seen = `${file}, ${days === 0 ? 'less than a day' : counted(days, 'day')} ago`;
  return days > 7 ? { name, state: 'note', seen, remedy } : { name, state: 'ok', seen };
};

const web = async (): Promise<Check> => {
  const build = await webBuild();
  if (build === 'fresh') return { name: 'Web build', state: 'ok', seen: 'there' };
  return {
    name: 'Web build',
    state: 'note',
    seen: build === 'none' ? 'none yet' : 'older than its sources',
    remedy: 'The next start builds it; npm run build does so now.',
  };
};

const port = async (config: Config): Promise<Check> => {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const place = `${host.includes(':') ? `[${host}]` : host}:${config.port}`;
  try {
    const body: unknown = await (await fetch(`http://${place}/api/v1/health`, { signal: AbortSignal.timeout(1500) })).json();
    if (typeof body === 'object' && body !== null && 'database' in body)
      return { name: 'Port', state: 'ok', seen: `Aimwell answers at ${place}` };
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED')
      return { name: 'Port', state: 'ok', seen: `${place} is free` };
  }
  return {
    name: 'Port',
    state: 'problem',
    seen: `${place} is used by another program`,
    remedy: 'End that program, or set PORT to a free port.',
  };
};

const examine = async (): Promise<Check[]> => {
  const config = readConfig(process.env);
  const before = [node(), await directory(config), await disk(config)];
  return [
    ...before,
    ...(await database(config)),
    await permissions(config),
    await backup(config, new Date()),
    await web(),
    await port(config),
  ];
};

const mark = { ok: 'ok', note: 'note', problem: 'PROBLEM' } as const;

/** `aimwell doctor`: whether this installation can run, and what to do where it cannot. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('Look whether this installation can run, and say what to do where it cannot.')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nThe database is opened and brought to the newest schema, as each start does.\nExit codes: 0 all is well, 1 a problem was found, 2 could not run.\n\nExamples:\n  npx aimwell doctor\n  AIMWELL_DATA=/srv/aimwell npx aimwell doctor --json',
    )
    .action(async ({ json }: { readonly json?: boolean }) => {
      const checks = await examine();
      const healthy = checks.every(({ state }) => state !== 'problem');
      const told = table(checks.map(({ name, state, seen }) => [mark[state].padEnd(7), name, seen]));
      const remedies = checks.flatMap(({ name, remedy }) => (remedy === undefined ? [] : [`${name}: ${remedy}`]));
      answer(json, { healthy, checks }, [...told, ...(remedies.length === 0 ? [] : ['', ...remedies])]);
      if (!healthy) process.exitCode = exit.findingsOrRefused;
    });
