import type { Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { fieldHeaders } from '../transfer/headers.ts';
import { choiceLabel, wordsOf } from '../transfer/fields.ts';
import type { PackedEntry } from './entries.ts';
import { numberOf, payloadPath, proofPath, recordPath } from './names.ts';

/** Text as HTML shows it. */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}article{border-top:1px solid #8886;padding:.75rem 0}article h3{font-size:1rem;margin:0}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.15rem 1rem;margin:.5rem 0}dt{color:GrayText}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-top:1px solid #8883;vertical-align:top;overflow-wrap:anywhere}th{overflow-wrap:normal}
code,pre{font:.875rem/1.4 ui-monospace,monospace}pre{overflow-x:auto;padding:.75rem;border:1px solid #8886}small{color:GrayText}
@media(max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}`;

/** A page that needs nothing from anywhere: no script, no font, no picture. */
export const page = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escape(title)}</title><style>${style}</style></head><body>\n${body}\n</body></html>\n`;

/** Relative address of a part of the pack from a page in `pages/`. */
const link = (path: string, text: string): string => `<a href="../${path}">${escape(text)}</a>`;

const registerOf = (name: string): Register | undefined => registers.find((register) => register.name === name);

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
type NameOf = (id: string) => string;

/** A value in a line of text; what is nested stays JSON. */
const plain = (register: Register | undefined, name: string, value: unknown, nameOf: NameOf): string =>
  words(register, name, value).replaceAll(uuids, nameOf);

const words = (register: Register | undefined, name: string, value: unknown): string => {
  if (typeof value === 'string') return register === undefined ? value : choiceLabel(register, name, value);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.map((each) => (register === undefined ? each : choiceLabel(register, name, each))).join('; ');
  return JSON.stringify(value);
};
const isEmpty = (value: unknown) => value === null || value === '' || (Array.isArray(value) && value.length === 0);

const lines = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.length === 0 ? '' : `<dl>${pairs.map(([term, said]) => `<dt>${escape(term)}</dt><dd>${escape(said)}</dd>`).join('')}</dl>`;

interface Said {
  readonly record?: {
    readonly identifier?: string;
    readonly values?: Readonly<Record<string, unknown>>;
    readonly custom?: Readonly<Record<string, unknown>>;
  };
  readonly reason?: unknown;
  readonly input?: unknown;
}

/** What an entry said, as terms and values: the record's fields under their labels, then reason and input. */
const saidLines = (
  registerName: string,
  payload: Buffer,
  nameOf: NameOf,
): { readonly identifier: string | null; readonly html: string } => {
  const said = JSON.parse(payload.toString('utf8')) as Said;
  const register = registerOf(registerName);
  if (said.record?.values === undefined || register === undefined)
    return { identifier: null, html: lines(Object.entries(said).map(([name, value]) => [name, plain(undefined, name, value, nameOf)])) };
  const { values, custom = {}, identifier } = said.record;
  const labels = new Map(fieldHeaders(register).map(({ name, header }) => [name, header]));
  const pairs = Object.entries(values).flatMap(([name, value]): [string, string][] =>
    isEmpty(value) ? [] : [[labels.get(name) ?? name, plain(register, name, value, nameOf)]],
  );
  const own = Object.entries(custom).map(([name, value]): [string, string] => [name, plain(undefined, name, value, nameOf)]);
  const beside = [
    said.reason === undefined ? [] : [['Reason', plain(undefined, '', said.reason, nameOf)] as const],
    isEmpty(said.input ?? null) ? [] : [['Input', plain(undefined, '', said.input, nameOf)] as const],
  ].flat();
  return { identifier: identifier ?? null, html: lines([...pairs, ...own, ...beside]) };
};

export interface Told {
  readonly entry: PackedEntry;
  /** Why its payload is not in the pack; null where it is. */
  readonly leftOut: string | null;
  /** Where its file lies; null without one, or where it was left out. */
  readonly file: string | null;
}

/** The ids of records in what an entry says, and of who acted. */
export const idsIn = ({ entry, leftOut }: Told): string[] => [
  ...(leftOut === null ? (entry.payload.toString('utf8').match(uuids) ?? []) : []),
  ...(/"actor":"([^"]+)"/.exec(entry.envelope)?.slice(1) ?? []),
];

const article = ({ entry, leftOut, file }: Told, nameOf: NameOf): string => {
  const envelope = JSON.parse(entry.envelope) as Readonly<Record<string, unknown>> & { actor: string | null };
  const said =
    leftOut === null
      ? saidLines(entry.register, entry.payload, nameOf)
      : { identifier: null, html: `<p><small>What it said is left out: ${escape(leftOut)}.</small></p>` };
  const register = registerOf(entry.register);
  const what = `${register === undefined ? entry.register : (wordsOf(register)?.many ?? entry.register)}${said.identifier === null ? '' : ` ${said.identifier}`}`;
  const version = typeof envelope['version'] === 'number' ? `, version ${envelope['version']}` : '';
  const parts = [
    link(recordPath(entry.seq), 'record'),
    ...(leftOut === null ? [link(payloadPath(entry.seq), 'payload')] : []),
    link(proofPath(entry.seq), 'proof'),
    ...(file === null ? [] : [link(file, String(envelope['file']))]),
  ];
  const who = envelope.actor === null ? 'Aimwell' : nameOf(envelope.actor);
  return `<article id="e${entry.seq}"><h3>${numberOf(entry.seq)} · ${escape(what)} · ${escape(String(envelope['command']))}${version}</h3><small>${escape(String(envelope['time']))} · ${escape(who)} · ${parts.join(' · ')}</small>${said.html}</article>`;
};

/** One page of entries: per entry what was said, by whom, when, and where its parts lie. */
export const entriesPage = (told: readonly Told[], nameOf: NameOf): string => {
  const [first, last] = [told[0]?.entry.seq ?? 0, told.at(-1)?.entry.seq ?? 0];
  const title = `Entries ${numberOf(first)} to ${numberOf(last)}`;
  return page(
    title,
    `<p><a href="../index.html">Back to the overview</a></p><h1>${title}</h1>\n${told.map((one) => article(one, nameOf)).join('\n')}`,
  );
};
