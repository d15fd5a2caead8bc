import { evidence } from '@aimwell/contract/evidence/evidence';
import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { risks } from '@aimwell/contract/risks/risks';
import { treatmentPlans, treatments } from '@aimwell/contract/treatment/treatments';
import type { StoryMonth } from './calendar.ts';
import { daysAfter } from './calendar.ts';
import { type Told, toldRisks } from './risk-facts.ts';
import type { Story } from './story.ts';
import type { Systems } from './systems.ts';

export type Treated = Readonly<Record<string, { readonly risk: string; readonly treatment: string | null }>>;

/** A view is a rating, or the reason why nobody there bears a consequence. */
const view = (rating: number | string) => (typeof rating === 'string' ? { notApplicable: rating } : { rating });

const rate = async (
  story: Story,
  id: string,
  { owner, rating }: Told,
  [month, day]: readonly [StoryMonth, number],
  kind: 'inherent' | 'residual' = 'inherent',
): Promise<void> => {
  if (rating === undefined) return;
  await story.run(owner, risks, id, 'assess', {
    kind,
    happenedOn: story.on(month, day),
    likelihood: kind === 'residual' ? 1 : rating.likelihood,
    likelihoodWhy: kind === 'residual' ? 'Every report carries the note now.' : rating.why,
    organisation: view(rating.organisation),
    individuals: view(rating.individuals),
    societies: view(rating.societies),
  });
};

const treat = async (story: Story, risk: string, { owner, rating, treatment }: Told): Promise<string | null> => {
  if (rating === undefined || treatment === undefined) return null;
  const { due, expected, ...values } = treatment;
  const worst = Math.max(...[rating.organisation, rating.individuals, rating.societies].filter((one) => typeof one === 'number'));
  const row = await story.create('risk', treatments, {
    ...values,
    risk,
    owner: story.people[values.owner ?? owner],
    dueDate: due === undefined ? null : daysAfter(story.on(4, 1), due),
    ...(values.option === 'modify' ? { modifies: 'likelihood', expectedLikelihood: expected ?? 2, expectedConsequence: worst } : {}),
  });
  return row.id;
};

/** A risk that is kept above the threshold takes two signatures before a plan may hold it. */
const acceptRetained = async (story: Story, told: Told, risk: string): Promise<void> => {
  if (told.treatment?.option !== 'retain') return;
  await story.run(told.owner, risks, risk, 'accept', {
    happenedOn: story.on(4, 16),
    reason: told.treatment.description ?? 'Kept for now.',
  });
  await story.run('technology', risks, risk, 'approveAcceptance', { happenedOn: story.on(4, 17) });
};

/** Month 4: criteria, the first assessments, treatments and the plan that designated management approved. */
export const tellRisks = async (story: Story, systems: Systems, objectives: readonly string[]): Promise<Treated> => {
  const { on } = story;
  const criteria = await story.create('risk', riskCriteria, { name: 'AI risk criteria' });
  await story.run('risk', riskCriteria, criteria.id, 'submit');
  await story.run('technology', riskCriteria, criteria.id, 'approve', { happenedOn: on(4, 3) });
  const treated: Record<string, { risk: string; treatment: string | null }> = {};
  for (const told of toldRisks.filter(({ late }) => late !== true)) treated[told.key] = await tellOne(story, told, systems, objectives);
  const plan = await story.create('risk', treatmentPlans, { note: 'First plan; it follows from the assessments of this month.' });
  await story.run('risk', treatmentPlans, plan.id, 'submit');
  await story.run('director', treatmentPlans, plan.id, 'approve', { happenedOn: on(4, 20) });
  // Found by the first training, after the plan was approved: it is still without a treatment.
  for (const told of toldRisks.filter(({ late }) => late === true)) treated[told.key] = await tellOne(story, told, systems, objectives);
  await carryOut(story, treated);
  return treated;
};

const tellOne = async (
  story: Story,
  told: Told,
  systems: Systems,
  objectives: readonly string[],
): Promise<{ readonly risk: string; readonly treatment: string | null }> => {
  const { key: _key, system, owner, rating: _rating, treatment: _treatment, acceptedBecause, late, ...values } = told;
  const row = await story.create('risk', risks, {
    ...values,
    system: system === undefined ? null : (systems[system] ?? null),
    owner: story.people[owner],
    objectives: objectives.slice(0, 1),
  });
  await rate(story, row.id, told, late === true ? [4, 27] : [4, 8]);
  if (acceptedBecause !== undefined)
    await story.run(owner, risks, row.id, 'accept', { happenedOn: story.on(4, 14), reason: acceptedBecause });
  await acceptRetained(story, told, row.id);
  return { risk: row.id, treatment: await treat(story, row.id, told) };
};

/** What was done by the end of month 4: one treatment to its end, others under way. */
const carryOut = async (story: Story, treated: Treated): Promise<void> => {
  const { on } = story;
  for (const key of ['untold', 'invented', 'injection'])
    await story.run(key === 'injection' ? 'assistant' : 'assistant', treatments, treated[key]?.treatment ?? '', 'start', {
      happenedOn: on(4, 21),
    });
  await story.run('analytics', treatments, treated['drift']?.treatment ?? '', 'start', { happenedOn: on(4, 22) });
  const { risk = '', treatment } = treated['untold'] ?? {};
  await story.run('assistant', treatments, treatment ?? '', 'finish', {
    happenedOn: on(4, 23),
    note: 'The note stands under each report.',
  });
  await story.create('assistant', evidence, {
    title: 'Ten reports with the note that AI wrote them',
    kind: 'statement',
    description: 'Looked at by the risk manager; kept in the product archive.',
    controls: ['A.8.2'],
    treatments: [treatment],
    collectedOn: on(4, 24),
    validFrom: on(4, 24),
    owner: story.people.assistant,
  });
  await story.run('risk', treatments, treatment ?? '', 'check', {
    effective: true,
    note: 'Ten of ten reports carry the note.',
    happenedOn: on(4, 27),
  });
  const told = toldRisks.find(({ key }) => key === 'untold');
  if (told !== undefined) await rate(story, risk, told, [4, 27], 'residual');
  await story.run('assistant', risks, risk, 'accept', { happenedOn: on(4, 28), reason: 'What is left is small.' });
  await story.run('technology', risks, risk, 'approveAcceptance', { happenedOn: on(4, 28) });
};
