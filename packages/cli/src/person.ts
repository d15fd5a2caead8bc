import path from 'node:path';
import type { ErasureResult, ErasureView } from '@aimwell/contract/identity/erasure';
import { erasePersonFrom, previewErasureOf } from '@aimwell/server/platform/erasure/erase';
import { dropKeptPacks } from '@aimwell/server/platform/pack/store';
import { ledgerOf, rememberErasures } from '@aimwell/server/platform/erasure/ledger';
import { personNamed } from '@aimwell/server/platform/erasure/named';
import type { Tx } from '@aimwell/server/platform/database/pool';
import { Command } from 'commander';
import { CannotRun, exit } from './failure.ts';
import { inOrganisation, operatorContext, organisationNamed, withHouse } from './house.ts';
import { answer, counted, say } from './output.ts';

interface EraseOptions {
  readonly org: string;
  readonly reason?: string;
  readonly preview?: boolean;
  readonly exceptSignatures?: boolean;
  readonly leaveDuties?: boolean;
  readonly json?: boolean;
}

const named = async (tx: Tx, reference: string): Promise<string> => {
  const found = await personNamed(tx, reference);
  if (found === null)
    throw new CannotRun(
      `Nobody here is called ${reference}.`,
      'Name a person by identifier or id: npx aimwell export people --org ORGANISATION',
    );
  return found;
};

const preview = (reference: string, { org, json }: EraseOptions): Promise<void> =>
  inOrganisation(org, async (tx, context) => {
    const view = await previewErasureOf(tx, context, await named(tx, reference));
    answer(json, view, linesOf(view));
    if (view.against.length > 0) process.exitCode = exit.findingsOrRefused;
  });

const linesOf = ({ person, erasedOn, goes, against, duties, signatures, stays }: ErasureView): string[] => {
  const texts = goes.texts.reduce((sum, { rows }) => sum + rows, 0);
  return [
    `${person.identifier} ${person.title}${erasedOn === null ? '' : `, erased on ${erasedOn}`}`,
    `Goes: ${counted(goes.payloads, 'payload')}, ${counted(texts, 'text')}, ${counted(goes.invitations, 'invitation')}; account: ${goes.account}.`,
    ...goes.texts.map(({ table, rows, records }) =>
      `  ${table}: ${rows} ${records.map(({ identifier }) => identifier).join(' ')}`.trimEnd(),
    ),
    ...duties.map(({ identifier, title }) => `Duty: ${identifier} ${title}`),
    ...signatures.map(
      ({ identifier, approvedOn, until }) =>
        `Signature: ${identifier} of ${approvedOn}, ${until === null ? 'in force' : `kept until ${until}`}`,
    ),
    ...(stays.sharedName ? ['Somebody else here has the same name or address: texts are not searched for it.'] : []),
    ...(stays.mapFiles > 0 ? [`Versions of process maps whose file holds the name: ${stays.mapFiles}. Files stay as they came.`] : []),
    ...(stays.fileNames > 0 ? [`Entries that name a file after the person: ${stays.fileNames}. They stay in the trail.`] : []),
    ...against.map(({ message, remedy }) => `Stands against it: ${message}. ${remedy ?? ''}`.trimEnd()),
  ];
};

const carryOut = (reference: string, { org, reason, exceptSignatures, leaveDuties, json }: EraseOptions): Promise<void> => {
  const text = reason?.trim() ?? '';
  if (text.length < 3 || text.length > 2000)
    throw new CannotRun(
      'No reason of 3 to 2000 characters is given.',
      'Say why with --reason, naming nobody; or look first with --preview.',
    );
  const input = { reason: text, exceptSignatures: exceptSignatures === true, leaveDuties: leaveDuties === true };
  return withHouse(async (house) => {
    const organisation = await organisationNamed(house, org);
    const result = await house.database.inOrganisation(organisation.id, async (tx) =>
      erasePersonFrom(tx, operatorContext(house, organisation), await named(tx, reference), input),
    );
    await rememberErasures(house.database, ledgerOf(house.config.dataDirectory));
    await dropKeptPacks(path.join(house.config.dataDirectory, 'packs'), organisation.id);
    answer(json, result, [toldOf(result)]);
    if (!result.already) say('Backups and packs handed out before still hold the name. A restore of an older backup repeats this erasure.');
  });
};

const toldOf = ({ already, erasedOn, payloads, texts, account, signaturesKept }: ErasureResult): string =>
  already
    ? `Erased on ${erasedOn} already; nothing was done.`
    : `Erased: ${counted(payloads, 'payload')} emptied, ${counted(texts, 'text')} rewritten; account: ${account}; signatures kept: ${signaturesKept}.`;

/** `aimwell person`: what concerns one person of the directory. */
export const personCommand = (): Command =>
  new Command('person')
    .description('Erase a person from records, history and trail.')
    .addCommand(
      new Command('erase')
        .description('Take name and address out of everything; proofs stay whole. Cannot be taken back.')
        .argument('<person>', 'identifier such as PER-0004, or id')
        .requiredOption('--org <organisation>', 'short name or id of the organisation')
        .option('--reason <text>', 'why; names nobody, since it stays')
        .option('--preview', 'say what would go and what stands against it; change nothing')
        .option('--except-signatures', 'keep the name under approvals whose retention runs, erase the rest')
        .option('--leave-duties', 'leave open duties without a name')
        .option('--json', 'print the result as JSON')
        .addHelpText(
          'after',
          '\nExamples:\n  npx aimwell person erase PER-0004 --org acme --preview\n  npx aimwell person erase PER-0004 --org acme --reason "Asked for by the person" --except-signatures',
        )
        .action((reference: string, options: EraseOptions) =>
          options.preview === true ? preview(reference, options) : carryOut(reference, options),
        ),
    )
    .addHelpText('after', '\nExamples:\n  npx aimwell person erase PER-0004 --org acme --preview');
