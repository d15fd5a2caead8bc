import type { ClassificationAnswers } from './answers.ts';
import { flagOf, flagOfStep } from './flags.ts';
import type { Flag } from './flags.ts';
import { exemptionStep, highRiskStep } from './high-risk.ts';
import { STEP_IDS } from './law.ts';
import type { ClassificationLaw, LawExclusion, StepId } from './law.ts';
import { chosenFrom, citing, isOpen, open, settled } from './steps.ts';
import type { Step, StepResult } from './steps.ts';

export interface Classification {
  readonly flags: readonly Flag[];
  readonly steps: readonly Step[];
  readonly lawVersion: string;
}

/**
 * Classifies one system under the AI Act in eight steps. The result is a proposal: a named person confirms or overrides it.
 * What is not answered leaves its step open and says what is missing; it is never taken for a no.
 * Source of the order: Art. 3, 2, 3 with 25, 5, 6, 6(3)-(4), 50, 51-55; articles and dates come from `law`.
 */
export function classify(answers: ClassificationAnswers, law: ClassificationLaw): Classification {
  const aiSystem = aiSystemStep(answers, law);
  const outsideAtOnce = aiSystem.flags.length > 0;
  const { result: scope, returnable } = scopeStep(answers, law);
  if (outsideAtOnce) return conclude(law, new Map([['ai-system', aiSystem]]));
  if (scope.flags.length > 0 && scope.missing.length === 0)
    return conclude(
      law,
      new Map<StepId, StepResult>([
        ['ai-system', aiSystem],
        ['scope', scope],
      ]),
    );

  const exemption = exemptionStep(answers, law);
  const highRisk = without(highRiskStep(answers, law), exemption.exempted);
  const results = new Map<StepId, StepResult>([
    ['ai-system', aiSystem],
    ['scope', scope],
    ['roles', rolesStep(answers, law, highRisk.flags.length > 0)],
    [
      'prohibited',
      listStep(
        'prohibited',
        answers.prohibitedPractices,
        law.prohibitedPractices,
        'which prohibited practices it involves, or none',
        answers,
        law,
      ),
    ],
    ['high-risk', highRisk],
    ['exemption', exemption],
    [
      'transparency',
      listStep('transparency', answers.transparencyCases, law.transparencyCases, 'which cases of Art. 50 it meets, or none', answers, law),
    ],
    ['model', listStep('model', answers.modelDuties, law.modelDuties, 'whether you provide a general-purpose model with it', answers, law)],
  ]);
  return conclude(law, results, returnable);
}

function aiSystemStep(answers: ClassificationAnswers, law: ClassificationLaw): StepResult {
  if (isOpen(answers.aiSystem)) return open(['whether it is an AI system']);
  return answers.aiSystem === 'yes'
    ? settled('An AI system')
    : settled('Not an AI system', [flagOfStep('outside', 'ai-system', 'Not an AI system', law)]);
}

/** `returnable` are exclusions that hold only while nothing stricter turns up (Art. 2(12)); they are judged at the end. */
function scopeStep(
  answers: ClassificationAnswers,
  law: ClassificationLaw,
): { readonly result: StepResult; readonly returnable: readonly LawExclusion[] } {
  const links = chosenFrom(answers.unionLinks, law.scope.links, 'what ties it to the Union, or nothing');
  if (links.missing.length > 0) return { result: open(links.missing), returnable: [] };
  if (links.chosen.length === 0) {
    return {
      result: settled('Nothing ties it to the Union', [flagOfStep('outside', 'scope', 'Nothing ties it to the Union', law)]),
      returnable: [],
    };
  }
  const exclusions = chosenFrom(answers.exclusions, law.scope.exclusions, 'whether an exclusion holds, or none');
  if (exclusions.missing.length > 0) return { result: open(exclusions.missing), returnable: [] };
  const full = exclusions.chosen.filter((item) => item.exceptFor === undefined);
  if (full.length > 0)
    return {
      result: settled(
        `Excluded by ${citing(full)}`,
        full.map((item) => outsideBy(item, law)),
      ),
      returnable: [],
    };
  const outcome = exclusions.chosen.length > 0 ? `Excluded by ${citing(exclusions.chosen)} unless a later step says otherwise` : 'In scope';
  return { result: settled(outcome), returnable: exclusions.chosen };
}

