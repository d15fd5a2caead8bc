import { escape, page } from '../../platform/pack/pages.ts';
import type { RunTold } from './histories.ts';
import { type Departure, departuresIn, minute, statusWords, stepRowsOf } from './run-steps.ts';

const cells = (tag: 'td' | 'th', texts: readonly string[]): string =>
  `<tr>${texts.map((text) => `<${tag}>${escape(text)}</${tag}>`).join('')}</tr>`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table>${cells('th', heads)}${rows.map((row) => cells('td', row)).join('')}</table>`;
const article = (told: RunTold): string => {
  const { identifier, title, process, version, record, startedAt, startedBy, endedAt, run } = told;
  const rows = stepRowsOf(told).map(({ name, state, first, last, by, evidence }) => [
    name,
    state,
    minute(first),
    minute(last),
    by,
    evidence,
  ]);
  const late = departuresIn(told);
  const about = record === null ? '' : ` · ${record.identifier} ${record.title}`;
  const ended = endedAt === null ? '' : `, to ${minute(endedAt)}`;
  return [
    `<article id="${identifier}"><h3>${escape(`${identifier} · ${title}`)}</h3>`,
    `<p><small>${escape(`${process.name}, version ${version}${about} · ${statusWords[run.status] ?? run.status} · from ${minute(startedAt)}${ended}${startedBy === null ? '' : `, started by ${startedBy}`}`)}</small></p>`,
    table(['Step', 'State', 'First', 'Last', 'Done by', 'Evidence'], rows),
    ...(late.length === 0 ? [] : [`<p>${escape(`Late or missing: ${late.map(({ step, what }) => `${step} (${what})`).join('; ')}.`)}</p>`]),
    '</article>',
  ].join('\n');
};

const back = '<p><a href="processes.html">Back to the processes</a></p>';

/** Runs with their steps: what was done, when, by whom, with which evidence. */
export const runsPage = (runs: readonly RunTold[]): string => {
  const title = `Runs ${runs[0]?.identifier ?? ''} to ${runs.at(-1)?.identifier ?? ''}`;
  return page(title, `${back}<h1>${escape(title)}</h1>\n${runs.map(article).join('\n')}`);
};

/** Late and skipped steps of many runs, in the order of the runs. */
export const departuresPage = (number: number, departures: readonly Departure[]): string => {
  const title = `Late and skipped steps, ${number}`;
  const rows = departures.map(({ run, process, step, what, since, due, ended }) => [run, process, step, what, since, due, ended]);
  return page(
    title,
    `${back}<h1>${title}</h1>${table(['Run', 'Process', 'Step', 'What', 'Came', 'Due', 'Ended'], rows)}<p><small>Told from the history of each run alone. A step not reached is one that the regular way through the map leads to.</small></p>`,
  );
};

export interface MapLine {
  readonly name: string;
  readonly number: number;
  readonly standing: string;
  readonly approvedBy: string;
  readonly approvedAt: string;
  readonly sha256: string;
  readonly files: readonly string[];
}

/** The first page of processes in a pack: the approved maps with their files, and where the runs are told. */
export const processesPage = (
  maps: readonly MapLine[],
  counts: { readonly runs: number; readonly departures: number },
  pages: readonly { readonly name: string; readonly title: string }[],
): string => {
  const to = (name: string, text = name) => `<a href="${escape(name)}">${escape(text)}</a>`;
  const rows = maps.map(
    ({ name, number, standing, approvedBy, approvedAt, sha256, files }) =>
      `<tr><td>${escape(name)}</td><td>${number}</td><td>${escape(standing)}</td><td>${escape(approvedBy)}</td><td>${minute(approvedAt)}</td><td>${files.map((file) => to(file)).join('<br>')}<br><code>${sha256}</code></td></tr>`,
  );
  return page(
    'Processes',
    `<p><a href="../index.html">Back to the overview</a></p><h1>Processes</h1>
<h2>Approved maps</h2>${maps.length === 0 ? '<p>None.</p>' : `<table>${cells('th', ['Process', 'Version', 'Standing', 'Approved by', 'Approved', 'Files and SHA-256 of the map'])}${rows.join('')}</table>`}
<h2>Runs</h2><p>${counts.runs} runs; ${counts.departures} steps in them were late or are missing.</p>
<ul>${pages.map(({ name, title }) => `<li>${to(name, title)}</li>`).join('')}</ul>`,
  );
};
