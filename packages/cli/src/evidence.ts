import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { EvidenceSummary } from '@aimwell/contract/evidence/endpoints';
import { countsInOrder } from '@aimwell/core/evidence/recognise/summary';
import { collectHere } from '@aimwell/server/evidence/library';
import { sweepOrphans } from '@aimwell/server/evidence/sweep';
import { Command } from 'commander';
import { collectRemote } from './evidence-remote.ts';
import { CannotRun } from './failure.ts';
import { organisationNamed, withHouse } from './house.ts';
import { answer, counted } from './output.ts';

interface AddOptions {
  readonly org: string;
  readonly proves: readonly string[];
  readonly system: readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly collectedOn?: string;
  readonly lateReason?: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly every?: string;
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** What is said about the answer; the whole of it comes with --json. */
interface Told {
  readonly created: boolean;
  readonly evidence: {
    readonly identifier: string;
    readonly title: string;
    readonly sha256: string;
    readonly summary: EvidenceSummary | null;
  };
}

const fieldsOf = (options: AddOptions): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries({
      proves: [...options.proves],
      system: [...options.system],
      title: options.title,
      description: options.description,
      collectedOn: options.collectedOn,
      lateReason: options.lateReason,
      validFrom: options.validFrom,
      validUntil: options.validUntil,
      intervalMonths: options.every,
    }).flatMap(([name, value]) => (value === undefined || value.length === 0 ? [] : [[name, Array.isArray(value) ? value : [value]]])),
  );

/** `sarif by Linter 4.2: error 2, warning 1`; counts of nothing are left out. */
const summaryLine = ({ format, madeBy, counts }: EvidenceSummary): string => {
  const told = countsInOrder(counts)
    .filter(([, n]) => n > 0)
    .map(([name, n]) => `${name} ${n}`);
  return `Read as ${format}${madeBy === null ? '' : ` by ${madeBy}`}: ${told.length === 0 ? 'nothing found' : told.join(', ')}`;
};

const lines = ({ created, evidence }: Told): string[] => [
  `${evidence.identifier} ${evidence.title}${created ? '' : ': the same content is there already for the same things; nothing was added'}`,
  `SHA-256 ${evidence.sha256}`,
  ...(evidence.summary === null ? [] : [summaryLine(evidence.summary)]),
];

/** A token makes it a request to a server; without one it is a deed of the operator on this machine. */
const add = async (file: string, options: AddOptions): Promise<void> => {
  if (!(await stat(file)).isFile()) throw new CannotRun(`${file} is not a file.`, 'Name one file.');
  const [fields, name] = [fieldsOf(options), path.basename(file)];
  const token = options.token ?? process.env['AIMWELL_TOKEN'];
  const url = options.url ?? process.env['AIMWELL_URL'];
  if (options.url !== undefined && token === undefined)
    throw new CannotRun('A server takes evidence only with a token.', 'Set AIMWELL_TOKEN, or give --token.');
  if (token !== undefined && url === undefined)
    throw new CannotRun('There is a token and no server to bring it to.', 'Set AIMWELL_URL, or give --url.');
  const told =
    token !== undefined && url !== undefined
      ? await collectRemote({ url, token }, { org: options.org, file, name, fields })
      : await withHouse(async (house) =>
          collectHere({ house, organisation: await organisationNamed(house, options.org), name, bytes: createReadStream(file), fields }),
        );
  answer(options.json, told, lines(told as Told));
};

const sweep = ({ org, json }: { readonly org: string; readonly json?: boolean }): Promise<void> =>
  withHouse(async (house) => {
    const organisation = await organisationNamed(house, org);
    const swept = await sweepOrphans(house.database, house.files, organisation.id, house.now());
    answer(json, swept, [
      `${counted(swept.unfinished, 'unfinished upload')}, ${counted(swept.orphans, 'file')} that nothing names and ${counted(swept.purged, 'file')} deleted under retention cleared away.`,
    ]);
  });

const several = (value: string, before: readonly string[]): string[] => [...before, value];
const orgOption = ['--org <organisation>', 'short name or id of the organisation'] as const;

/** `aimwell evidence`: files with what they prove, from a terminal or a pipeline. */
export const evidenceCommand = (): Command =>
  new Command('evidence')
    .description('Add evidence without a browser; clear away files that nothing names.')
    .addCommand(
      new Command('add')
        .description('Add a file with what it proves. Test results, SARIF, attestations and bills of materials are read and summarised.')
        .argument('<file>')
        .requiredOption(...orgOption)
        .option(
          '--proves <what>',
          'a control, clause, requirement or record, such as A.6.2.4, 9.1 or RSK-0003; repeat for several',
          several,
          [],
        )
        .option('--system <system>', 'an AI system by identifier or name; repeat for several', several, [])
        .option('--title <title>', 'the name of the file when left out')
        .option('--description <text>', 'what it shows')
        .option('--collected-on <day>', 'today when left out')
        .option('--late-reason <text>', 'why it is recorded more than seven days later')
        .option('--valid-from <day>', 'first day on which it holds')
        .option('--valid-until <day>', 'last day on which it holds')
        .option('--every <months>', 'months after which it is collected anew')
        .option('--url <address>', 'a server elsewhere; else AIMWELL_URL')
        .option('--token <token>', 'an API token of that server; better in AIMWELL_TOKEN')
        .option('--json', 'print the result as JSON')
        .addHelpText(
          'after',
          `
With a token the file goes to the server; without one into the house on this machine. The same content for the same
things again adds nothing. A file that claims a format and is broken is refused, with the place and what was expected.

Examples:
  npx aimwell evidence add report.pdf --org acme --proves A.6.2.4 --system SYS-0003 --valid-until 2027-03-31
  npx aimwell evidence add scan.sarif --org acme --proves A.6.2.4 --proves 9.1 --url https://aimwell.example.org`,
        )
        .action(add),
    )
    .addCommand(
      new Command('sweep')
        .description('Clear away uploads that broke off and files that no record names, once they are a day old.')
        .requiredOption(...orgOption)
        .option('--json', 'print the result as JSON')
        .addHelpText('after', '\nExamples:\n  npx aimwell evidence sweep --org acme')
        .action(sweep),
    )
    .addHelpText('after', '\nExamples:\n  npx aimwell evidence add report.pdf --org acme --proves A.6.2.4');
