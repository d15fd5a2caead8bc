import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/database/pool.ts';
import type { Cell, RecordLink, Report } from '../platform/reports/model.ts';
import type { Named } from './views.ts';

export interface BuildOptions {
  /** The id of a version, or `latest`; absent: the one in force, else the latest. */
  readonly version?: string | undefined;
  /** Where this house answers; without it identifiers are printed without a link. */
  readonly publicUrl?: string | undefined;
}

/** Reads what a document says, in one transaction; nothing is rendered here. */
export type BuildReport = (tx: Tx, context: Context, options: BuildOptions) => Promise<Report>;

/** Makes links to records of a register, as the web shows them. */
export type LinkTo = (register: string, record: Pick<Named, 'id' | 'identifier'>) => RecordLink;

export const linkTo =
  (context: Context, { publicUrl }: BuildOptions): LinkTo =>
  (register, { id, identifier }) => ({
    text: identifier,
    ...(publicUrl === undefined ? {} : { href: `${publicUrl.replace(/\/$/, '')}/o/${context.organisation.slug}/${register}/${id}` }),
  });

/** Identifiers as links with a few words below; the words alone where there is no record. */
export const linksCell = (items: readonly RecordLink[], note?: string): Cell =>
  items.length === 0 ? (note ?? '') : { kind: 'links', items, ...(note === undefined || note === '' ? {} : { note }) };

/** What every document says on its cover. */
export const coverOf = (context: Context): Pick<Report, 'organisation' | 'date' | 'language'> => ({
  organisation: context.organisation.demo ? `${context.organisation.name} (demonstration)` : context.organisation.name,
  date: context.today,
  language: 'en',
});
