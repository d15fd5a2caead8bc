import { checkpointHeader, exportRegister } from '@aimwell/contract/platform/endpoints';
import { listQuery } from '@aimwell/contract/platform/endpoint';
import type { Register } from '@aimwell/contract/platform/register';
import { commitImport as commitEndpoint, previewImport, uploadImport } from '@aimwell/contract/platform/transfer';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { invalid, ProblemError, problemBody } from '../errors.ts';
import { receiveFile } from '../files/receive.ts';
import type { FileStore } from '../files/store.ts';
import { tellExport } from '../http/handed-out.ts';
import { type House, mount } from '../http/mount.ts';
import type { LongWork } from '../queue/work.ts';
import type { RegisterActions } from '../register/actions.ts';
import type { ListQuery } from '../register/list.ts';
import { LIMITS } from '../tables/limits.ts';
import { registerFor } from '../register/shared-routes.ts';
import { commitImport, mayCreatePeople } from './commit.ts';
import { exportCheckpoint, exportTypes, openExport } from './export.ts';
import { targetFields } from './fields.ts';
import { bytesOf, keepTable, tableOf } from './files.ts';
import { mappingFor, planImport } from './plan.ts';
import { previewOf } from './preview.ts';

const importable = (context: Context, name: string): Register => {
  const register = registerFor(context, name, 'create');
  registerFor(context, name, 'change');
  if (!register.importable) throw new ProblemError('NOT_FOUND', { detail: `${name} cannot be imported.` });
  return register;
};

const describe = (error: unknown): unknown => {
  if (error instanceof ProblemError) return problemBody(error);
  process.stderr.write(
    `${JSON.stringify({ level: 'error', work: 'import', message: (error as Error).message, stack: (error as Error).stack })}\n`,
  );
  return problemBody(new ProblemError('INTERNAL'));
};

const filtersOf = (register: Register, given: unknown): ListQuery => {
  const parsed = (listQuery(register) as unknown as z.ZodType<ListQuery>).safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map((issue) => ({ code: 'FILTER', field: issue.path.join('.') || 'query', message: issue.message })));
};

/** The routes of import and export for every register. */
export const mountTransfer = (
  app: FastifyInstance,
  house: House,
  { actions, files, work }: { readonly actions: RegisterActions; readonly files: FileStore; readonly work: LongWork },
): void => {
  mount(
    app,
    house,
    uploadImport,
    async (tx, context, { params, query, received }) => {
      const register = importable(context, params.register);
      const file = await keepTable(tx, received);
      const table = await tableOf(await bytesOf(tx, files, file), received.name, query.sheet);
      const { mapping, from } = await mappingFor(tx, register, table);
      return {
        value: {
          file,
          name: received.name.slice(0, 300),
          kind: table.kind,
          encoding: table.encoding,
          rows: table.rows.length,
          blankRows: table.blankRows,
          problems: table.problems.slice(0, 200).map((problem) => ({ ...problem })),
          ...(table.delimiter === undefined ? {} : { delimiter: table.delimiter }),
          ...(table.sheet === undefined ? {} : { sheet: table.sheet }),
          ...(table.sheets === undefined ? {} : { sheets: table.sheets.map((sheet) => ({ ...sheet })) }),
          headers: table.headers.map(({ index, text, key }) => ({ index, text, key })),
          sample: table.rows.slice(0, 5).map(({ number, cells }) => ({ row: number, cells: [...cells] })),
          fields: targetFields(register).map(({ name, label, kind, required, choices }) => ({
            name,
            label,
            kind,
            required: required === true,
            ...(choices === undefined ? {} : { choices: choices.map(({ value, label: words }) => ({ value, label: words })) }),
          })),
          mapping: mapping as never,
          mappingFrom: from,
        },
      };
    },
    receiveFile(files, LIMITS.fileBytes),
  );

  mount(app, house, previewImport, async (tx, context, { params, body }) => {
    const register = importable(context, params.register);
    const table = await tableOf(await bytesOf(tx, files, body.file), body.name, body.sheet);
    const plan = await planImport(tx, register, table, body.mapping as never, {
      fixes: body.fixes,
      createPeople: mayCreatePeople(context, body.createPeople),
    });
    return { value: previewOf(register, plan, body) };
  });

  mount(app, house, commitEndpoint, async (tx, context, { params, body }) => {
    const register = importable(context, params.register);
    const bytes = await bytesOf(tx, files, body.file);
    const table = await tableOf(bytes, body.name, body.sheet);
    const id = await work.start(
      context,
      'import',
      body.name,
      (progress) =>
        house.database.inOrganisation(context.organisation.id, (own) =>
          commitImport(own, context, actions, register, table, body.mapping as never, { ...body, fileName: body.name }, progress.report),
        ),
      describe,
    );
    return { value: { work: id } };
  });

  mount(
    app,
    house,
    exportRegister,
    async (tx, context, { params, query: { format, ...filters } }) => {
      const register = registerFor(context, params.register, 'read');
      const wanted = { organisation: context.organisation.id, register, query: filtersOf(register, filters), asOf: tx.asOf };
      const fileName = `${register.name}-${context.today}.${format}`;
      return {
        later: async () => {
          const checkpoint = await exportCheckpoint(house.database, wanted);
          // CSV has no place inside for it.
          const headers = checkpoint === null ? {} : { [checkpointHeader]: Buffer.from(checkpoint.note, 'utf8').toString('base64') };
          return { bytes: await openExport(house.database, wanted, format), type: exportTypes[format], fileName, headers };
        },
      };
    },
    undefined,
    async (tx, context, { params, query: { format, ...filters } }) => {
      const register = registerFor(context, params.register, 'read');
      await tellExport(tx, context, register.name, { format, filters: filtersOf(register, filters) });
    },
  );
};
