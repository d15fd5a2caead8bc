import { type ReportFormat, reportFormats, type ReportInfo, type ReportName, reportNames } from '@aimwell/contract/reports/endpoints';
import { type Context, createContext, type Organisation } from '../platform/context.ts';
import type { Database, Tx } from '../platform/database/pool.ts';
import { invalid } from '../platform/errors.ts';
import { systemActor } from '../platform/identity/founding.ts';
import { reportAsOf, reportUnder } from '../platform/reports/as-of.ts';
import { fileName, formats } from '../platform/reports/formats.ts';
import type { Report } from '../platform/reports/model.ts';
import { coveringCheckpoint } from '../platform/trail/covering.ts';
import { presentOrPast } from '../platform/trail/past.ts';
import { reportKinds } from './all.ts';
import type { BuildOptions } from './build.ts';
import { listVersions } from './versions.ts';

export interface Rendered {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly fileName: string;
  readonly report: Report;
}

/** Reads what a document says. NOT_FOUND with what has to be made first when there is nothing to print. */
export const buildReport = async (tx: Tx, context: Context, name: ReportName, options: BuildOptions): Promise<Report> => {
  const kind = reportKinds[name];
  if (kind.versions === null && options.version !== undefined && options.version !== 'latest')
    throw invalid([
      {
        code: 'NO_VERSIONS',
        field: 'version',
        message: `expected no version, since the ${kind.title.toLowerCase()} is printed as it stands today`,
        remedy: 'Leave the version out.',
      },
    ]);
  const report = await kind.build(tx, context, options);
  return tx.asOf === null ? reportUnder(report, await coveringCheckpoint(tx)) : reportAsOf(report, tx.asOf);
};

/** Sets a document; to be called outside the transaction that read it, since it takes up to seconds. */
export const renderBuilt = async (report: Report, format: ReportFormat): Promise<Rendered> => ({
  bytes: await formats[format].render(report),
  type: formats[format].mediaType,
  fileName: fileName(report, format),
  report,
});

/** A document as bytes, for the command line; `asOf` is a day or an RFC 3339 moment. */
export const renderReport = async (
  house: { readonly database: Database; readonly now: () => Date; readonly config?: { readonly publicUrl: string } },
  organisation: Organisation,
  name: ReportName,
  format: ReportFormat,
  { asOf, ...options }: Pick<BuildOptions, 'version'> & { readonly asOf?: string | undefined } = {},
): Promise<Rendered> => {
  const context = createContext({ actor: systemActor, organisation, now: house.now() });
  const report = await house.database.inOrganisation(organisation.id, async (present) => {
    const then = await presentOrPast(present, context, asOf);
    return buildReport(then.tx, then.context, name, { ...options, publicUrl: house.config?.publicUrl });
  });
  return renderBuilt(report, format);
};

const infoOf = async (tx: Tx, context: Context, name: ReportName): Promise<ReportInfo> => {
  const { title, about, versions: register } = reportKinds[name];
  const base = { report: name, title, about, formats: [...reportFormats] };
  if (register === null) return { ...base, versions: [], standing: 'plain', missing: null };
  const versions = await listVersions(tx, register, context.organisation.timeZone);
  const standing = (versions.find((version) => version.standing === 'approved') ?? versions[0])?.standing ?? null;
  return {
    ...base,
    versions,
    standing,
    missing: standing === null ? `There is no ${title.charAt(0).toLowerCase()}${title.slice(1)} yet; make a draft first.` : null,
  };
};

/** Which documents there are, in the order in which an auditor reads them. */
export const listInfos = async (tx: Tx, context: Context): Promise<ReportInfo[]> => {
  const infos: ReportInfo[] = [];
  // One connection carries one query at a time.
  for (const name of reportNames) infos.push(await infoOf(tx, context, name));
  return infos;
};
