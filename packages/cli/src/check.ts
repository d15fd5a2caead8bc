import type { ConformityFinding, ConformityView } from '@aimwell/contract/conformity/endpoints';
import { checkConformity } from '@aimwell/server/conformity/actions';
import { readConformityThen } from '@aimwell/server/conformity/past';
import { presentOrPast } from '@aimwell/server/platform/trail/past';
import { Command, Option } from 'commander';
import { CannotRun, exit } from './failure.ts';
import { inOrganisation } from './house.ts';
import { counted, print } from './output.ts';
import { ProblemError } from '@aimwell/server/platform/errors';

const countsAsFinding = (finding: ConformityFinding): boolean => finding.severity !== 'observation';

const coverageLine = ({ coverage, verdict }: ConformityView): string =>
  `${coverage.ran} of ${coverage.total} checks ran; they point to ${verdict.likelyMajor} likely major and ${verdict.likelyMinor} likely minor nonconformities. ${coverage.notJudged} could not be judged.`;

const recordNames = ({ records, affected }: ConformityFinding): string => {
  const shown = records
    .slice(0, 5)
    .map((record) => record.identifier)
    .join(', ');
  return records.length === 0 ? '' : `     ${shown}${affected > 5 ? ` and ${affected - 5} more` : ''}`;
};

const findingLines = (finding: ConformityFinding): string[] => [
  `${finding.severity.toUpperCase().padEnd(11)} ${finding.rule}  ${finding.title}${finding.population > 1 ? ` (${finding.affected} of ${finding.population})` : ''}`,
  `     ${finding.basis}`,
  `     ${finding.seen}`,
  ...[recordNames(finding)].filter((line) => line !== ''),
  `     Remedy: ${finding.remedy}`,
  '',
];

/** The view as text: coverage first, since a verdict without it misleads. */
const checkText = (name: string, view: ConformityView): string =>
  [
    `${name}, ${view.judgedOn}`,
    coverageLine(view),
    `Duties under law: ${counted(view.law.likelyMajor + view.law.likelyMinor + view.law.observations, 'finding')}. Certification cycle: ${counted(view.certification.likelyMajor + view.certification.likelyMinor + view.certification.observations, 'finding')}.`,
    '',
    ...view.findings.flatMap(findingLines),
    'These are predictions from the records; a person raises a finding.',
  ].join('\n');

interface Options {
  readonly org: string;
  readonly format: 'text' | 'json';
  readonly json?: boolean;
  readonly asOf?: string;
}

const check = async ({ org, format, json, asOf }: Options): Promise<void> => {
  const { view, organisation } = await inOrganisation(org, async (present, operator) => {
    const { tx, context } = await presentOrPast(present, operator, asOf);
    const view =
      tx.asOf === null
        ? await checkConformity(tx, tx.organisationId, context.today, { now: context.now })
        : await readConformityThen(tx, context);
    return { organisation: context.organisation, view };
  }).catch((error: unknown) => {
    // Exit code 1 says "there are findings", so that whatever keeps the check from running must not share it.
    throw error instanceof ProblemError ? new CannotRun(error.message, error.details.remedy ?? 'Nothing was judged.') : error;
  });
  if (json === true || format === 'json')
    print(
      JSON.stringify({ organisation: { slug: organisation.slug, name: organisation.name, demo: organisation.demo }, ...view }, null, 2),
    );
  else print(checkText(organisation.demo ? `${organisation.name} (a demonstration)` : organisation.name, view));
  process.exitCode = view.findings.some(countsAsFinding) ? exit.findingsOrRefused : exit.ok;
};

/** `aimwell check`: what an auditor would probably say today. */
export const checkCommand = (): Command =>
  new Command('check')
    .description('Say what an auditor would probably say today.')
    .requiredOption('--org <organisation>', 'short name or id of the organisation')
    .addOption(new Option('--format <format>', 'how the answer is written').choices(['text', 'json']).default('text'))
    .option('--json', 'the same as --format json')
    .option('--as-of <moment>', 'a day (its end in UTC) or a moment such as 2026-03-31T12:00:00Z: what the records said then')
    .addHelpText(
      'after',
      `
Exit codes: 0 no finding of minor or worse, 1 findings, 2 could not run.

Examples:
  npx aimwell check --org acme
  npx aimwell check --org acme --as-of 2026-03-31
  npx aimwell check --org acme --format json | jq '.findings[] | {rule, severity, remedy}'`,
    )
    .action(check);
