import { listReports, readReport } from '@aimwell/contract/reports/endpoints';
import type { FastifyInstance } from 'fastify';
import { tellExport } from '../platform/http/handed-out.ts';
import { type House, mount } from '../platform/http/mount.ts';
import { buildReport, listInfos, renderBuilt } from './actions.ts';

/** Mounts the documents. `publicUrl` makes the identifiers in them links to their records. */
export const mountReports = (app: FastifyInstance, house: House, publicUrl?: string): void => {
  mount(app, house, listReports, async (tx, context) => ({ value: { items: await listInfos(tx, context) } }));
  mount(
    app,
    house,
    readReport,
    async (tx, context, { params, query }) => {
      const report = await buildReport(tx, context, params.report, { version: query.version, publicUrl });
      return {
        later: async () => {
          const { bytes, type, fileName } = await renderBuilt(report, query.format);
          return { bytes, type, fileName };
        },
      };
    },
    undefined,
    (tx, context, { params, query }) => tellExport(tx, context, 'reports', { report: params.report, ...query }),
  );
};
