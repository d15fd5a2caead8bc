import { createDatabase } from '../../database/pool.ts';
import { startOutbox } from '../worker.ts';

// A server reduced to its outbox, to be killed by a test while it handles a message.
const { connection } = JSON.parse(process.argv[2] ?? '{}') as { connection: object };
startOutbox({
  database: createDatabase(connection),
  handlers: {
    effect: async ({ id }) => {
      process.stdout.write(`${id}\n`);
      await new Promise((resolve) => void setTimeout(resolve, 60_000));
    },
  },
  report: (line) => process.stderr.write(`${line}\n`),
  pollMs: 20,
  leaseMs: 500,
});
