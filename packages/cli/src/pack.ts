import path from 'node:path';
import { createContext } from '@aimwell/server/platform/context';
import { systemActor } from '@aimwell/server/platform/identity/founding';
import { type MadePack, makePack } from '@aimwell/server/platform/pack/make';
import { savePack } from '@aimwell/server/platform/pack/store';
import { startSequencer } from '@aimwell/server/platform/trail/sequencer';
import { Command } from 'commander';
import { organisationNamed, tellHandedOut, withHouse } from './house.ts';
import { answer, counted, say } from './output.ts';
import { createProgress } from './progress.ts';

interface Options {
  readonly org: string;
  readonly scope: string;
  readonly asOf?: string;
  readonly output?: string;
  readonly json?: boolean;
}

const packLines = (file: string, made: MadePack): string[] => [
  `Wrote ${file}: ${counted(made.entries, 'entry').replace('entrys', 'entries')}, ${counted(made.files, 'file')} of evidence, under a checkpoint of ${made.checkpointSize}.`,
  ...(made.leftOut === 0 ? [] : [`${counted(made.leftOut, 'part')} left out; LEFT-OUT in the pack gives the reasons.`]),
  ...(made.stampProblem === null ? [] : [`No time stamp: ${made.stampProblem}.`]),
  'Hand the public key of the log over by another way than the pack; see docs/guide/audit-pack.md.',
];

const run = ({ org, scope, asOf, output, json }: Options): Promise<void> =>
  withHouse(async (house) => {
    const organisation = await organisationNamed(house, org);
    const context = createContext({ actor: systemActor, organisation, now: house.now() });
    const file = path.resolve(output ?? `${organisation.slug}-audit-pack-${context.today}.zip`);
    const progress = createProgress();
    // What is packed must be in the tree first. Where a server runs, it sequences and this one only waits.
    const sequencer = startSequencer({
      connection: house.migrated.sequencer,
      keys: path.join(house.config.dataDirectory, 'keys'),
      now: house.now,
      report: say,
    });
    try {
      await tellHandedOut(house, organisation, 'packs', { scope, asOf, by: 'command' });
      const made = await makePack(house.packing, context, {
        scope,
        asOf,
        file,
        progress: (done, total) => progress.step(done, total, 'Packing'),
      });
      await house.database.inOrganisation(organisation.id, (tx) => savePack(tx, context, made, false));
      progress.end();
      answer(json, { file, ...made }, packLines(file, made));
    } finally {
      progress.end();
      await sequencer.stop();
    }
  });

/** `aimwell pack`: what an auditor can check without us. */
export const packCommand = (): Command =>
  new Command('pack')
    .description('Make an audit pack: entries, evidence, documents and proofs in one archive that verifies offline.')
    .requiredOption('--org <organisation>', 'short name or id of the organisation')
    .option('--scope <scope>', 'all, soa, or system:ID', 'all')
    .option('--as-of <moment>', 'only what was recorded by then: a day (its end in UTC) or an RFC 3339 moment')
    .option('-o, --output <file>', 'where to write')
    .option('--json', 'the answer as JSON')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 refused, 2 could not run.

Examples:
  npx aimwell pack --org acme -o acme.zip
  npx aimwell pack --org acme --scope soa -o soa.zip
  npx aimwell pack --org acme --scope system:SYS-0001 --as-of 2026-03-31 -o system.zip`,
    )
    .action(run);
