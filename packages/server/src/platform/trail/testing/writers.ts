import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a server acknowledged: this version of this record. */
export interface Acknowledged {
  readonly id: string;
  readonly version: number;
}

interface Options {
  /** Where to write now; asked before each try, since servers come and go. */
  readonly server: (writer: number) => string;
  readonly organisation: string;
  readonly token: string;
  readonly writers: number;
  readonly writes: number;
  readonly random: () => number;
  readonly acknowledged: (one: Acknowledged) => void;
}

/**
 * Writers that create and change systems over HTTP, each one write after the other, until every write is acknowledged: one that got
 * no answer is sent again under its idempotency key. Answers how often that was needed.
 */
export const runWriters = async ({ server, organisation, token, writers, writes, random, acknowledged }: Options): Promise<number> => {
  let again = 0;
  const write = async (writer: number, method: string, path: string, body: unknown, version: number | null): Promise<Acknowledged> => {
    const key = randomUUID();
    for (;;) {
      try {
        const answer = await fetch(`${server(writer)}/api/v1/orgs/${organisation}/systems${path}`, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'idempotency-key': key,
            ...(version === null ? {} : { 'if-match': `"${version}"` }),
          },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(20_000),
        });
        const text = await answer.text();
        if (answer.ok) return JSON.parse(text) as Acknowledged;
        // A server on its way up or down may answer that it cannot; anything else is a fault of the product.
        if (answer.status < 500 && answer.status !== 429)
          throw new Error(`expected the write to be taken, got ${answer.status}: ${text.slice(0, 500)}`);
      } catch (error) {
        if ((error as Error).message.startsWith('expected')) throw error;
      }
      again += 1;
      await sleep(25);
    }
  };
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      let own = null as Acknowledged | null;
      for (let n = 0; n < writes; n += 1) {
        const fresh: boolean = own === null || random() < 0.3;
        own = fresh
          ? await write(writer, 'POST', '', { name: `System ${writer}/${n}` }, null)
          : await write(writer, 'PATCH', `/${own?.id ?? ''}`, { name: `System ${writer}/${n}` }, own?.version ?? null);
        acknowledged({ id: own.id, version: own.version });
      }
    }),
  );
  return again;
};
