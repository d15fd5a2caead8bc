import { Command } from 'commander';
import { withHouse } from './house.ts';
import { answer, counted } from './output.ts';

/** `aimwell migrate`: brings the database to the newest schema, as each start does. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('Bring the database to the newest schema; each start does this too.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExamples:\n  npx aimwell migrate\n  DATABASE_URL=postgres://aimwell:secret@db/aimwell npx aimwell migrate')
    .action(({ json }: { readonly json?: boolean }) =>
      withHouse(async ({ migrated: { applied }, opened }) => {
        const lines =
          applied.length === 0
            ? ['The database is up to date.']
            : [`Applied ${counted(applied.length, 'migration')}: ${applied.join(', ')}`];
        answer(json, { database: opened.kind, version: opened.version, applied }, lines);
      }),
    );
