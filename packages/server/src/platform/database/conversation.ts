import type pg from 'pg';

/**
 * A connection on which questions need not wait for the answer to the one before: the driver sends each at once and gives the answers in
 * the order of the questions. The types of the driver know of neither member yet.
 */
type Talking = pg.PoolClient & Pick<pg.Client, 'connection'> & { pipeline: boolean };

/** For the configuration of a pool whose connections talk so. */
export const talking = { pipeline: true };

/** Whatever is asked from here to the next tick (all that hangs on promises which are kept already) goes out in one write. */
export const inOneWrite = (client: pg.PoolClient): void => {
  const { stream } = (client as Talking).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
};

/**
 * The rows of a COPY in pieces. The driver allows none behind or before other questions, so the connection waits for each answer
 * meanwhile; everything asked before has to be answered.
 */
export async function* alone(client: pg.PoolClient, rows: () => AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const connection = client as Talking;
  connection.pipeline = false;
  try {
    yield* rows();
  } finally {
    connection.pipeline = true;
  }
}
