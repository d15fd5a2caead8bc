import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { bringMap, versionOf } from '@aimwell/server/processes/bring';
import { readVersionFile } from '@aimwell/server/processes/map-reads';
import { mapReport } from '@aimwell/server/processes/print/map-report';
import { printed } from '@aimwell/server/processes/print/printed';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CannotRun } from './failure.ts';
import { deliver, formatOf } from './files.ts';
import { inOrganisation, operatorContext, organisationNamed, tellHandedOut, withHouse } from './house.ts';
import { answer, say } from './output.ts';

const formats = ['bpmn', 'svg', 'pdf'] as const;

interface ExportOptions {
  readonly org: string;
  readonly version?: number;
  readonly format?: (typeof formats)[number];
  readonly original?: boolean;
  readonly output?: string;
}

const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('expected the number of a version, such as 2.');
  return Number(text);
};

const exportMap = (key: string, { org, version, format, original, output }: ExportOptions): Promise<void> =>
  withHouse(async (house) => {
    const organisation = await organisationNamed(house, org);
    const chosen = format ?? formatOf(output, formats, 'bpmn');
    const file = await house.database.inOrganisation(organisation.id, async (tx) => {
      const id = await versionOf(tx, key, version);
      if (chosen === 'pdf') return printed(await mapReport(tx, operatorContext(house, organisation), id));
      const made = await readVersionFile(tx, id, chosen === 'svg' ? 'svg' : original === true ? 'original' : 'xml');
      return () => Promise.resolve(made);
    });
    const { bytes, fileName } = await file();
    await tellHandedOut(house, organisation, 'processes', { process: key, version, format: chosen, by: 'command' });
    const target = output ?? (process.stdout.isTTY ? path.basename(fileName) : undefined);
    await deliver(target, bytes, chosen !== 'pdf');
    if (target !== undefined) say(`Wrote ${target}`);
  });

interface ImportOptions {
  readonly org: string;
  readonly key?: string;
  readonly name?: string;
  readonly register?: string;
  readonly note: string;
  readonly replaceDraft?: boolean;
  readonly json?: boolean;
}

/** No map is larger; what is, is refused by its size anyway and need not be read. */
const MOST_READ = 6_000_000;

const importMap = async (file: string, { org, json, replaceDraft, ...given }: ImportOptions): Promise<void> => {
  const bytes = await readFile(file);
  if (bytes.length > MOST_READ) throw new CannotRun(`${file} is larger than any map may be.`, 'Split the map into called processes.');
  const made = await inOrganisation(org, (tx, context) =>
    bringMap(tx, context, { ...given, bytes, fileName: path.basename(file).slice(0, 200), replaceDraft: replaceDraft === true }),
  );
  answer(json, made, [
    `${made.process}: version ${made.version} written as a draft.`,
    ...made.warnings.map((warning) => `Could be better: ${warning}`),
    ...(made.executable
      ? ['It can be executed. Somebody has to give it to review and approve it; then new runs take it.']
      : [
          'It is kept as documentation and not executed:',
          ...made.refusals.map(({ message, remedy }) => `  ${message}.${remedy === undefined ? '' : ` ${remedy}`}`),
        ]),
  ]);
};

/** `aimwell process export`. */
export const exportCommand = (): Command =>
  new Command('export')
    .description('Write a map into a file: BPMN 2.0, a picture, or a document with its table of steps.')
    .argument('<process>', 'key or id of the process')
    .requiredOption('--org <organisation>', 'short name or id')
    .option('--version <number>', 'which version; the one in force when left out, else the newest', wholeNumber)
    .addOption(new Option('--format <format>', 'by the ending of the file when left out, else bpmn').choices(formats))
    .option('--original', 'the bytes as they once came, instead of the map as it is written here')
    .option('-o, --output <file>', 'where to write')
    .addHelpText(
      'after',
      `
Examples:
  npx aimwell process export aims-life-cycle --org acme -o life-cycle.bpmn
  npx aimwell process export aims-life-cycle --org acme --version 2 -o life-cycle.pdf`,
    )
    .action(exportMap);

/** `aimwell process import`. */
export const importCommand = (): Command =>
  new Command('import')
    .description('Bring a BPMN 2.0 file as a draft: of a new process, or of the one that has the key.')
    .argument('<file>', 'the BPMN 2.0 file')
    .requiredOption('--org <organisation>', 'short name or id')
    .option('--key <key>', 'key of the process; made from its name when left out')
    .option('--name <name>', 'name of a new process; that of the map when left out')
    .option('--register <register>', 'the register whose records a new process is about, such as systems')
    .option('--note <text>', 'what is new in it', '')
    .option('--replace-draft', 'put the file in the place of a draft that is there')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
What cannot be executed is kept and named element by element. Nothing is in force before somebody approves it.

Examples:
  npx aimwell process import onboarding.bpmn --org acme --key onboarding --register systems
  npx aimwell process import life-cycle.bpmn --org acme --key aims-life-cycle --note "shorter review"`,
    )
    .action(importMap);
