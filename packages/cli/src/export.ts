import { checkpointOfExport, exportTable } from '@aimwell/server/platform/transfer/library';
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
  readonly asOf?: string;
}

const run = (register: string, { org, format, output, asOf }: Options): Promise<void> =>
  withHouse(async (house) => {
    const organisation = await organisationNamed(house, org);
    const chosen = format ?? formatOf(output, formats, 'csv');
    // Opened first: what is refused was not handed out.
    const table = await exportTable({ house, organisation, register, format: chosen, asOf });
    await tellHandedOut(house, organisation, register, { format: chosen, by: 'command', asOf });
    await deliver(output, table, chosen !== 'xlsx');
    if (output === undefined) return;
    const note = chosen === 'csv' ? await checkpointOfExport({ house, organisation, asOf }) : null;
    // JSON and workbooks carry theirs inside; in a CSV file it would be read as a row.
    if (note !== null) await deliver(`${output}.checkpoint`, Buffer.from(note, 'utf8'), true);
    say(note === null ? `Wrote ${output}` : `Wrote ${output} and, beside it, the checkpoint of the trail that goes with it`);
  });

/** `aimwell export`: a register as a table. */
export const exportCommand = (): Command =>
  new Command('export')
    .description('Export a register as a table; an export can be imported again.')
    .argument('<register>', 'such as systems, risks or soa-entries')
    .requiredOption('--org <organisation>', 'short name or id of the organisation')
    .addOption(new Option('--format <format>', 'by the ending of the file when left out, else csv').choices(formats))
    .option('--as-of <moment>', 'a day (its end in UTC) or a moment such as 2026-03-31T12:00:00Z: what the records said then')
    .option('-o, --output <file>', 'where to write; standard output when left out')
    .addHelpText(
      'after',
      '\nExamples:\n  npx aimwell export systems --org acme --format csv -o systems.csv\n  npx aimwell export risks --org acme -o risks.xlsx\n  npx aimwell export systems --org acme --format json | jq length\n  npx aimwell export risks --org acme --as-of 2026-03-31 -o risks-then.csv',
    )
    .action(run);
