import type { Value, Variables } from '@aimwell/core/processes/instance';
import type { Tx } from '../platform/database/pool.ts';
import { ProblemError } from '../platform/errors.ts';
import type { Mail } from '../platform/mail/mail.ts';
import type { Finish, Handler, Handlers } from '../platform/outbox/handler.ts';
import { productContext } from './clock.ts';
import { jobNamed } from './jobs.ts';
import { processKinds, setOffBy, type Signal } from './leaving.ts';
import { holdRun } from './load.ts';
import { receiveMessage, signalBatch } from './messages.ts';
import { beginRisen } from './begin-risen.ts';
import type { Begin } from './risen.ts';
import { remindersOf } from './reminders.ts';
import { advance } from './run.ts';

interface Parts {
  readonly mail: Mail;
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** How often a job is tried before it becomes an incident, where a person sees it and can try again. */
const TRIES = 3;

/** What waited is gone: the run went another way, and nothing is left to do. */
const unlessGone = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ProblemError) || (error.code !== 'REFUSED' && error.code !== 'NOT_FOUND')) throw error;
  }
};

/** Carries out a job of a service or send task; what came of it goes into the run, and the token on. */
const jobHandler =
  (parts: Parts): Handler =>
  async (message, read): Promise<Finish> => {
    const { instance, token, node, job } = message.payload as { instance: string; token: number; node: string; job: string };
    const finish = async (tx: Tx, event: Parameters<typeof advance>[3], command: string) =>
      unlessGone(async () => {
        const run = await holdRun(tx, instance);
        const context = setOffBy(await productContext(tx, parts.now()), message.payload);
        await advance(tx, context, run, event, { command, said: { job, node } });
      });
    try {
      const work = jobNamed(job);
      if (work === undefined) throw new Error(`expected a job of the product, got "${job}"`);
      const values = await work({ id: message.id, instance, node, ...parts }, read);
      return (tx) => finish(tx, { kind: 'complete', token, variables: values }, 'job');
    } catch (error) {
      if (message.attempt < TRIES) throw error;
      const said = `The job "${job}" failed ${TRIES} times: ${(error as Error).message}`.slice(0, 1000);
      return (tx) => finish(tx, { kind: 'incident', token, code: 'JOB_FAILED', message: said }, 'incident');
    }
  };

const messageHandler =
  ({ now }: Parts): Handler =>
  async ({ payload }) => {
    const { name, correlation, variables } = payload as { name: string; correlation: Value; variables: Variables };
    // A thrown message that nobody waits for is lost, as BPMN has it.
    return (tx) =>
      unlessGone(async () => receiveMessage(tx, setOffBy(await productContext(tx, now()), payload), { name, correlation, variables }));
  };

const signalHandler =
  ({ now }: Parts): Handler =>
  async ({ payload }) =>
  async (tx) =>
    signalBatch(tx, setOffBy(await productContext(tx, now()), payload), payload as unknown as Signal);

const conditionsHandler =
  ({ now }: Parts): Handler =>
  async ({ payload }) =>
  (tx) =>
    unlessGone(async () => {
      const run = await holdRun(tx, (payload as { instance: string }).instance);
      await advance(tx, await productContext(tx, now()), run, { kind: 'variables', variables: {} }, { command: 'lookAgain' });
    });

const beginHandler =
  ({ now }: Parts): Handler =>
  async ({ payload }) =>
  (tx) =>
    beginRisen(tx, now(), payload as unknown as Begin);

const reminderHandler =
  ({ mail, publicUrl }: Parts): Handler =>
  async ({ id, payload }, read) => {
    // Without mail the list of tasks shows it; there is nothing to wait for.
    if (!mail.available) return;
    const letters = await read((tx) => remindersOf(tx, (payload as { task: string }).task, publicUrl));
    for (const [index, letter] of letters.entries()) await mail.send({ ...letter, id: `${id}-${index}` });
  };

/** Who carries out what processes put into the outbox. */
export const createProcessHandlers = (parts: Parts): Handlers => ({
  [processKinds.job]: jobHandler(parts),
  [processKinds.message]: messageHandler(parts),
  [processKinds.signal]: signalHandler(parts),
  [processKinds.reminder]: reminderHandler(parts),
  [processKinds.conditions]: conditionsHandler(parts),
  [processKinds.begin]: beginHandler(parts),
});
