import type { ImportCounts, ImportFixes, ImportPreview, ImportResult } from '@aimwell/contract/platform/transfer';
import type { Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { type Actor, createContext, type Organisation } from '../context.ts';
import type { AsOf, Database } from '../database/pool.ts';
import { ProblemError } from '../errors.ts';
import type { RegisterActions } from '../register/actions.ts';
import type { ListQuery } from '../register/list.ts';
import { resolveAsOf } from '../trail/as-of.ts';
import { commitImport, mayCreatePeople, type Report } from './commit.ts';
import { exportCheckpoint, type ExportFormat, openExport } from './export.ts';
import { tableOf } from './files.ts';
import { mappingFor, planImport } from './plan.ts';
import { previewOf } from './preview.ts';
import type { SavedMapping } from './source.ts';

/** Import and export for whoever has the house open without HTTP: the commands, the demonstration, measurements. */
export interface TransferHouse {
  readonly database: Database;
  readonly actions: RegisterActions;
  readonly now: () => Date;
}

export interface ImportOrder {
  readonly house: TransferHouse;
  readonly organisation: Organisation;
  readonly actor: Actor;
  /** Name of the register. */
  readonly register: string;
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly sheet?: string | undefined;
  /** Where columns go; without it as last time, or guessed. */
  readonly mapping?: SavedMapping | undefined;
  readonly fixes?: ImportFixes | undefined;
  readonly dryRun?: boolean | undefined;
  /** Unknown people are added to the directory; on unless said. */
  readonly createPeople?: boolean | undefined;
  /** Rows that still need something are imported as drafts. */
  readonly keepProblemsAsDrafts?: boolean | undefined;
  readonly progress?: Report | undefined;
}

export interface ImportAnswer {
  readonly summary: string;
  readonly counts: ImportCounts;
  readonly mapping: SavedMapping;
  readonly preview: ImportPreview;
  /** null in a dry run. */ readonly result: ImportResult | null;
}

const named = (name: string, importing: boolean): Register => {
  const register = registers.find((one) => one.name === name && (!importing || one.importable));
  if (register === undefined)
    throw new ProblemError('NOT_FOUND', {
      detail: `No register named ${name}${importing ? ' can be imported' : ''}.`,
      remedy: `One of ${registers
        .filter((one) => !importing || one.importable)
        .map((one) => one.name)
        .join(', ')}.`,
    });
  return register;
};

/**
 * Dry run and, unless only that is asked for, import of one table in one transaction. The dry run's answer comes with it
 * either way.
 * @throws ProblemError: INVALID (not a table), NOT_FOUND (register), REFUSED (rows that stand against it; nothing is written)
 */
export const importTable = async (order: ImportOrder): Promise<ImportAnswer> => {
  const register = named(order.register, true);
  const context = createContext({ actor: order.actor, organisation: order.organisation, now: order.house.now() });
  const table = await tableOf(order.bytes, order.fileName, order.sheet);
  const fixes = order.fixes === undefined ? {} : { fixes: order.fixes };
  return order.house.database.inOrganisation(order.organisation.id, async (tx) => {
    const mapping = order.mapping ?? (await mappingFor(tx, register, table)).mapping;
    const createPeople = order.createPeople ?? true;
    const plan = await planImport(tx, register, table, mapping, { ...fixes, createPeople: mayCreatePeople(context, createPeople) });
    const preview = previewOf(register, plan, { limit: 200, only: 'problems' });
    const answer = { summary: preview.summary, counts: preview.counts, mapping, preview };
    if (order.dryRun === true) return { ...answer, result: null };
    const options = { ...fixes, createPeople, keepProblemsAsDrafts: order.keepProblemsAsDrafts ?? false, fileName: order.fileName };
    return { ...answer, result: await commitImport(tx, context, order.house.actions, register, table, mapping, options, order.progress) };
  });
};

export interface ExportOrder {
  readonly house: TransferHouse;
  readonly organisation: Organisation;
  readonly register: string;
  readonly format: ExportFormat;
  readonly filters?: Partial<ListQuery> | undefined;
  /** A day or an RFC 3339 moment; absent: now. */
  readonly asOf?: string | undefined;
}

type Moment = Pick<ExportOrder, 'house' | 'organisation' | 'asOf'>;

const asOfOrder = async ({ house, organisation, asOf: asked }: Moment): Promise<AsOf | null> =>
  asked === undefined ? null : house.database.inOrganisation(organisation.id, (tx) => resolveAsOf(tx, asked, house.now()));

/** The signed note that goes with an export, to lie beside a file that has no place for it; null before the first checkpoint. */
export const checkpointOfExport = async (order: Moment): Promise<string | null> =>
  (await exportCheckpoint(order.house.database, { organisation: order.organisation.id, asOf: await asOfOrder(order) }))?.note ?? null;

/** A register as a stream of bytes, ready to be written to a file. @throws ProblemError NOT_FOUND, INVALID (a moment that is none or ahead) */
export const exportTable = async (order: ExportOrder): Promise<NodeJS.ReadableStream> => {
  const { house, organisation } = order;
  const register = named(order.register, false);
  const asOf = await asOfOrder(order);
  return openExport(house.database, { organisation: organisation.id, register, query: order.filters ?? {}, asOf }, order.format);
};
