import { type ReportFormat, reportFormats, type ReportName, reportNames } from '@aimwell/contract/reports/endpoints';
import { renderReport } from '@aimwell/server/reports/actions';
import { Argument, Command, Option } from 'commander';
import { deliver, formatOf } from './files.ts';
import { organisationNamed, tellHandedOut, withHouse } from './house.ts';
import { say } from './output.ts';

interface Options {
  readonly org: string;
  readonly format?: ReportFormat;
  readonly version?: string;
  readonly output?: string;
  readonly asOf?: string;
}

const run = (name: ReportName, { org, format, version, output, asOf }: Options): Promise<void> =>
  withHouse(async (house) => {
    const organisation = await organisationNamed(house, org);
    const chosen = format ?? formatOf(output, reportFormats, 'pdf');
    const { bytes, fileName } = await renderReport(house, organisation, name, chosen, { version, asOf });
    await tellHandedOut(house, organisation, 'reports', { report: name, format: chosen, by: 'command', asOf });
    // Into a pipe when there is one; on a terminal a file by the document's own name serves better than bytes.
    const file = output ?? (process.stdout.isTTY ? fileName : undefined);
    await deliver(file, bytes, false);
    if (file !== undefined) say(`Wrote ${file}`);
  });

/** `aimwell report`: the documents an auditor asks for. */
export const reportCommand = (): Command =>
  new Command('report')
    .description('Print a document: scope statement, Statement of Applicability, treatment plan, risk register, evidence index.')
    .addArgument(new Argument('<report>', 'which document').choices(reportNames))
    .requiredOption('--org <organisation>', 'short name or id of the organisation')
    .addOption(new Option('--format <format>', 'by the ending of the file when left out, else pdf').choices(reportFormats))
    .option('--version <id>', 'id of a version, or "latest"; the one in force when left out')
    .option('--as-of <moment>', 'a day (its end in UTC) or a moment such as 2026-03-31T12:00:00Z: what the records said then')
    .option('-o, --output <file>', 'where to write')
    .addHelpText(
      'after',
      '\nExamples:\n  npx aimwell report soa --org acme --format pdf -o soa.pdf\n  npx aimwell report treatment-plan --org acme --version latest -o plan.docx\n  npx aimwell report risk-register --org acme --as-of 2026-03-31 -o risks-then.pdf',
    )
    .action(run);
