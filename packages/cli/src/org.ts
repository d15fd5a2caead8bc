import { createOrganisation } from '@aimwell/server/platform/identity/founding';
import { Command } from 'commander';
import { everyOrganisation, organisationNamed, withHouse } from './house.ts';
import { answer, table } from './output.ts';

interface CreateOptions {
  readonly slug?: string;
  readonly timeZone?: string;
  readonly json?: boolean;
}

const create = (name: string, { slug, timeZone, json }: CreateOptions): Promise<void> =>
  withHouse(async (house) => {
    const made = await createOrganisation(house.identity.parts, { name, slug, timeZone });
    answer(json, { id: made.id, slug: made.slug, name: made.name, timeZone: made.timeZone }, [
      `Organisation ${made.name} (${made.slug}), id ${made.id}`,
    ]);
  });

const show = (reference: string, { json }: { readonly json?: boolean }): Promise<void> =>
  withHouse(async (house) => {
    const { id, slug, name, timeZone, demo } = await organisationNamed(house, reference);
    answer(json, { id, slug, name, timeZone, demo }, [
      `${name} (${slug}), id ${id}, time zone ${timeZone}${demo ? ', a demonstration' : ''}`,
    ]);
  });

const list = ({ json }: { readonly json?: boolean }): Promise<void> =>
  withHouse(async (house) => {
    const all = await everyOrganisation(house);
    const facts = all.map(({ id, slug, name, timeZone, demo }) => ({ id, slug, name, timeZone, demo }));
    const rows = all.map(({ id, slug, name, demo }) => [slug, id, demo ? `${name}, a demonstration` : name]);
    answer(json, facts, all.length === 0 ? ['There is no organisation yet.'] : table(rows));
  });

/** `aimwell org`: create an organisation, list them, or look one up. */
export const orgCommand = (): Command =>
  new Command('org')
    .description('Create an organisation, list them, or look one up.')
    .addCommand(
      new Command('create')
        .description('Create an organisation.')
        .argument('<name>', 'its full name')
        .option('--slug <short-name>', 'name in addresses and commands; made of the name when left out')
        .option('--time-zone <zone>', 'calendar of its dates, such as Europe/Berlin (default UTC)')
        .option('--json', 'print the result as JSON')
        .addHelpText(
          'after',
          '\nExamples:\n  npx aimwell org create "Acme" --slug acme\n  npx aimwell org create "Acme Robotics" --time-zone Europe/Berlin --json',
        )
        .action(create),
    )
    .addCommand(
      new Command('show')
        .description('Show an organisation by its short name or id.')
        .argument('<organisation>')
        .option('--json', 'print the result as JSON')
        .addHelpText('after', '\nExamples:\n  npx aimwell org show acme')
        .action(show),
    )
    .addCommand(
      new Command('list')
        .description('List the organisations: short name, id, name.')
        .option('--json', 'print the result as JSON')
        .addHelpText('after', '\nExamples:\n  npx aimwell org list\n  npx aimwell org list --json')
        .action(list),
    )
    .addHelpText('after', '\nExamples:\n  npx aimwell org create "Acme" --slug acme');
