import { registers } from '@aimwell/contract/registers';
import { wordsOf } from '../transfer/fields.ts';
import { numberOf } from './names.ts';
import { escape, page } from './pages.ts';

/** What the first page of a pack says; grows with the number of pages and files of evidence, not with what entries say. */
export interface Overview {
  readonly organisation: string;
  readonly scope: string;
  readonly asOf: string | null;
  readonly madeAt: string;
  readonly origin: string;
  readonly entries: number;
  readonly byRegister: ReadonlyMap<string, number>;
  readonly pages: readonly { readonly path: string; readonly first: number; readonly last: number }[];
  readonly evidence: readonly { readonly path: string; readonly name: string; readonly seq: number; readonly page: string }[];
  readonly reports: readonly { readonly path: string; readonly title: string }[];
  readonly leftOut: number;
}

const wordOf = (name: string): string => {
  const register = registers.find((one) => one.name === name);
  return register === undefined ? name : (wordsOf(register)?.many ?? name);
};

const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const list = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
const to = (path: string, text = path): string => `<a href="${path}">${escape(text)}</a>`;

const sections = (pack: Overview): string[] => [
  ...(pack.reports.length === 0 ? [] : [`<h2>Documents</h2>${list(pack.reports.map(({ path, title }) => to(path, title)))}`]),
  `<h2>Entries by register</h2><table>${[...pack.byRegister]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => row(escape(wordOf(name)), String(count)))
    .join('')}</table>`,
  `<h2>Entries in their order</h2>${list(pack.pages.map(({ path, first, last }) => to(path, `${numberOf(first)} to ${numberOf(last)}`)))}`,
  ...(pack.evidence.length === 0
    ? []
    : [
        `<h2>Files of evidence</h2><table>${pack.evidence.map(({ path, name, seq, page: where }) => row(to(path, name), `<a href="${where}#e${seq}">entry ${numberOf(seq)}</a>`)).join('')}</table>`,
      ]),
];

const howTo = `<h2>How to check this pack</h2>
<p>Take the public key of the log from somewhere else than this pack: from the organisation in an earlier year, from a letter, from a meeting. The copy under <code>trust/</code> is there for convenience; whoever changes a pack can change it too. Likewise take <code>verify.sh</code> from the published guide where you can.</p>
<pre>sh verify.sh PACKDIR LOGKEY.pem [TSA-CA.pem]
npx aimwell verify FILE.zip --key LOGKEY.pem [--against OLD-CHECKPOINT]</pre>
<p>The first needs a POSIX shell, openssl 3, sha256sum, base64, sed and awk. Without a key it checks that the pack agrees with itself, says that it is unanchored, and ends with 2.</p>
<h2>What is what</h2>
<table>${[
  ['records/', 'the entries, byte for byte as they are leaves of the log'],
  ['payloads/', 'what each entry said: 16 bytes of salt, then JSON; its SHA-256 stands in the entry as digest'],
  ['proofs/', 'the proof that the entry is in the log (C2SP tlog-proof)'],
  ['evidence/', 'the files, each named by the SHA-256 in its entry'],
  [
    'MANIFEST',
    'the SHA-256 of each of these and of the pages and documents; itself an entry of the log (MANIFEST.json, MANIFEST.tlog-proof), so that leaving something out shows',
  ],
  ['checkpoint', 'size and root of the log, signed (C2SP signed note); checkpoint.tsr is a time stamp of it where there is one'],
  ['consistency', 'the proof, for earlier checkpoints, that their log is the beginning of this one'],
  ['LEFT-OUT', 'what was left out, and why'],
]
  .map(([name, what]) => row(`<code>${name}</code>`, what ?? ''))
  .join('')}</table>`;

/** `index.html`: what is in the pack, where it lies, what was left out, how to check it. */
export const overviewPage = (pack: Overview): string =>
  page(
    `Audit pack of ${pack.organisation}`,
    [
      `<h1>Audit pack of ${escape(pack.organisation)}</h1>`,
      `<table>${[
        row('Scope', escape(pack.scope)),
        row('As of', pack.asOf === null ? 'the moment it was made' : escape(pack.asOf)),
        row('Made', escape(pack.madeAt)),
        row('Log', `<code>${escape(pack.origin)}</code>`),
        row('Entries', String(pack.entries)),
        row('Files of evidence', String(pack.evidence.length)),
        row('Left out', pack.leftOut === 0 ? 'nothing' : `${pack.leftOut}, ${to('LEFT-OUT', 'listed with the reasons')}`),
      ].join('')}</table>`,
      ...sections(pack),
      howTo,
    ].join('\n'),
  );
