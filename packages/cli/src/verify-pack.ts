import { type PackVerification, verifyPack } from '@aimwell/server/platform/pack/verify';
import { readCheckpoint } from './checkpoint-file.ts';
import { exit } from './failure.ts';
import { answer, counted } from './output.ts';
import { createProgress } from './progress.ts';

interface Given {
  /** Keys that the verifier holds; null without any. */
  readonly keys: readonly Uint8Array[] | null;
  /** Name of a file with an older checkpoint. */
  readonly against: string | undefined;
  readonly json: boolean | undefined;
}

const entries = (count: number): string => counted(count, 'entry').replace('entrys', 'entries');

const headline = (file: string, { from, faults, keyFromOutside }: PackVerification): string => {
  if (from !== null) return `${file}: does not verify from entry ${from}.`;
  if (faults.length > 0) return `${file}: does not verify.`;
  return keyFromOutside ? `${file}: verifies.` : `${file}: agrees with itself; unanchored, since no key was given.`;
};

/** Why a log is larger than its pack, and what a pack of everything has to hold. */
const scopeLines = ({ scope, size, entries: held }: PackVerification): string[] => [
  ...(scope?.name === 'all' ? [`Its scope is everything: it has to hold every entry up to ${scope.size}.`] : []),
  ...((size ?? 0) > held
    ? [
        `The log is larger than the pack: the checkpoint was signed over the entry that names MANIFEST as well, which is made last${scope?.name === 'all' ? '' : ', and over what is not of its scope'}.`,
      ]
    : []),
];

/** What an older checkpoint showed, or what cannot be known without one. */
const againstLine = ({ against, size }: PackVerification): string => {
  if (against === null)
    return 'Without a checkpoint kept elsewhere it cannot be known whether the whole log was rewritten before this pack was made; name one with --against.';
  if (against.outcome === 'agrees') return `The log begins with the ${entries(against.size)} that the older checkpoint signs.`;
  if (against.outcome === 'differs') return `The log does not begin with the ${entries(against.size)} that the older checkpoint signs.`;
  return against.size > (size ?? 0)
    ? `The checkpoint given is of ${entries(against.size)}, later than this pack; hold a later pack against the one in here instead.`
    : `Whether the log begins with the ${entries(against.size)} that the older checkpoint signs cannot be known from this pack; ask for a pack of everything, or for the consistency proof from ${against.size} to ${size}.`;
};

/** The answer in words that accuse nobody. */
const packLines = (file: string, found: PackVerification): string[] => [
  headline(file, found),
  ...found.faults.map(({ message }) => `  ${message}.`),
  ...(found.vouchedFor ? ['The checkpoint is signed by a newer key, for which the key given vouches by a note in the pack.'] : []),
  ...(found.size === null
    ? []
    : [
        `${entries(found.entries)} proven under a checkpoint of ${found.size} of the log ${found.origin}; ${counted(found.files, 'file')} of evidence.`,
        ...scopeLines(found),
        ...(found.leftOut === 0 ? [] : [`${counted(found.leftOut, 'part')} not in it; LEFT-OUT in the pack gives the reasons.`]),
        found.stampedAt === null
          ? 'There is no time stamp: the times in the entries are the word of the server.'
          : `The time stamp says that this checkpoint existed on ${found.stampedAt}; verify.sh checks the signature of its authority.`,
        ...(found.keyFromOutside ? [] : ['Whose log this is cannot be known without its public key from elsewhere; name it with --key.']),
        againstLine(found),
      ]),
];

/** `aimwell verify FILE.zip`: an audit pack, without database and network. */
export const verifyPackFile = async (file: string, { keys, against, json }: Given): Promise<void> => {
  const progress = createProgress();
  const older = against === undefined ? null : await readCheckpoint(against);
  const found = await verifyPack({
    file,
    keys,
    against: older,
    progress: (done, total) => progress.step(Math.round(done), total, 'Checking'),
  });
  progress.end();
  answer(json, found, packLines(file, found));
  process.exitCode = found.faults.length > 0 ? exit.findingsOrRefused : found.keyFromOutside ? exit.ok : exit.couldNotRun;
};
