import { registerNamed, registers } from '@aimwell/contract/registers';
import type { Dataset } from '@aimwell/core/conformity/memory';
import type { Value } from '@aimwell/core/conformity/values';
import { identifierOf } from '@aimwell/contract/platform/register';
import { sql } from 'kysely';
import { createContext, type Context, type Organisation } from '../platform/context.ts';
import type { Database, Tx } from '../platform/database/pool.ts';
import { newId } from '../platform/ids.ts';
import { findRows, loadRow } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';

/** An organisation for tests, with ways to write records as the platform writes them. */
export const createOrganisation = async (database: Database, slug: string, now = '2026-11-21T10:00:00Z') => {
  const organisation: Organisation = { id: newId(), slug, name: slug, timeZone: 'UTC', demo: false, settings: {} };
  const context: Context = createContext({
    actor: { kind: 'system', personId: null, roles: ['administrator'] },
    organisation,
    now: new Date(now),
  });
  const within = <T>(work: (tx: Tx) => Promise<T>) => database.inOrganisation(organisation.id, work);
  await within((tx) => tx.query(sql`insert into organizations (id, slug, name) values (${organisation.id}::uuid, ${slug}, ${slug})`));
  const add = (register: string, values: readonly Readonly<Record<string, unknown>>[]) =>
    within((tx) =>
      writeRecords(
        tx,
        context,
        registerNamed(register),
        values.map((set) => ({ before: null, set })),
        { command: 'create' },
      ),
    );
  const change = (register: string, id: string, set: Readonly<Record<string, unknown>>) =>
    within(async (tx) =>
      writeRecords(tx, context, registerNamed(register), [{ before: await loadRow(tx, registerNamed(register), id), set }], {
        command: 'patch',
      }),
    );
  return { organisation, context, within, add, change };
};

/** Every live record of every register, as the memory source takes them. */
export const dumpOf = async (tx: Tx): Promise<Dataset> => {
  const dataset: Record<string, Record<string, Value>[]> = {};
  for (const register of registers) {
    dataset[register.name] = (await findRows(tx, register, {})).map((row) => ({
      ...(row as unknown as Record<string, Value>),
      identifier: identifierOf(register, row.number),
      title: (row[register.title] as Value) ?? '',
    }));
  }
  return dataset;
};
