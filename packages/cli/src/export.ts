import { exportTable } from '@aimwell/server/platform/transfer/library';
import { Command, Option } from 'commander';
import { deliver, formatOf } from './files.ts';
import { organisationNamed, tellHandedOut, withHouse } from './house.ts';
import { say } from './output.ts';

const formats = ['csv', 'xlsx', 'json'] as const;
type Format = (typeof formats)[number];

interface Options {
  readonly org: string;
  readonly format?: Format;
  readonly output?: string;
}

const run = (register: string, { org, format, output }: Options): Promise<void> =>
  withHouse(async (house) => {
    const organisation = await organisationNamed(house, org);
    const chosen = format ?? formatOf(output, formats, 'csv');
    await tellHandedOut(house, organisation, register, { format: chosen, by: 'command' });
    await deliver(output, await exportTable({ house, organisation, register, format: chosen }), chosen !== 'xlsx');
    if (output !== undefined) say(`Wrote ${output}`);
  });

/** `aimwell export`: a register as a table. */
export const exportCommand = (): Command =>
  new Command('export')
    .description('Export a register as a table; an export can be imported again.')
    .argument('<register>', 'such as systems, risks or soa-entries')
    .requiredOption('--org <organisation>', 'short name or id of the organisation')
    .addOption(new Option('--format <format>', 'by the ending of the file when left out, else csv').choices(formats))
    .option('-o, --output <file>', 'where to write; standard output when left out')
    .addHelpText(
      'after',
      '\nExamples:\n  npx aimwell export systems --org acme --format csv -o systems.csv\n  npx aimwell export risks --org acme -o risks.xlsx\n  npx aimwell export systems --org acme --format json | jq length',
    )
    .action(run);
