import { reportNames } from '@aimwell/contract/reports/endpoints';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database/pool.ts';
import type { PackedReport } from '../platform/pack/make.ts';
import { presentOrPast } from '../platform/trail/past.ts';
import { listInfos, renderReport } from './actions.ts';

interface House {
  readonly database: Database;
  readonly now: () => Date;
  readonly config?: { readonly publicUrl: string };
}

/** The documents there are, as PDF, for an audit pack; one after the other, so that one at a time is in memory. */
export async function* packedReports(house: House, context: Context, asOf: string | undefined): AsyncGenerator<PackedReport> {
  const { organisation } = context;
  const infos = await house.database.inOrganisation(organisation.id, async (present) => {
    const then = await presentOrPast(present, context, asOf);
    return listInfos(then.tx, then.context);
  });
  for (const name of reportNames) {
    if (infos.find(({ report }) => report === name)?.missing !== null) continue;
    const { bytes } = await renderReport(house, organisation, name, 'pdf', { asOf });
    yield { name: `${name}.pdf`, bytes };
  }
}
