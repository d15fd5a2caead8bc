import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Variables } from './instance.ts';
import { type Block, type Built, mapOf } from './testing/blocks.ts';
import { play } from './testing/play.ts';

const several = (block: fc.Arbitrary<Block>, least: number) => fc.array(block, { minLength: least, maxLength: 3 });

const anyBlock: fc.Arbitrary<Block> = fc.letrec<{ block: Block; leaf: Block }>((tie) => ({
  leaf: fc.record({ kind: fc.constantFrom('task', 'job', 'call', 'catch', 'rule', 'link') }) as fc.Arbitrary<Block>,
  block: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    tie('leaf'),
    fc.record({ kind: fc.constant('sequence' as const), blocks: several(tie('block'), 1) }),
    fc.record({
      kind: fc.constantFrom('exclusive' as const, 'parallel' as const, 'inclusive' as const, 'eventBased' as const),
      blocks: several(tie('block'), 2),
    }),
    fc.record({ kind: fc.constantFrom('loop' as const, 'sub' as const, 'standard' as const), block: tie('block') }),
    fc.record({ kind: fc.constant('many' as const), block: tie('block'), times: fc.integer({ min: 0, max: 3 }), sequential: fc.boolean() }),
    fc.record({
      kind: fc.constantFrom('interrupted' as const, 'reminded' as const, 'served' as const),
      block: tie('block'),
      other: tie('block'),
    }),
  ),
})).block;

const RUNS = 300;
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
  for (; run.status === 'active' && events < 3000; events += 1) {
    const seed = seedAt(events + 1) + events;
    const { tokens, subscriptions } = run.instance;
    const choices = [
      ...tokens
        .filter(({ wait }) => ['task', 'job', 'call'].includes(wait.kind))
        .map(({ id }) => ({ kind: 'complete' as const, token: id })),
      ...subscriptions.map(({ id }) => ({ kind: 'fire' as const, subscription: id })),
    ];
    const choice = choices[seed % Math.max(1, choices.length)];
    if (choice === undefined) break;
    run.send({ ...choice, variables: factsOf(built, seed, events > PATIENCE) });
  }
  return { run, events };
};

const seeds = fc.array(fc.nat({ max: 65_535 }), { minLength: 8, maxLength: 40 });
const property = (check: (played: ReturnType<typeof playOut>, built: Built) => void) =>
  fc.assert(
    fc.property(anyBlock, seeds, (block: Block, drawn) => {
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

it('the same events give the same run', { timeout: 60_000 }, () => {
  property(({ run }) => expect(run.replay()).toEqual(run.instance));
});

it('a run that was kept as text and read again goes on the same way', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyBlock, seeds, (block, drawn) => {
      const { run } = playOut(mapOf(block), drawn.slice(0, 8));
      expect(JSON.parse(JSON.stringify(run.instance))).toEqual(run.instance);
    }),
    { numRuns: 50 },
  );
});
