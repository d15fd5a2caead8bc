import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Field } from '@aimwell/contract/platform/field';
import { registers } from '@aimwell/contract/registers';
import type { Role } from '@aimwell/core/roles/permissions';
import { buildApp, type OpenHouse, openHouse } from '../compose.ts';
import { createContext, type Organisation } from '../platform/context.ts';
import { createOrganisation, systemActor } from '../platform/identity/founding.ts';
import { createOperatorToken } from '../platform/identity/identity.ts';
import { newId } from '../platform/ids.ts';
import { loadRows } from '../platform/register/read.ts';
import { writeRecords } from '../platform/register/write.ts';
import { createTestDatabase } from '../platform/testing/template.ts';
import { removeFolder } from '../platform/testing/folder.ts';

/** A value that the field accepts, alike on every run. */
export const sampleValue = (field: Field): unknown => {
  switch (field.kind) {
    case 'text':
    case 'longText':
      return 'Sample';
    case 'integer':
      return Math.max(field.min, 1);
    case 'boolean':
      return true;
    case 'date':
      return '2026-01-15';
    case 'moment':
      return '2026-01-15T10:00:00.000Z';
    case 'choice':
      return field.choices[0];
    case 'choices':
      return [field.choices[0]];
    case 'code':
      return firstCode[field.catalog];
    case 'codes':
      return [firstCode[field.catalog]];
    case 'reference':
      return null;
    case 'references':
      return [];
    case 'result':
      return null;
  }
};
const firstCode = { controls: 'A.2.2', requirements: '4.1-1', clauses: '4.1', 'risk-sources': 'RS-DATA-COVERAGE' } as const;

/** One organisation with one record of every register; `ids` by register. */
export interface Furnished {
  readonly organisation: Organisation;
  readonly ids: Readonly<Record<string, string>>;
  readonly token: (role: Role) => Promise<string>;
}

/**
 * One record of each register, references included, written as the product itself would: rooms' rules are not asked,
 * since what is tested is who may see and touch them.
 */
const furnish = async (house: OpenHouse, slug: string): Promise<Furnished> => {
  const organisation = await createOrganisation(house.identity.parts, { name: `Organisation ${slug}`, slug });
  const ids: Record<string, string> = Object.fromEntries(registers.map((register) => [register.name, newId()]));
  const context = createContext({ actor: systemActor, organisation, now: new Date('2026-02-01T09:00:00Z') });
  await house.database.inOrganisation(organisation.id, async (tx) => {
    for (const register of registers) {
      const plain = Object.entries(register.fields)
        .filter(([, field]) => field.kind !== 'reference' && field.kind !== 'references')
        .map(([name, field]) => [name, sampleValue(field)]);
      const needed = Object.entries(register.fields)
        .filter(([, field]) => field.kind === 'reference' && field.required === true)
        .map(([name, field]) => [name, ids[(field as { to: string }).to]]);
      await writeRecords(
        tx,
        context,
        register,
        [{ before: null, id: ids[register.name] ?? '', set: { ...Object.fromEntries(plain), ...Object.fromEntries(needed) } }],
        { command: 'create' },
      );
    }
    // All other references, once every record is there, so that an answer that follows any of them has something to tell.
    for (const register of registers) {
      const [before] = await loadRows(tx, register, [ids[register.name] ?? '']);
      const links = Object.entries(register.fields).flatMap(([name, field]): [string, unknown][] =>
        field.kind === 'reference' ? [[name, ids[field.to]]] : field.kind === 'references' ? [[name, [ids[field.to]]]] : [],
      );
      if (before !== undefined && links.length > 0)
        await writeRecords(tx, context, register, [{ before, set: Object.fromEntries(links) }], { command: 'patch' });
    }
  });
  const tokens = new Map<Role, Promise<string>>();
  const token = (role: Role) => {
    const found = tokens.get(role) ?? createOperatorToken(house.identity.parts, slug, { name: role, role, days: 1 });
    tokens.set(role, found);
    return found;
  };
  return { organisation, ids, token };
};

/** The whole product over a database of its own, with two furnished organisations. */
export const createFurnishedHouse = async () => {
  const test = await createTestDatabase();
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'aimwell-house-'));
  const config = {
    host: '127.0.0.1',
    port: 4600,
    publicUrl: 'http://127.0.0.1:4600',
    dataDirectory,
    databaseUrl: null,
    smtpUrl: null,
    mailFrom: 'aimwell@example.org',
    maxUploadBytes: 1_000_000,
  };
  const house = await openHouse(config, { owner: test.owner, kind: 'embedded', attached: true, version: '', stop: async () => {} });
  const app = await buildApp(house);
  await app.ready();
  const close = async () => {
    await app.close();
    await house.close();
    await test.drop();
    await removeFolder(dataDirectory);
  };
  return { house, app, owner: test.owner, ours: await furnish(house, 'ours'), theirs: await furnish(house, 'theirs'), close };
};
