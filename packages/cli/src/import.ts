import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemActor } from '@aimwell/server/platform/identity/founding';
import { importTable, type ImportAnswer, type ImportOrder } from '@aimwell/server/platform/transfer/library';
import type { SavedMapping } from '@aimwell/server/platform/transfer/source';
import { Command } from 'commander';
import { exit } from './failure.ts';
import { organisationNamed, withHouse } from './house.ts';
import { overlay, readMapFile } from './mapping.ts';
import { answer } from './output.ts';
import { createProgress } from './progress.ts';

interface Options {
  readonly org: string;
  readonly map?: string;
  readonly sheet?: string;
  readonly dryRun?: boolean;
  readonly createPeople: boolean;
  readonly drafts?: boolean;
  readonly json?: boolean;
}

const shownProblems = 20;

const problemLines = ({ preview }: ImportAnswer): string[] => {
  const problems = preview.rows.flatMap((row) => row.problems.filter(({ severity }) => severity !== 'warning'));
  const lines = problems.slice(0, shownProblems).map(({ row, column, message }) => `  row ${row}, ${column}: ${message}`);
  return problems.length > shownProblems ? [...lines, `  and ${problems.length - shownProblems} more; see them all with --json`] : lines;
};

const resultLines = (told: ImportAnswer): string[] => {
  const { result, summary, preview } = told;
  if (result === null) return [summary, ...problemLines(told), ...preview.notes, 'This was a dry run; nothing was written.'];
  return [
    `${result.created} created, ${result.changed} changed, ${result.unchanged} unchanged, ${result.skipped} skipped.`,
    ...(result.people.length === 0 ? [] : [`Added to the directory: ${result.people.join(', ')}`]),
    ...preview.notes,
  ];
};

/** Guesses first where the map of `--map` is laid over the guess. */
const ordered = async (order: ImportOrder, map: string | undefined): Promise<ImportOrder> => {
  if (map === undefined) return order;
  const read = readMapFile(await readFile(map, 'utf8'));
  if (read.kind === 'whole') return { ...order, mapping: read.mapping as SavedMapping };
  const guessed = await importTable({ ...order, dryRun: true });
  return { ...order, mapping: overlay(guessed.mapping, read.map) };
};

const run = async (register: string, file: string, options: Options): Promise<void> => {
  const bytes = await readFile(file);
  const told = await withHouse(async (house) => {
    const organisation = await organisationNamed(house, options.org);
    const progress = createProgress();
    try {
      const order = await ordered(
        {
          house,
          organisation,
          actor: systemActor,
          register,
          bytes,
          fileName: path.basename(file),
          sheet: options.sheet,
          dryRun: options.dryRun === true,
          createPeople: options.createPeople,
          keepProblemsAsDrafts: options.drafts === true,
          progress: (done, total) => progress.step(done, total, 'Importing'),
        },
        options.map,
      );
      return await importTable(order);
    } finally {
      progress.end();
    }
  });
  answer(options.json, told, resultLines(told));
  const { counts } = told;
  // A dry run answers "would it go through"; a script asks by the exit code.
  if (told.result === null && (counts.wrong > 0 || Object.keys(counts.needs).length > 0)) process.exitCode = exit.findingsOrRefused;
};

/** `aimwell import`: a table into a register, all or nothing. */
export const importCommand = (): Command =>
  new Command('import')
    .description('Import a table (CSV, XLSX, JSON) into a register, all or nothing.')
    .argument('<register>', 'such as systems, risks or people')
    .argument('<file>', 'the table')
    .requiredOption('--org <organisation>', 'short name or id of the organisation')
    .option('--map <file>', 'JSON that says which column goes to which field; else as last time, or guessed')
    .option('--sheet <name>', 'the sheet of a workbook; the first one when left out')
    .option('--dry-run', 'say what would happen and what is wrong; write nothing')
    .option('--create-people', 'add people who are not in the directory (default)')
    .option('--no-create-people', 'refuse rows that name unknown people')
    .option('--drafts', 'import rows that still need something, as drafts')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
The same file again creates nothing. A dry run exits with 1 while a row is not ready.

Examples:
  npx aimwell import systems inventory.csv --org acme --dry-run
  npx aimwell import systems inventory.xlsx --org acme --map columns.json
  columns.json: {"columns": {"Use case": "name", "Department": "unit", "Internal note": null}, "idColumns": ["Use case"]}`,
    )
    .action(run);
