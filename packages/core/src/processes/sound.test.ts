import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProcessEvent } from './happenings.ts';
import type { Instance, Variables } from './instance.ts';
import { migrateInstance } from './migrate.ts';
import { describeRun } from './overlay.ts';
import { type Built, mapOf } from './testing/blocks.ts';
import type { Block, Kind } from './testing/pieces.ts';
import { evaluate, play } from './testing/play.ts';

const kinds = (...all: Kind[]) => fc.constantFrom(...all);
/** Any map of such blocks, nested up to four deep. */
const anyBlock = fc.letrec<{ block: Block }>((tie) => {
  const made = (kind: fc.Arbitrary<Kind>, minLength: number, maxLength: number) =>
    fc.record({
      kind,
      blocks: fc.array(tie('block'), { minLength, maxLength }),
      times: fc.constantFrom(2, 1, 3, 0),
      sequential: fc.boolean(),
    });
  return {
    block: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      { weight: 2, arbitrary: made(kinds('task', 'task', 'task', 'job', 'call', 'catch', 'rule', 'link'), 0, 0) },
      { weight: 3, arbitrary: made(kinds('sequence'), 2, 4) },
      { weight: 3, arbitrary: made(kinds('parallel', 'inclusive'), 2, 3) },
      { weight: 1, arbitrary: made(kinds('exclusive', 'eventBased'), 2, 3) },
      { weight: 2, arbitrary: made(kinds('loop', 'sub', 'standard', 'many'), 1, 1) },
      { weight: 1, arbitrary: made(kinds('interrupted', 'reminded', 'served', 'caught', 'stopped'), 2, 2) },
    ),
  };
}).block;

const RUNS = 100;
/** After so many events every loop is told to end. */
const PATIENCE = 40;

/** Facts drawn from a number; `over`: nothing is to be done again. */
const factsOf = ({ yesNo, ways }: Built, seed: number, over: boolean): Variables => ({
  ...Object.fromEntries(yesNo.map((name, index) => [name, !(over && name.startsWith('l')) && ((seed >> (index % 16)) & 1) === 1])),
  ...Object.fromEntries(ways.map((name, index) => [name, (seed >> (index % 8)) % 3])),
});

/** Plays a map to its end: which of all that waits comes next is drawn. */
const playOut = (built: Built, seeds: readonly number[]) => {
  const seedAt = (index: number) => seeds[index % seeds.length] ?? 0;
  const run = play(built.graph, factsOf(built, seedAt(0), false));
  let events = 0;
  for (; run.status === 'active' && events < 1500; events += 1) {
    const seed = seedAt(events + 1) + events;
    const { tokens, subscriptions } = run.instance;
    const works = tokens
      .filter(({ wait }) => ['task', 'job', 'call'].includes(wait.kind))
      .map(({ id }) => ({ kind: 'complete' as const, token: id }));
    // Work is done more often than not before a timer comes.
    const choices = [...works, ...works, ...works, ...subscriptions.map(({ id }) => ({ kind: 'fire' as const, subscription: id }))];
    const choice = choices[seed % Math.max(1, choices.length)];
    if (choice === undefined) break;
    run.send({ ...choice, variables: factsOf(built, seed, events > PATIENCE) });
  }
  return { run, events };
};

const seeds = fc.noBias(fc.array(fc.nat({ max: 65_535 }), { minLength: 8, maxLength: 40 }));
const property = (check: (played: ReturnType<typeof playOut>, built: Built) => void) =>
  fc.assert(
    fc.property(fc.noBias(anyBlock), seeds, (block: Block, drawn) => {
      const built = mapOf(block);
      check(playOut(built, drawn), built);
    }),
    { numRuns: RUNS },
  );

it('every run of a sound map ends, and each block is left as often as it is entered', { timeout: 60_000 }, () => {
  property(({ run }, { rules }) => {
    expect([run.status, run.at]).toEqual(['completed', []]);
    const passed = new Map<string, number>();
    for (const line of run.all) if (line.what === 'passed') passed.set(line.node, (passed.get(line.node) ?? 0) + 1);
    expect(rules.filter(({ holds }) => !holds((node) => passed.get(node) ?? 0)).map(({ says }) => says)).toEqual([]);
  });
});

