import { version } from '@aimwell/server/compose';
import { Command } from 'commander';
import { backupCommand } from './backup.ts';
import { checkCommand } from './check.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { evidenceCommand } from './evidence.ts';
import { exportCommand } from './export.ts';
import { tellFailure } from './failure.ts';
import { importCommand } from './import.ts';
import { migrateCommand } from './migrate.ts';
import { orgCommand } from './org.ts';
import { packCommand } from './pack.ts';
import { personCommand } from './person.ts';
import { processCommand } from './process.ts';
import { reportCommand } from './report.ts';
import { restoreCommand } from './restore.ts';
import { rotateKeyCommand } from './rotate-key.ts';
import { startCommand } from './start.ts';
import { tokenCommand } from './token.ts';
import { userCommand } from './user.ts';
import { verifyCommand } from './verify.ts';

/** One clear sentence for what was mistyped, then where to look; the whole help would bury it. */
const strict = (command: Command, name: string): void => {
  command
    .exitOverride()
    .showHelpAfterError(`See: npx ${name} --help`)
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: (.)/, (_whole, first: string) => first.toUpperCase())),
    });
  for (const child of command.commands) strict(child, `${name} ${child.name()}`);
};

const program = new Command('aimwell')
  .description('Run an AI management system under ISO/IEC 42001.')
  .version(version)
  // Else the program would take the --version of a command for its own.
  .enablePositionalOptions()
  .addHelpText(
    'after',
    `
Settings come from the environment: AIMWELL_DATA, DATABASE_URL, PORT, HOST, AIMWELL_URL.
Exit codes: 0 done, 1 findings or refused, 2 could not run.

Examples:
  npx aimwell start
  npx aimwell org create "Acme" --slug acme
  npx aimwell check --org acme`,
  );
for (const command of [
  startCommand(),
  migrateCommand(),
  orgCommand(),
  userCommand(),
  personCommand(),
  tokenCommand(),
  checkCommand(),
  evidenceCommand(),
  importCommand(),
  exportCommand(),
  reportCommand(),
  packCommand(),
  processCommand(),
  demoCommand(),
  doctorCommand(),
  verifyCommand(),
  backupCommand(),
  restoreCommand(),
  rotateKeyCommand(),
])
  program.addCommand(command);
strict(program, 'aimwell');

// A reader that closes early (`| head`) has seen enough; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tellFailure(error);
}
