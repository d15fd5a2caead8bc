import { startServer } from '../../../main.ts';
import { readConfig } from '../../config.ts';

// The whole server as `npm start` runs it, to be killed by a test.
const server = await startServer(readConfig(process.env));
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
process.stdout.write('ready\n');
