import { sql } from 'kysely';
import type { Graph } from '@aimwell/core/processes/graph';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/pool.ts';
import { notFound } from '../../platform/errors.ts';
import type { Cell, Report, Section } from '../../platform/reports/model.ts';
import type { Element } from '../map/element.ts';
import { layOut, type Overlays } from '../map/draw/draw.ts';
import { readMap } from '../map/read.ts';
import { shownSteps } from '../map/shown-steps.ts';
import { stepsOf } from '../map-reads.ts';
import { momentOf } from '../moments.ts';
import { picturesOf } from './pictures.ts';
import { stepTable } from './step-table.ts';

interface Version {
  readonly number: number;
  readonly state: 'draft' | 'review' | 'approved' | 'retired';
  readonly note: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly xml: string;
  readonly graph: Graph | null;
  readonly refusals: readonly { readonly message: string }[];
  readonly approvedName: string | null;
  readonly approvedFunction: string | null;
  readonly approvedAt: string | null;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly clauses: readonly string[];
}

/** The name of the organisation as it stands on paper. */
export const organisationOf = ({ organisation }: Context): string =>
  organisation.demo ? `${organisation.name} (demonstration)` : organisation.name;

const labels = {
  draft: (number: number) => `Draft ${number}`,
  review: (number: number) => `Draft ${number}, in review`,
  approved: (number: number) => `Version ${number}`,
  retired: (number: number) => `Version ${number}, retired`,
} as const;

const standing: Readonly<Record<Version['state'], Cell>> = {
  draft: { kind: 'status', status: { shape: 'draft', word: 'Draft' } },
  review: { kind: 'status', status: { shape: 'draft', word: 'In review' } },
  approved: { kind: 'status', status: { shape: 'approved', word: 'In force' } },
  retired: { kind: 'status', status: { shape: 'superseded', word: 'Retired: no new runs take it' } },
};

/** The drawing of a map on its sheets; says so where there is none. */
export const mapSection = (definitions: Element | null, name: string, alt: string, overlays?: Overlays): Section => {
  const drawing = definitions === null ? null : layOut(definitions, overlays);
  return {
    heading: 'Map',
    blocks: drawing === null ? [{ kind: 'note', text: 'This map holds no drawing.' }] : picturesOf(drawing, name, alt),
  };
};

/** A map that was kept, as its elements; null should it not read any more. */
export const definitionsOf = async (xml: string): Promise<Element | null> => {
  const read = await readMap(Buffer.from(xml, 'utf8'));
  return 'refused' in read ? null : read.definitions;
};

const factsOf = (version: Version): (readonly [string, Cell])[] => [
  ['Process', version.key],
  ['Standing', standing[version.state]],
  ...(version.description === '' ? [] : [['About', version.description] as const]),
  ...(version.clauses.length === 0 ? [] : [['Clauses', version.clauses.join(', ')] as const]),
  ...(version.note === '' ? [] : [['Note', version.note] as const]),
  ['File', version.fileName],
  // An approved version bears it beside its signature.
  ...(version.approvedAt === null ? [['SHA-256 of the file', version.sha256] as const] : []),
];

const notExecuted = ({ graph, refusals }: Version): Section[] =>
  graph === null
    ? [
        {
          heading: 'Not executed',
          blocks: [
            { kind: 'paragraph', text: 'This map is kept and shown as documentation. What stands against executing it:' },
            { kind: 'list', items: refusals.map(({ message }) => message) },
          ],
        },
      ]
    : [];

/** A version of a map as a document: what it is, who approved it, its drawing and its steps as a table. NOT_FOUND. */
export const mapReport = async (tx: Tx, context: Context, id: string): Promise<Report> => {
  const [version] = await tx.query<Version>(sql`
    select v.number, case when v.retired_at > ${context.now.toISOString()}::timestamptz then 'approved' else v.state end as state, v.note, v.sha256, v.file_name as "fileName", v.xml, v.graph, v.refusals, v.approved_name as "approvedName",
      v.approved_function as "approvedFunction", ${momentOf('v.approved_at')} as "approvedAt", m.key, m.name, m.description, m.clauses
    from process_versions v join process_maps m on m.organization_id = v.organization_id and m.id = v.map_id
    where v.organization_id = ${tx.organisationId}::uuid and v.id = ${id}::uuid`);
  if (version === undefined) throw notFound('version');
  const { number, state, graph, approvedAt, approvedName, approvedFunction, sha256 } = version;
  const definitions = await definitionsOf(version.xml);
  const steps = graph !== null ? stepsOf(graph) : definitions === null ? [] : shownSteps(definitions);
  const draft = approvedAt === null;
  return {
    title: version.name,
    subtitle: 'Process map with its steps',
    organisation: organisationOf(context),
    version: labels[state](number),
    draft,
    date: context.today,
    language: 'en',
    orientation: 'landscape',
    ...(draft
      ? {}
      : {
          approval: {
            name: approvedName ?? 'a person not named',
            function: approvedFunction ?? 'no function recorded',
            at: approvedAt,
            statement: `Version ${number} of the process ${version.name}, as in the file ${version.fileName}.`,
            hash: sha256,
          },
        }),
    sections: [
      { blocks: [{ kind: 'facts', rows: factsOf(version) }] },
      mapSection(definitions, version.name, `Process map: ${version.name}. The table of steps says the same in words.`),
      { heading: 'Steps', blocks: [stepTable(steps)] },
      ...notExecuted(version),
    ],
  };
};
