import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './errors.ts';
import { judgeLeftover, setLockFilesAside, stopOrphan } from './leftovers.ts';
import { endPostmaster, isAlive, launchOnce, LockedElsewhere, type Launched, type Plan } from './postmaster.ts';

// Measured after kill -9: the old server's processes need up to some seconds to notice and to let go.
const PATIENCE_MS = 10_000;
const ORPHAN_PATIENCE_MS = 2_000;
const RETRY_MS = 100;
const STILL_HELD = /lock file|pre-existing shared memory block|already in use/;

/** Starts PostgreSQL, waiting for what a dead one left behind. Its own lock decides; ours only says who may try. */
export async function launch(plan: Plan): Promise<Launched> {
  const begun = performance.now();
  for (;;) {
    const launched = await launchOnce(plan).catch((error: unknown) => {
      if (error instanceof LockedElsewhere || (error instanceof StartError && STILL_HELD.test(error.message))) return error;
      throw error;
    });
    if (!(launched instanceof Error)) return launched;
    const waited = performance.now() - begun;
    const leftover = await judgeLeftover(plan.layout);
    if (waited > PATIENCE_MS) {
      throw new StartError(
        'STILL_RUNNING',
        `A PostgreSQL that no Aimwell owns still uses ${plan.layout.cluster} (see its postmaster.pid).`,
        'End that process, then start again.',
        launched,
      );
    }
    if (leftover === 'stale' && !(launched instanceof LockedElsewhere)) await setLockFilesAside(plan.layout);
    else if (leftover === 'orphan' && waited > ORPHAN_PATIENCE_MS) await stopOrphan(plan);
    else await sleep(RETRY_MS);
  }
}

export type Supervised = { readonly version: string; stop(): Promise<void> };

/** Starts PostgreSQL and keeps it running: when it ends unasked it is started again, at the same address. */
export async function supervise(plan: Plan): Promise<Supervised> {
  const wanted = { running: true };
  let current = await launch(plan);
  let restarting: Promise<void> = Promise.resolve();
  const watch = (): void => {
    if (isAlive(current.child)) current.child.once('exit', onExit);
    else onExit();
  };
  const onExit = (): void => {
    if (!wanted.running) return;
    plan.log('PostgreSQL ended unasked and is started again.');
    restarting = restart();
  };
  const restart = async (): Promise<void> => {
    for (let pause = 200; wanted.running; pause = Math.min(pause * 2, 5_000)) {
      try {
        current = await launch(plan);
        watch();
        return;
      } catch (error) {
        plan.log(error instanceof Error ? error.message : String(error));
        await sleep(pause, undefined, { ref: false });
      }
    }
  };
  // Where the kernel does not tie the server to us, an ordinary exit at least takes it along.
  const onProcessExit = (): void => void current.child.kill('SIGINT');
  process.on('exit', onProcessExit);
  watch();
  const stop = async (): Promise<void> => {
    wanted.running = false;
    await restarting;
    await endPostmaster(current.child, plan);
    process.off('exit', onProcessExit);
  };
  return { version: current.version, stop };
}
