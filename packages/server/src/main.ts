import path from 'node:path';
import { buildApp, openHouse } from './compose.ts';
import { handlersOf } from './handlers.ts';
import type { Config } from './platform/config.ts';
import { StartError } from './platform/database/embedded/errors.ts';
import { startGuard } from './platform/trail/guard.ts';
import { startLeaving } from './platform/leaving/schedule.ts';
import { startOutbox } from './platform/outbox/worker.ts';
import { startSequencer } from './platform/trail/sequencer.ts';
import { startProcessClock } from './processes/clock.ts';

export interface RunningServer {
  readonly setupLink: string | null;
  readonly database: 'embedded' | 'external';
  stop(): Promise<void>;
}

/** Who answers on our port, if anybody does. */
const whoAnswers = async (config: Config): Promise<'aimwell' | 'other' | 'nobody'> => {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  try {
    const answer = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${config.port}/api/v1/health`, {
      signal: AbortSignal.timeout(1500),
    });
    const body: unknown = await answer.json();
    return typeof body === 'object' && body !== null && 'database' in body ? 'aimwell' : 'other';
  } catch (error) {
    return (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED' ? 'nobody' : 'other';
  }
};

/** Opens database and identity, listens, and says how to end. Throws StartError with one sentence and its remedy. */
export const startServer = async (config: Config): Promise<RunningServer> => {
  const already = await whoAnswers(config);
  if (already === 'aimwell')
    throw new StartError(
      'ALREADY_RUNNING',
      `Aimwell already runs at ${config.publicUrl}.`,
      'Use that one, or set PORT and AIMWELL_DATA to run another beside it.',
    );
  if (already === 'other')
    throw new StartError(
      'PORT_TAKEN',
      `Port ${config.port} on ${config.host} is used by another program.`,
      'End that program, or set PORT to a free port.',
    );
  const house = await openHouse(config);
  const app = await buildApp(house);
  // Asked before this server leads: whether the one before was cut off.
  const guard = await startGuard({ ...house.guard, report: (line) => process.stderr.write(`${line}\n`) });
  const report = (line: string) => void process.stderr.write(`${line}\n`);
  const outbox = startOutbox({ database: house.database, handlers: handlersOf(house), report });
  const leaving = startLeaving({ database: house.database, now: house.now, report });
  const clock = startProcessClock({ database: house.database, now: house.now, report });
  const sequencer = startSequencer({
    connection: house.migrated.sequencer,
    keys: path.join(config.dataDirectory, 'keys'),
    now: house.now,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  const stop = async () => {
    await app.close();
    await guard.stop();
    await Promise.all([clock.stop(), leaving.stop(), outbox.stop()]);
    // After the last write, so that nothing answered waits for the next start to be anchored.
    await sequencer.stop();
    await house.close();
  };
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await stop();
    const code = (error as { code?: string }).code;
    if (code === 'EADDRINUSE')
      throw new StartError(
        'PORT_TAKEN',
        `Port ${config.port} on ${config.host} is used by another program.`,
        'End that program, or set PORT to a free port.',
      );
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
      throw new StartError(
        'PORT_TAKEN',
        `Port ${config.port} on ${config.host} cannot be opened (${code}).`,
        'Set PORT to a number above 1023 and HOST to an address of this machine.',
      );
    throw error;
  }
  return { setupLink: await house.identity.setupLink(), database: house.opened.kind, stop };
};
