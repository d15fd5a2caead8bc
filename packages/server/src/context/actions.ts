import { contextIssues, interestedParties, partyRequirements } from '@aimwell/contract/context/context';
import type { Register } from '@aimwell/contract/platform/register';
import { isBlank, type Refusal, refusal } from '@aimwell/core/shared/refusal';
import type { Behaviour, Intended } from '../platform/register/behaviour.ts';

/** What was decided against takes a reason; whoever edits a suggestion makes it the organisation's own. */
const judged = (register: Register, against: (after: Intended['after']) => readonly Refusal[]): Behaviour => ({
  register,
  prepare: async (_tx, _context, intended) =>
    intended.map(({ deed, before, after }) => {
      const refused = deed === 'archive' ? [] : against(after);
      if (refused.length > 0) return { refused };
      return { set: deed === 'patch' && before?.['suggested'] === true ? { suggested: false } : {} };
    }),
});

/** The climate question of the amendment of 2024 is answered either way; a "no" is reasoned. */
export const contextIssuesBehaviour = judged(contextIssues, (after) =>
  after['topic'] === 'climate' && after['relevance'] === 'not_relevant' && isBlank(after['relevanceReason'] as string | null)
    ? [
        refusal(
          'REASON_NEEDED',
          'expected a reason why climate change is not relevant, got nothing',
          'Write down why it does not bear on the management system.',
          'relevanceReason',
        ),
      ]
    : [],
);

export const interestedPartiesBehaviour = judged(interestedParties, () => []);

export const partyRequirementsBehaviour = judged(partyRequirements, (after) =>
  after['decision'] === 'not_addressed' && isBlank(after['decisionReason'] as string | null)
    ? [
        refusal(
          'REASON_NEEDED',
          'expected a reason why the requirement is not addressed, got nothing',
          'Write down why the management system leaves it.',
          'decisionReason',
        ),
      ]
    : [],
);

export const contextBehaviours: readonly Behaviour[] = [contextIssuesBehaviour, interestedPartiesBehaviour, partyRequirementsBehaviour];
