import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createJourney, type Journey } from '../../journey/testing.ts';
import { createContext } from '../context.ts';
import type { Tx } from '../database/pool.ts';
import { systemActor, tell } from '../identity/founding.ts';
import { gateFaults } from './verify-gates.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await createJourney('verify-gates');
});
afterAll(() => journey.close());

type Line = readonly [deed: string, process?: string];
const given = { register: 'systems', command: 'register' };

/** What is found where these entries were written and these processes stand; nothing of it is kept. */
const faultsOf = async (lines: readonly Line[], standing: readonly string[]): Promise<string[]> => {
  const undo = new Error('undo');
  let found: string[] = [];
  const look = async (tx: Tx) => {
    const context = createContext({ actor: systemActor, organisation: journey.organisation, now: new Date() });
    for (const [deed, process] of lines)
      await tell(tx, context, 'process-gates', tx.organisationId, deed, process === undefined ? given : { ...given, process });
    for (const process of standing)
      await tx.query(sql`insert into process_gates values (${tx.organisationId}::uuid, ${given.register}, ${given.command}, ${process})`);
    found = (await gateFaults(tx)).map(({ message }) => message);
    throw undo;
  };
  await journey.house.database.inOrganisation(journey.organisation.id, look).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return found;
};
const gate = (process: string) => `The gate before systems register for "${process}"`;

it.each<{ name: string; lines: Line[]; standing: string[] }>([
  {
    name: 'two bound',
    lines: [
      ['bind', 'a'],
      ['bind', 'b'],
    ],
    standing: ['a', 'b'],
  },
  {
    name: 'one of two freed',
    lines: [
      ['bind', 'a'],
      ['bind', 'b'],
      ['free', 'a'],
    ],
    standing: ['b'],
  },
  {
    name: 'bound again',
    lines: [
      ['bind', 'a'],
      ['free', 'a'],
      ['bind', 'a'],
      ['bind', 'a'],
    ],
    standing: ['a'],
  },
  {
    name: 'by entries of before: set in the place of another',
    lines: [
      ['set', 'a'],
      ['set', 'b'],
    ],
    standing: ['b'],
  },
  { name: 'by entries of before: removed, then bound', lines: [['set', 'a'], ['remove'], ['bind', 'b']], standing: ['b'] },
  {
    name: 'set before, one more bound since',
    lines: [
      ['set', 'a'],
      ['bind', 'b'],
    ],
    standing: ['a', 'b'],
  },
])('finds nothing where rows are what entries tell: $name', async ({ lines, standing }) => {
  expect(await faultsOf(lines, standing)).toEqual([]);
});

it.each<{ name: string; lines: Line[]; standing: string[]; says: string }>([
  { name: 'one more', lines: [['bind', 'a']], standing: ['a', 'b'], says: `${gate('b')} is there; no entry says so` },
  {
    name: 'one less',
    lines: [
      ['bind', 'a'],
      ['bind', 'b'],
    ],
    standing: ['a'],
    says: `${gate('b')} is not there; its newest entry says that it is bound`,
  },
  {
    name: 'one freed',
    lines: [
      ['bind', 'a'],
      ['free', 'a'],
    ],
    standing: ['a'],
    says: `${gate('a')} is there; its newest entry says that it is free`,
  },
  {
    name: 'one replaced before',
    lines: [
      ['set', 'a'],
      ['set', 'b'],
    ],
    standing: ['a', 'b'],
    says: `${gate('a')} is there; its newest entry says that it is free`,
  },
])('names what no entry tells: $name', async ({ lines, standing, says }) => {
  expect(await faultsOf(lines, standing)).toEqual([says]);
});
