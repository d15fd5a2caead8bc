import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SYSTEM_MOVES, decideSystem, evolveSystem, newSystem, systemCommandsAt, systemStages } from './states.ts';
import type { SystemCommand, SystemFacts, SystemStage, SystemState } from './states.ts';

const facts: SystemFacts = { owner: 'system-owner', prohibitedFrom: null, on: '2026-11-20' };
const at = (stage: SystemStage): SystemState => ({ stage, suspendedFrom: null, reason: null });
const codes = (state: SystemState, command: SystemCommand, given = facts) => {
  const outcome = decideSystem(state, command, given);
  return 'refused' in outcome ? outcome.refused.map((r) => r.code) : [];
};
const step = (state: SystemState, command: SystemCommand, given = facts): SystemState => {
  const outcome = decideSystem(state, command, given);
  return 'refused' in outcome ? state : outcome.events.reduce(evolveSystem, state);
};

describe('the life of a system', () => {
  it('leads from candidate to production and to retirement', () => {
    const life: readonly SystemCommand[] = [
      { kind: 'register', as: 'registered' },
      { kind: 'startDevelopment' },
      { kind: 'startPilot' },
      { kind: 'release' },
      { kind: 'retire', reason: 'replaced' },
    ];
    expect(life.reduce((state, command) => step(state, command), newSystem)).toEqual({
      stage: 'retired',
      suspendedFrom: null,
      reason: 'replaced',
    });
  });

  it('may begin in production: an inventory finds what is there', () =>
    expect(step(newSystem, { kind: 'register', as: 'production' }).stage).toBe('production'));
});

describe('running a system', () => {
  it('needs an owner', () => expect(codes(at('pilot'), { kind: 'release' }, { ...facts, owner: null })).toEqual(['OWNER_NEEDED']));
  it('is refused from the day its practice is prohibited', () =>
    expect(codes(at('pilot'), { kind: 'release' }, { ...facts, prohibitedFrom: '2026-11-20' })).toEqual(['PROHIBITED_PRACTICE']));
  it('is possible the day before', () =>
    expect(codes(at('pilot'), { kind: 'release' }, { ...facts, prohibitedFrom: '2026-11-21' })).toEqual([]));
  it('is refused with every reason at once', () => {
    expect(codes(at('pilot'), { kind: 'release' }, { owner: null, prohibitedFrom: '2025-02-02', on: '2026-11-20' })).toEqual([
      'OWNER_NEEDED',
      'PROHIBITED_PRACTICE',
    ]);
  });
});

describe('a suspension', () => {
  it.each(systemStages.map((stage) => ({ stage })))('is never refused at $stage', ({ stage }) =>
    expect(codes(at(stage), { kind: 'suspend' })).toEqual([]),
  );

  it('without a reason holds back the resumption until it is explained', () => {
    const stopped = step(at('production'), { kind: 'suspend' });
    expect(codes(stopped, { kind: 'resume', reason: 'repaired' })).toEqual(['SUSPENSION_REASON_OWED']);
    expect(step(step(stopped, { kind: 'explainSuspension', reason: 'wrong advice' }), { kind: 'resume', reason: 'repaired' }).stage).toBe(
      'production',
    );
  });

  it('twice records nothing new, except a reason that was owed', () => {
    const explained = step(at('production'), { kind: 'suspend', reason: 'wrong advice' });
    expect(step(explained, { kind: 'suspend', reason: 'another reason' })).toEqual(explained);
    const owed = step(at('production'), { kind: 'suspend' });
    expect(step(owed, { kind: 'suspend' })).toEqual(owed);
    expect(step(owed, { kind: 'suspend', reason: 'wrong advice' })).toEqual(explained);
  });

  it('is not resumed into what is prohibited', () => {
    const stopped = step(at('production'), { kind: 'suspend', reason: 'prohibited practice' });
    expect(codes(stopped, { kind: 'resume', reason: 'r' }, { ...facts, prohibitedFrom: '2025-02-02' })).toEqual(['PROHIBITED_PRACTICE']);
  });
});

describe('leaving', () => {
  it.each([{ kind: 'retire' } as const, { kind: 'declareNotAi' } as const])('by $kind needs a reason', ({ kind }) => {
    expect(codes(at('registered'), { kind, reason: '  ' })).toEqual(['REASON_NEEDED']);
    expect(codes(at('registered'), { kind, reason: 'a rule engine' })).toEqual([]);
  });
  it('is final for commands that build on it', () => expect(codes(at('retired'), { kind: 'release' })).toEqual(['WRONG_STAGE']));
});

describe('any sequence of commands', () => {
  const kinds = [...Object.keys(SYSTEM_MOVES), 'suspend'] as SystemCommand['kind'][];
  const command = fc
    .record({
      kind: fc.constantFrom(...kinds),
      as: fc.constantFrom('registered' as const, 'production' as const),
      reason: fc.constantFrom('', 'because'),
    })
    .map((made) => made as SystemCommand);
  const anyFacts = fc.record({
    owner: fc.constantFrom(null, 'p'),
    prohibitedFrom: fc.constantFrom(null, '2025-02-02'),
    on: fc.constant('2026-11-20'),
  });

  it('changes the stage only along the listed moves, and a suspended system knows where it came from', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(command, anyFacts), { maxLength: 20 }), (steps) => {
        let state = newSystem;
        for (const [given, known] of steps) {
          const next = step(state, given, known);
          if (next.stage !== state.stage && !systemCommandsAt(state.stage).includes(given.kind)) return false;
          if (next.stage === 'suspended' && next.suspendedFrom === null) return false;
          if (['retired', 'not_an_ai_system'].includes(next.stage) && next.reason === null) return false;
          state = next;
        }
        return true;
      }),
    );
  });
});