function rolesStep(answers: ClassificationAnswers, law: ClassificationLaw, highRisk: boolean): StepResult {
  const roles = chosenFrom(answers.roles, law.roles, 'which roles you have');
  const changes = chosenFrom(answers.roleChanges, law.roleChanges, 'whether an act of Art. 25 made you the provider, or none');
  const missing = [...roles.missing, ...(answers.roles?.length === 0 ? ['at least one role'] : []), ...changes.missing];
  const provider = law.roles.find((role) => role.id === 'provider');
  // Art. 25 speaks of high-risk systems only; the provider named from the start needs no second reason.
  const became = highRisk && provider !== undefined && !roles.chosen.includes(provider) ? changes.chosen : [];
  const flags = [
    ...roles.chosen.map((role) => flagOf('role', role, law)),
    ...became.map((change): Flag => ({ ...flagOf('role', change, law), item: 'provider' })),
  ];
  if (missing.length > 0) return open(missing, flags);
  return settled([...new Set(flags.map((flag) => flag.item))].join(', '), flags);
}

function listStep(
  kind: 'prohibited' | 'transparency' | 'model',
  ids: readonly string[] | undefined,
  items: Parameters<typeof chosenFrom>[1],
  question: string,
  answers: ClassificationAnswers,
  law: ClassificationLaw,
): StepResult {
  const { chosen, missing } = chosenFrom(ids, items, question);
  const flags = chosen.map((item) => flagOf(kind, item, law, answers.placedOnMarketOn));
  if (missing.length > 0) return open(missing, flags);
  return settled(chosen.length === 0 ? 'None' : citing(chosen), flags);
}

/** Numbers the steps, adds an `open` flag for each gap, and says `minimal` or `outside` only when nothing is open any more. */
function conclude(
  law: ClassificationLaw,
  results: ReadonlyMap<StepId, StepResult>,
  returnable: readonly LawExclusion[] = [],
): Classification {
  const steps = STEP_IDS.map((id, index) => toStep(id, index + 1, results.get(id)));
  const found = [...results.values()].flatMap((result) => result.flags);
  const gaps = steps.filter((step) => step.status === 'open').map((step) => flagOfStep('open', step.id, step.missing.join('; '), law));
  return { flags: [...found, ...gaps, ...(gaps.length === 0 ? closing(found, returnable, law) : [])], steps, lawVersion: law.version };
}

function closing(found: readonly Flag[], returnable: readonly LawExclusion[], law: ClassificationLaw): readonly Flag[] {
  if (found.some((flag) => flag.kind === 'outside')) return [];
  const holding = returnable.filter((item) => !found.some((flag) => item.exceptFor?.some((kind) => kind === flag.kind)));
  if (holding.length > 0) return holding.map((item) => outsideBy(item, law));
  const tiered = found.some((flag) => ['prohibited', 'high-risk', 'exempt', 'transparency'].includes(flag.kind));
  return tiered ? [] : [flagOfStep('minimal', 'high-risk', 'No prohibited practice, not high-risk, no transparency case', law)];
}

function toStep(id: StepId, number: number, result: StepResult | undefined): Step {
  if (result === undefined) return { id, number, status: 'not-needed', outcome: 'Not needed: it is outside', missing: [] };
  return { id, number, status: result.missing.length > 0 ? 'open' : 'answered', outcome: result.outcome, missing: result.missing };
}

/** Nothing applies to what is outside, so there is no date. */
const outsideBy = (item: LawExclusion, law: ClassificationLaw): Flag => ({ ...flagOf('outside', item, law), appliesFrom: null });

const without = (result: StepResult, exempted: readonly string[]): StepResult =>
  exempted.length === 0 ? result : { ...result, flags: result.flags.filter((flag) => !exempted.includes(flag.item)) };
