import { readConfig } from '@aimwell/server/platform/config';
import { StartError } from '@aimwell/server/platform/database/embedded/errors';
import { startServer } from '@aimwell/server/main';
import { Command } from 'commander';
import { ensureWebBuilt } from './web-build.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Prints what keeps the product from starting as one sentence with its remedy, and ends with exit code 1. */
export const endWith = (error: unknown): never => {
  if (error instanceof StartError) process.stderr.write(`${error.message} ${error.remedy}\n`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
};

const run = async ({ web }: { readonly web: boolean }) => {
  try {
    const config = readConfig(process.env);
    if (web) await ensureWebBuilt(say);
    const server = await startServer(config);
    if (server.database === 'embedded') say(`Database: embedded PostgreSQL in ${config.dataDirectory}`);
    if (server.setupLink !== null) say(`First start. Make the first administrator here, once: ${server.setupLink}`);
    say(`Aimwell is ready at ${config.publicUrl}`);
    let ending = false;
    const end = () => {
      if (ending) return;
      ending = true;
      server.stop().then(() => process.exit(0), endWith);
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  } catch (error) {
    endWith(error);
  }
};

export const startCommand = (): Command =>
  new Command('start').description('Start the server; PORT, HOST, AIMWELL_DATA, AIMWELL_URL and DATABASE_URL change where.').option('--no-web', 'do not build the web; serve the one that is there, or the API alone').addHelpText('after', '\nExamples:\n  npm start\n  PORT=8080 AIMWELL_DATA=/srv/aimwell npx aimwell start').action(run);
