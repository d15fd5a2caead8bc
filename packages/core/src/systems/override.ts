import { flagOf, flagOfStep } from './flags.ts';
import type { Flag } from './flags.ts';
import type { ClassificationLaw, LawItem, StepId } from './law.ts';

export type OverrideKind = 'outside' | 'prohibited' | 'high-risk' | 'exempt' | 'transparency' | 'model' | 'minimal';

/**
 * The flags behind an override that names kinds only. Proposed flags of a kind are kept with their articles; a kind that was not
 * proposed rests on the question's article and the earliest date the law knows for it, which is the cautious one. Roles stay.
 */
export function flagsOfKinds(kinds: readonly OverrideKind[], proposed: readonly Flag[], law: ClassificationLaw): readonly Flag[] {
  const chosen = kinds.flatMap((kind) => {
    const kept = proposed.filter((flag) => flag.kind === kind);
    return kept.length > 0 ? kept : [general(kind, law)];
  });
  return [...proposed.filter((flag) => flag.kind === 'role'), ...chosen];
}

function general(kind: OverrideKind, law: ClassificationLaw): Flag {
  switch (kind) {
    case 'outside':
      return flagOfStep('outside', 'scope', 'Outside by decision of a person', law);
    case 'minimal':
      return flagOfStep('minimal', 'high-risk', 'No special duties by decision of a person', law);
    case 'exempt':
      return { ...flagOf('exempt', law.exemption.basis, law), text: 'Exempted by decision of a person' };
    case 'prohibited':
      return byDecision(kind, 'prohibited', law.prohibitedPractices, law);
    case 'high-risk':
      return byDecision(kind, 'high-risk', [...law.annexIII.flatMap((area) => area.points), ...law.productRoutes], law);
    case 'transparency':
      return byDecision(kind, 'transparency', law.transparencyCases, law);
    case 'model':
      return byDecision(kind, 'model', law.modelDuties, law);
  }
}

function byDecision(kind: Flag['kind'], step: StepId, items: readonly LawItem[], law: ClassificationLaw): Flag {
  const article = law.questions.find((question) => question.id === step)?.article ?? '';
  const appliesFrom = items.map((item) => item.appliesFrom).sort()[0] ?? null;
  return { kind, item: step, article, text: 'By decision of a person', appliesFrom, lawVersion: law.version };
}
