import { startServer } from '@aimwell/server/main';
import { readConfig } from '@aimwell/server/platform/config';
import { Command } from 'commander';
import { loadAndTell } from './demo.ts';
import { tellFailure } from './failure.ts';
import { print } from './output.ts';
import { ensureWebBuilt } from './web-build.ts';

interface Options {
  readonly web: boolean;
  readonly demo?: boolean;
}

const parentLookMs = 500;

/**
 * npm starts us below a shell, and that shell dies of SIGTERM without handing it on. Then we have a new parent, and end as
 * if the signal had reached us.
 */
const whenParentEnds = (end: () => void): void => {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), parentLookMs).unref();
};

/** Stops once, whichever signal comes and however often; the second Ctrl-C must not tear the database. */
const stopOn = (signals: readonly NodeJS.Signals[], stop: () => Promise<void>): void => {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => process.exit(tellFailure(error)),
    );
  };
  for (const signal of signals) process.on(signal, end);
  whenParentEnds(end);
};

const run = async ({ web, demo }: Options): Promise<void> => {
  const config = readConfig(process.env);
  if (web) await ensureWebBuilt(print);
  const server = await startServer(config);
  stopOn(['SIGINT', 'SIGTERM', 'SIGHUP'], server.stop);
  if (server.database === 'embedded') print(`Database: embedded PostgreSQL in ${config.dataDirectory}`);
  // The demonstration brings accounts; from then on the set-up link would be refused.
  if (demo === true) await loadAndTell(print);
  else if (server.setupLink !== null) print(`First start. Make the first administrator here, once: ${server.setupLink}`);
  print(`Aimwell is ready at ${config.publicUrl}`);
};

/** `aimwell start`: the server, until it is ended. */
export const startCommand = (): Command =>
  new Command('start')
    .description('Start the server; PORT, HOST, AIMWELL_DATA, AIMWELL_URL and DATABASE_URL change where.')
    .option('--no-web', 'do not build the web; serve the one that is there, or the API alone')
    .option('--demo', 'load the demonstration organisation first, if it is not there')
    .addHelpText('after', '\nExamples:\n  npm start\n  npm start -- --demo\n  PORT=8080 AIMWELL_DATA=/srv/aimwell npx aimwell start')
    .action(run);
