import { startSequencer } from '../sequencer.ts';

// A server reduced to its sequencer, to be killed by a test.
const { connection, keys } = JSON.parse(process.argv[2] ?? '{}') as { connection: object; keys: string };
const sequencer = startSequencer({ connection, keys, now: () => new Date(), report: (line) => process.stderr.write(`${line}\n`) });
setInterval(() => process.stdout.write(sequencer.isLeading() ? 'leads\n' : 'waits\n'), 50);
