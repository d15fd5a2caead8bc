import { sql } from 'kysely';
import { newId } from '../../ids.ts';
import { appendToTrail } from '../append.ts';
import type { TestDatabase } from '../../testing/template.ts';

/** An organisation with nothing but a row, for tests of the trail alone. */
export const bareOrganisation = async ({ database }: TestDatabase, slug: string): Promise<string> => {
  const id = newId();
  await database.inOrganisation(id, (tx) =>
    tx.query(sql`insert into organizations (id, slug, name) values (${id}::uuid, ${slug}, ${slug})`),
  );
  return id;
};

/** One entry as a write leaves it; answers its id once it is committed. */
export const writeEntry = async ({ database }: TestDatabase, organisation: string, text: string): Promise<string> => {
  const entry = newId();
  await database.inOrganisation(organisation, (tx) =>
    appendToTrail(tx, [
      {
        entry,
        register: 'organisation',
        record: null,
        version: null,
        command: 'comment',
        actor: null,
        time: new Date().toISOString(),
        request: null,
        payload: { text },
      },
    ]),
  );
  return entry;
};

/** Waits until the condition holds; answers after how many milliseconds. */
export const until = async (condition: () => Promise<boolean> | boolean, mostMs = 20_000): Promise<number> => {
  const started = performance.now();
  while (!(await condition())) {
    if (performance.now() - started > mostMs) throw new Error(`expected it within ${mostMs} ms`);
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
  return performance.now() - started;
};
