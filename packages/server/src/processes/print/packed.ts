import { sql } from 'kysely';
import { type Context, dayIn } from '../../platform/context.ts';
import type { Database, Tx } from '../../platform/database/pool.ts';
import type { AskedReports, PackedReport } from '../../platform/pack/make.ts';
import { renderPdf } from '../../platform/reports/pdf.ts';
import { momentOf as momentAsked } from '../../platform/trail/as-of.ts';
import { momentOf } from '../moments.ts';
import { type Chosen, runsAfter } from './histories.ts';
import { mapReport } from './map-report.ts';
import { departuresPage, type MapLine, processesPage, runsPage } from './run-pages.ts';
import { type Departure, departuresIn } from './run-steps.ts';

const DEPARTURES_OF_A_PAGE = 1000;

type Approved = Omit<MapLine, 'files'> & { readonly id: string; readonly key: string };

/** Versions that somebody approved by the moment: all, or those that are chosen. */
const approvedVersions = (tx: Tx, { records, until }: Chosen): Promise<Approved[]> =>
  tx.query<Approved>(sql`
    select v.id, m.key, m.name, v.number, v.sha256, coalesce(v.approved_name, '') as "approvedBy", ${momentOf('v.approved_at')} as "approvedAt",
      case when v.retired_at <= ${until}::timestamptz then 'retired' else 'in force' end as standing
    from process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
    where v.organization_id = ${tx.organisationId}::uuid and v.approved_at <= ${until}::timestamptz
      and ${records === null ? sql`true` : sql`v.id = any(${records as string[]}::uuid[])`} order by m.key, v.number`);

const bytesOf = async (tx: Tx, id: string): Promise<Uint8Array> => {
  const [row] = await tx.query<{ file: Buffer }>(
    sql`select file from process_versions where organization_id = ${tx.organisationId}::uuid and id = ${id}::uuid`,
  );
  if (row === undefined) throw new Error(`expected the version ${id}`);
  return row.file;
};

const four = (number: number): string => String(number).padStart(4, '0');

/**
 * What processes add to an audit pack: the approved maps (bytes as they came, and as PDF with their steps), every run with its steps, and
 * the list of late and skipped ones, as pages that need nothing else. One part at a time is in memory, whatever the number of runs.
 */
export async function* packedProcesses(
  database: Database,
  context: Context,
  { asOf, records }: Pick<AskedReports, 'asOf' | 'records'>,
): AsyncGenerator<PackedReport> {
  const moment = asOf === undefined ? context.now : momentAsked(asOf, context.now);
  const then: Context = { ...context, now: moment, today: dayIn(context.organisation.timeZone, moment) };
  const chosen: Chosen = { records, until: moment.toISOString() };
  const inTurn = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.inOrganisation(context.organisation.id, work);
  const html = (text: string) => Buffer.from(text, 'utf8');

  const maps: MapLine[] = [];
  for (const version of await inTurn((tx) => approvedVersions(tx, chosen))) {
    const base = `process-${version.key}-version-${version.number}`;
    const title = `${version.name}, version ${version.number}`;
    yield { name: `${base}.bpmn`, title: `${title} (BPMN 2.0)`, bytes: await inTurn((tx) => bytesOf(tx, version.id)) };
    const report = await inTurn((tx) => mapReport(tx, then, version.id));
    yield { name: `${base}.pdf`, title: `${title} (PDF with its steps)`, bytes: await renderPdf(report) };
    maps.push({ ...version, files: [`${base}.bpmn`, `${base}.pdf`] });
  }

  const pages: { readonly name: string; readonly title: string }[] = [];
  const put = (name: string, title: string, text: string): PackedReport => {
    pages.push({ name, title });
    return { name, title, bytes: html(text) };
  };
  const counts = { runs: 0, departures: 0 };
  let waiting: Departure[] = [];
  let written = 0;
  for (let after = 0, number = 1; ; number += 1) {
    const found = await inTurn((tx) => runsAfter(tx, chosen, after));
    const [first] = found?.runs ?? [];
    if (found !== null) after = found.last;
    if (found !== null && first !== undefined) {
      yield put(
        `process-runs-${four(number)}.html`,
        `Runs of processes, ${first.identifier} to ${found.runs.at(-1)?.identifier}`,
        runsPage(found.runs),
      );
      waiting.push(...found.runs.flatMap(departuresIn));
      counts.runs += found.runs.length;
    }
    const least = found === null ? 1 : DEPARTURES_OF_A_PAGE;
    while (waiting.length >= least) {
      const some = waiting.slice(0, DEPARTURES_OF_A_PAGE);
      waiting = waiting.slice(DEPARTURES_OF_A_PAGE);
      counts.departures += some.length;
      written += 1;
      yield put(`process-late-and-skipped-${four(written)}.html`, `Late and skipped steps, ${written}`, departuresPage(written, some));
    }
    if (found === null) break;
  }
  if (maps.length > 0 || counts.runs > 0)
    yield {
      name: 'processes.html',
      title: 'Processes: maps, runs, late and skipped steps',
      bytes: html(processesPage(maps, counts, pages)),
    };
}
