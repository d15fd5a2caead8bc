import { describe, expect, it } from 'vitest';
import type { ProcessEvent } from './happenings.ts';
import { migrateInstance } from './migrate.ts';
import { describeRun } from './overlay.ts';
import { step } from './step.ts';
import * as b from './testing/build.ts';
import { evaluate, play } from './testing/play.ts';

const around = { now: '2026-01-02T00:00:00.000Z', zone: 'UTC', evaluate };
const line = () => b.map(b.start('s'), b.user('a'), b.service('j'), b.waitFor('m', b.message('came')), b.end('e'), b.flow('s a j m e'));
const against = (run: ReturnType<typeof play>, event: ProcessEvent) => {
  const answer = step(line(), run.instance, event, around);
  return 'refused' in answer ? answer.refused.map(({ code }) => code) : [];
};
const tokenOf = (run: ReturnType<typeof play>) => run.instance.tokens[0]?.id ?? 0;

describe('a suspended run', () => {
  it('takes nothing that people do, and goes on where it stood', () => {
    const run = play(line()).send({ kind: 'suspend' });
    expect([run.status, run.at, run.last]).toEqual(['suspended', ['a'], ['suspended']]);
    for (const event of [
      { kind: 'complete', token: tokenOf(run), variables: {} },
      { kind: 'variables', variables: { x: 1 } },
      { kind: 'suspend' },
    ] as const)
      expect(against(run, event)).toEqual(['RUN_SUSPENDED']);
    run.send({ kind: 'resume' }).complete('a');
    expect([run.status, run.at]).toEqual(['active', ['j']]);
    expect(against(run, { kind: 'resume' })).toEqual(['NOT_SUSPENDED']);
  });

  it('keeps what a job or a message brings, once, and takes it when it is resumed', () => {
    const run = play(line()).complete('a').send({ kind: 'suspend' }).complete('j', { found: 3 });
    expect([run.at, run.last, run.variables]).toEqual([['j'], ['held j'], {}]);
    expect(against(run, { kind: 'complete', token: tokenOf(run), variables: {} })).toEqual(['NO_LONGER_WAITING']);
    expect(against(run, { kind: 'complete', token: 99, variables: {} })).toEqual(['NO_LONGER_WAITING']);
    run.send({ kind: 'resume' });
    expect([run.at, run.variables, run.instance.held]).toEqual([['m'], { found: 3 }, []]);
    run.send({ kind: 'suspend' }).fire('m').send({ kind: 'resume' });
    expect(run.status).toBe('completed');
  });

  it('is ended by hand all the same, and with it what it kept', () => {
    const run = play(line()).complete('a').send({ kind: 'suspend' }).complete('j').terminate();
    expect([run.status, run.at, run.instance.held, run.last.at(-1)]).toEqual(['terminated', [], [], 'ended terminated']);
  });

  it('is shown as such, with what is ahead of it', () => {
    const run = play(line()).complete('a').send({ kind: 'suspend' }).complete('j');
    const told = () => run.all.map((one) => ({ ...one, at: around.now }));
    const shown = describeRun(line(), told(), around);
    expect([shown.status, shown.nodes['j']?.state, shown.nodes['m']?.state]).toEqual(['suspended', 'current', 'ahead']);
    run.send({ kind: 'resume' });
    expect(describeRun(line(), told(), around).status).toBe('active');
  });

  it('is not moved to another version', () => {
    const run = play(line()).send({ kind: 'suspend' });
    expect(migrateInstance(line(), line(), run.instance, around)).toMatchObject({ refused: [{ code: 'RUN_SUSPENDED' }] });
  });
});
