import type { ClassificationAnswers, ProductAnswers } from './answers.ts';
import { flagOf } from './flags.ts';
import type { ClassificationLaw, LawItem } from './law.ts';
import { chosenFrom, citing, isOpen, open, settled } from './steps.ts';
import type { StepResult } from './steps.ts';

/** Step 5: high-risk through a product (Art. 6(1)) or through a point of Annex III (Art. 6(2)). Both routes are always judged. */
export function highRiskStep(answers: ClassificationAnswers, law: ClassificationLaw): StepResult {
  const product = productRoute(answers.product ?? {}, law);
  const points = annexPoints(answers, law);
  const flags = [...product.items, ...points.chosen].map((item) => flagOf('high-risk', item, law, answers.placedOnMarketOn));
  const missing = [...product.missing, ...points.missing];
  if (missing.length > 0) return open(missing, flags);
  return settled(flags.length === 0 ? 'Neither route leads to high-risk' : `High-risk by ${citing(flags)}`, flags);
}

/** Step 6: the exemption of Art. 6(3) for points of Annex III. `exempted` says which high-risk flags it takes away. */
export function exemptionStep(
  answers: ClassificationAnswers,
  law: ClassificationLaw,
): StepResult & { readonly exempted: readonly string[] } {
  const points = annexPoints(answers, law);
  if (points.missing.length > 0) return { ...open(['the use cases of Annex III, before an exemption can be judged']), exempted: [] };
  if (points.chosen.length === 0) return { ...settled('No use case of Annex III, so nothing to exempt'), exempted: [] };
  const judged = judgeExemption(answers, law);
  if (judged !== 'holds') return { ...judged, exempted: [] };
  const article = law.exemption.basis.article;
  const flags = points.chosen.map((point) => ({
    ...flagOf('exempt', law.exemption.basis, law),
    item: point.id,
    text: `Exempted and recorded: ${point.text}`,
  }));
  return {
    ...settled(`Exempted by ${article}; ${law.exemption.duties.join('; ')}`, flags),
    exempted: points.chosen.map((point) => point.id),
  };
}

/** The points of Annex III that were chosen, and what is missing there. */
const annexPoints = (
  answers: ClassificationAnswers,
  law: ClassificationLaw,
): { readonly chosen: readonly LawItem[]; readonly missing: readonly string[] } =>
  chosenFrom(
    answers.annexIII,
    law.annexIII.flatMap((area) => area.points),
    'which use cases of Annex III it serves, or none',
  );

function productRoute(
  product: ProductAnswers,
  law: ClassificationLaw,
): { readonly items: readonly LawItem[]; readonly missing: readonly string[] } {
  const { chosen, missing } = chosenFrom(
    product.sections,
    law.productRoutes,
    'whether it is, or is a safety component of, a product under Annex I',
  );
  if (chosen.length === 0) return { items: [], missing };
  // One clear answer that closes the route is enough; what else is unknown then does not matter.
  if (product.thirdPartyAssessment === 'no' || product.assessedForOtherRisksOnly === 'yes') return { items: [], missing };
  if (product.assistanceOnly === 'yes' && product.failureEndangers === 'no') return { items: [], missing };
  const unanswered = [
    ...(isOpen(product.thirdPartyAssessment) ? ['whether the product needs a conformity assessment by a third party (Art. 6(1))'] : []),
    ...(isOpen(product.assessedForOtherRisksOnly) ? ['whether that assessment is needed for other risks only (Art. 6(1c))'] : []),
    ...(isOpen(product.assistanceOnly) ? ['whether it serves assistance or efficiency only (Art. 6(1a))'] : []),
    ...(product.assistanceOnly === 'yes' && isOpen(product.failureEndangers)
      ? ['whether its failure would endanger health or safety (Art. 6(1b))']
      : []),
  ];
  return unanswered.length > 0 ? { items: [], missing: [...missing, ...unanswered] } : { items: chosen, missing };
}

function judgeExemption(answers: ClassificationAnswers, law: ClassificationLaw): StepResult | 'holds' {
  const given = answers.exemption ?? {};
  if (given.profilesPersons === 'yes') return settled('Not available: it profiles natural persons');
  if (given.claimed === 'no') return settled('Not relied on');
  const missing = [
    ...(isOpen(given.profilesPersons) ? ['whether it profiles natural persons'] : []),
    ...(isOpen(given.claimed) ? ['whether you rely on the exemption'] : []),
  ];
  if (missing.length > 0) return open(missing);
  if (given.conditions?.length === 0) return settled('Not available: none of its conditions holds');
  if (given.noSignificantRisk === 'no') return settled('Not available: the risk of harm was judged significant');
  const conditions = chosenFrom(given.conditions, law.exemption.conditions, 'which of the conditions (a) to (d) holds');
  const gaps = [
    ...conditions.missing,
    ...(isOpen(given.noSignificantRisk) ? ["a person's judgement that there is no significant risk of harm"] : []),
    ...(given.record === undefined ? ['the written assessment (Art. 6(4))'] : []),
  ];
  return gaps.length > 0 ? open(gaps) : 'holds';
}
