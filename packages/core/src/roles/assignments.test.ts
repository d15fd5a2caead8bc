import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentStages, decideAssignment, evolveAssignment } from './assignments.ts';
import type { AssignmentCommand, AssignmentState } from './assignments.ts';

const proposed: AssignmentState = { stage: 'proposed', holder: 'risk-manager' };
const codes = (state: AssignmentState, command: AssignmentCommand) => {
  const decision = decideAssignment(state, command);
  return 'refused' in decision ? decision.refused.map((one) => one.code) : [];
};

describe('an assignment', () => {
  it('is accepted and declined by its holder alone', () => {
    expect(codes(proposed, { kind: 'accept', by: 'risk-manager', on: '2026-11-21' })).toEqual([]);
    expect(codes(proposed, { kind: 'accept', by: 'aims-manager', on: '2026-11-21' })).toEqual(['HOLDER_ONLY']);
    expect(codes(proposed, { kind: 'decline', by: 'aims-manager', on: '2026-11-21', reason: 'No time' })).toEqual(['HOLDER_ONLY']);
  });

  it('ends with a reason, by others too', () => {
    expect(
      codes({ ...proposed, stage: 'accepted' }, { kind: 'end', by: 'aims-manager', on: '2026-11-21', reason: 'Left the unit' }),
    ).toEqual([]);
    expect(codes({ ...proposed, stage: 'accepted' }, { kind: 'end', by: 'aims-manager', on: '2026-11-21', reason: ' ' })).toEqual([
      'REASON_NEEDED',
    ]);
  });

  it('keeps its answer: nothing leads out of declined and ended', () => {
    fc.assert(
      fc.property(fc.constantFrom(...assignmentStages), fc.constantFrom('accept', 'decline', 'end'), (stage, kind) => {
        const decision = decideAssignment({ ...proposed, stage }, { kind, by: 'risk-manager', on: '2026-11-21', reason: 'Given' });
        if (stage === 'declined' || stage === 'ended') expect(decision).toHaveProperty('refused');
        if ('events' in decision) expect(decision.events.reduce(evolveAssignment, proposed).stage).not.toBe('proposed');
      }),
    );
  });
});
