import { processVersionInForce } from '@aimwell/server/processes/in-force';
import { migrateRuns } from '@aimwell/server/processes/migrate';
import { Command } from 'commander';
import { exit } from './failure.ts';
import { inOrganisation } from './house.ts';
import { answer, counted } from './output.ts';
import { exportCommand, importCommand } from './process-files.ts';

interface Options {
  readonly org: string;
  readonly reason: string;
  readonly run?: boolean;
  readonly json?: boolean;
}

const migrate = async (key: string, { org, reason, run, json }: Options): Promise<void> => {
  const lines = await inOrganisation(org, async (tx, context) =>
    migrateRuns(tx, context, await processVersionInForce(tx, key), { dryRun: run !== true, reason }),
  );
  const stuck = lines.filter(({ refused }) => refused.length > 0);
  answer(json, lines, [
    ...lines.map(({ identifier, from, nodes, refused }) =>
      refused.length > 0
        ? `${identifier}  stays on version ${from}: ${refused.map(({ message, remedy }) => `${message}. ${remedy}`).join(' ')}`
        : `${identifier}  from version ${from}, at ${nodes.map(({ node, tokens }) => (tokens === 1 ? node : `${node} (${tokens})`)).join(', ')}`,
    ),
    run === true
      ? `${counted(lines.length - stuck.length, 'run')} moved to the version in force, ${stuck.length} left where they are.`
      : `${counted(lines.length - stuck.length, 'run')} would move to the version in force, ${stuck.length} would stay. Nothing was changed; add --run to do it.`,
  ]);
  if (stuck.length > 0) process.exitCode = exit.findingsOrRefused;
};

/** `aimwell process`: maps into and out of files, and runs to the version in force. */
export const processCommand = (): Command =>
  new Command('process')
    .description('Write maps of processes into files, bring them, and move runs to the version in force.')
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(
      new Command('migrate')
        .description('Say what would become of each run in progress; with --run, move those that have a place in the version in force.')
        .argument('<process>', 'key or id of the process')
        .requiredOption('--org <organisation>', 'short name or id')
        .requiredOption('--reason <text>', 'why; it stands in the trail of each run')
        .option('--run', 'do it; without it nothing is changed')
        .option('--json', 'print the result as JSON')
        .addHelpText(
          'after',
          `
At most 500 runs at once; repeat it for more. A run with a token at a step that the new version lacks stays on its own.
Exit codes: 0 all have a place, 1 some stay, 2 could not run.

Examples:
  npx aimwell process migrate aims-life-cycle --org acme --reason "the new review step counts for all"
  npx aimwell process migrate aims-life-cycle --org acme --reason "the new review step counts for all" --run`,
        )
        .action(migrate),
    );
