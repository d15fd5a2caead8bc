import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/pool.ts';
import { notFound } from '../../platform/errors.ts';
import type { Report, Row, StatusShape, Table } from '../../platform/reports/model.ts';
import { type RunTold, runsAfter } from './histories.ts';
import { definitionsOf, mapSection, organisationOf } from './map-report.ts';
import { runOverlays } from './overlays.ts';
import { type Departure, departuresIn, minute, statusWords, stepRowsOf } from './run-steps.ts';

const shapes: Readonly<Record<string, StatusShape>> = {
  done: 'met',
  'under way': 'progress',
  stopped: 'major',
  'called off': 'excluded',
  'not reached': 'excluded',
  'may still come': 'planned',
};

const stepsTable = (told: RunTold): Table => ({
  kind: 'table',
  caption: 'Steps in the order in which they were come to',
  columns: [
    { header: 'Step', width: 2 },
    { header: 'State', width: 1 },
    { header: 'First', width: 1.2 },
    { header: 'Last', width: 1.2 },
    { header: 'Done by', width: 1.2 },
    { header: 'Evidence', width: 1.4 },
  ],
  rows: stepRowsOf(told).map(({ name, state, first, last, by, evidence }): Row => ({
    kind: 'row',
    cells: [
      { kind: 'text', text: name, strong: true },
      { kind: 'status', status: { shape: shapes[state] ?? 'none', word: state } },
      minute(first),
      minute(last),
      by,
      evidence,
    ],
  })),
});

const departuresTable = (departures: readonly Departure[]): Table => ({
  kind: 'table',
  caption: 'Steps that were late or are missing',
  columns: [{ header: 'Step', width: 2 }, { header: 'What', width: 1.2 }, { header: 'Came' }, { header: 'Due' }, { header: 'Ended' }],
  rows: departures.map(({ step, what, since, due, ended }): Row => ({ kind: 'row', cells: [step, what, since, due, ended] })),
  emptyText: 'None.',
});

/** A run as a document: where it stands on its map, its steps with who did them and when, and what was late or skipped. NOT_FOUND. */
export const runReport = async (tx: Tx, context: Context, id: string): Promise<Report> => {
  const [told] = (await runsAfter(tx, { records: [id], until: context.now.toISOString() }, 0))?.runs ?? [];
  if (told === undefined) throw notFound('run');
  const [map] = await tx.query<{ xml: string; sha256: string }>(
    sql`select xml, sha256 from process_versions where organization_id = ${tx.organisationId}::uuid and id = ${told.versionId}::uuid`,
  );
  if (map === undefined) throw notFound('version');
  const { identifier, title, process, version, record, startedAt, startedBy, endedAt, run } = told;
  return {
    title: `${identifier} ${title}`,
    subtitle: `Run of the process ${process.name}`,
    organisation: organisationOf(context),
    version: `Version ${version} of the map`,
    draft: false,
    date: context.today,
    language: 'en',
    orientation: 'landscape',
    sections: [
      {
        blocks: [
          {
            kind: 'facts',
            rows: [
              ['State', statusWords[run.status] ?? run.status],
              ...(record === null ? [] : [['About', `${record.identifier} ${record.title}`] as const]),
              ['Started', startedBy === null ? minute(startedAt) : `${minute(startedAt)} by ${startedBy}`],
              ...(endedAt === null ? [] : [['Ended', minute(endedAt)] as const]),
              ['SHA-256 of the map', map.sha256],
            ],
          },
        ],
      },
      mapSection(
        await definitionsOf(map.xml),
        process.name,
        `Where ${identifier} stands on its map. The table of steps says the same in words.`,
        runOverlays(told),
      ),
      { heading: 'Steps', blocks: [stepsTable(told)] },
      { heading: 'Late and skipped', blocks: [departuresTable(departuresIn(told))] },
    ],
  };
};