it('the same events give the same run, also when it is kept as text between them', { timeout: 60_000 }, () => {
  property(({ run }) => expect(run.replay((instance) => JSON.parse(JSON.stringify(instance)) as Instance)).toEqual(run.instance));
});

/** The same events, with the run held up now and then: what people do waits, what machines bring is kept, then it goes on. */
const playHeldUp = (built: Built, events: readonly ProcessEvent[], drawn: readonly number[]) => {
  const run = play(built.graph, factsOf(built, drawn[0] ?? 0, false));
  let left = 0;
  events.forEach((event, index) => {
    const seed = drawn[index % drawn.length] ?? 0;
    if (seed % 3 === 0 && run.status === 'active') {
      run.send({ kind: 'suspend' });
      left = 1 + ((seed >> 2) % 4);
    }
    left -= 1;
    if (run.status === 'suspended' && (left === 0 || !canBeKept(run.instance, event))) run.send({ kind: 'resume' });
    run.send(event);
  });
  return run.status === 'suspended' ? run.send({ kind: 'resume' }) : run;
};
const canBeKept = ({ tokens, subscriptions }: Instance, event: ProcessEvent): boolean =>
  event.kind === 'fire'
    ? subscriptions.some(({ id }) => id === event.subscription)
    : 'token' in event && tokens.some(({ id, wait }) => id === event.token && wait.kind !== 'task');

it('held up and let go on anywhere, a run ends as it would have', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.noBias(anyBlock), seeds, (block, drawn) => {
      const built = mapOf(block);
      const { run } = playOut(built, drawn);
      const again = playHeldUp(built, run.events, drawn);
      expect(again.instance).toEqual(run.instance);
      const moved = again.all.filter(({ what }) => what !== 'suspended' && what !== 'resumed' && what !== 'held');
      expect(moved).toEqual(run.all);
    }),
    { numRuns: RUNS },
  );
});

/** As things go: jobs fail, people call for help, facts are missing. What stopped is tried again once the facts are there. */
const playRoughly = (built: Built, seeds: readonly number[]) => {
  const run = play(built.graph, {});
  let events = 0;
  for (; run.status === 'active' && events < 1500; events += 1) {
    const seed = (seeds[events % seeds.length] ?? 0) + events;
    const calm = events > PATIENCE;
    const variables = calm || seed % 3 === 0 ? factsOf(built, seed, calm) : {};
    const { tokens, subscriptions } = run.instance;
    const choices = [
      ...tokens.flatMap(({ id: token, wait }): ProcessEvent[] => {
        if (wait.kind === 'incident') return [{ kind: 'retry', token, variables }];
        if (!['task', 'job', 'call'].includes(wait.kind)) return [];
        const rough: ProcessEvent[] = [
          { kind: 'error', token, code: 'boom', message: 'It failed.' },
          { kind: 'escalate', token, code: null },
          { kind: 'incident', token, code: 'JOB_FAILED', message: 'Tried five times.' },
        ];
        return [{ kind: 'complete', token, variables }, ...(calm ? [] : rough)];
      }),
      ...subscriptions.map(({ id }): ProcessEvent => ({ kind: 'fire', subscription: id, variables })),
    ];
    const choice = choices[seed % Math.max(1, choices.length)];
    if (choice === undefined) break;
    run.send(choice);
  }
  return run;
};

it('a run that meets errors, failures and missing facts still ends, and the history tells it all', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.noBias(anyBlock), seeds, (block, drawn) => {
      const built = mapOf(block);
      const run = playRoughly(built, drawn);
      expect([run.status, run.at]).toEqual(['completed', []]);
      const told = run.all.map((line) => ({ ...line, at: '2026-01-01T00:00:00.000Z' }));
      const { nodes, status } = describeRun(built.graph, told, { now: '2026-01-01T00:00:00.000Z', zone: 'UTC' });
      expect(status).toBe('completed');
      expect(Object.values(nodes).filter(({ state }) => state === 'current' || state === 'stopped' || state === 'ahead')).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

it('moved to the same map a run stays as it is, wherever it stands', { timeout: 60_000 }, () => {
  property(({ run }, { graph }) => {
    const around = { now: '2026-06-01T00:00:00.000Z', zone: 'UTC', evaluate };
    for (const instance of run.stages.filter(({ status }, index) => status === 'active' && index % 3 === 0))
      expect(migrateInstance(graph, graph, instance, around)).toMatchObject({ instance });
  });
});
