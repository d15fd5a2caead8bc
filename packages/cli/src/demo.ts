import { type LoadedDemo, loadDemo } from '@aimwell/server/demo/load';
import { readConfig } from '@aimwell/server/platform/config';
import { Command } from 'commander';
import { withHouse } from './house.ts';
import { answer, table } from './output.ts';
import { createProgress } from './progress.ts';

const load = (): Promise<LoadedDemo> =>
  withHouse(async (house) => {
    const progress = createProgress();
    try {
      return await loadDemo(house, { password: process.env['AIMWELL_DEMO_PASSWORD'], progress: progress.step });
    } finally {
      progress.end();
    }
  });

const lines = ({ loaded, organisation, accounts, password }: LoadedDemo): string[] => {
  const place = `${readConfig(process.env).publicUrl}/o/${organisation.slug}`;
  if (!loaded) return [`${organisation.name}, a demonstration, is there already; nothing was changed. See ${place}`];
  const kept = accounts.filter(({ created }) => !created);
  return [
    `${organisation.name}, a demonstration, is loaded: months 1 to 4 of its journey. See ${place}`,
    `Accounts of the demonstration, all with the password ${password ?? ''} (shown this once):`,
    ...table(accounts.map(({ role, email }) => [`  ${role.replaceAll('_', ' ')}`, email])),
    ...(kept.length === 0 ? [] : [`These were there before and keep their password: ${kept.map(({ email }) => email).join(', ')}`]),
  ];
};

/** Loads the demonstration when it is not there, and says so line by line; for `start --demo`. */
export const loadAndTell = async (tell: (line: string) => void): Promise<void> => {
  for (const line of lines(await load())) tell(line);
};

/** `aimwell demo load`: the demonstration organisation. */
export const demoCommand = (): Command =>
  new Command('demo')
    .description('Load the demonstration organisation.')
    .addCommand(
      new Command('load')
        .description('Make TechServe Solutions, a demonstration with four months of records; nothing when it is there.')
        .option('--json', 'print the result as JSON')
        .addHelpText(
          'after',
          '\nThe accounts share one password: AIMWELL_DEMO_PASSWORD, else a random one that is printed once.\n\nExamples:\n  npx aimwell demo load\n  AIMWELL_DEMO_PASSWORD="four words of yours" npx aimwell demo load --json',
        )
        .action(async ({ json }: { readonly json?: boolean }) => {
          const demo = await load();
          const {
            loaded,
            organisation: { slug, name },
            accounts,
            password,
          } = demo;
          answer(json, { loaded, organisation: { slug, name }, accounts, password }, lines(demo));
        }),
    )
    .addHelpText('after', '\nExamples:\n  npx aimwell demo load');
