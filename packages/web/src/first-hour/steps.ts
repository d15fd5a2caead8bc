/** The way through the first hour, in order, with the minutes it usually takes. */
export const steps = [
  { id: 'organisation', minutes: 3 },
  { id: 'context', minutes: 5 },
  { id: 'scope', minutes: 5 },
  { id: 'systems', minutes: 10 },
  { id: 'classify', minutes: 8 },
  { id: 'criteria', minutes: 5 },
  { id: 'risks', minutes: 12 },
  { id: 'soa', minutes: 5 },
  { id: 'end', minutes: 2 },
] as const;
export type StepId = (typeof steps)[number]['id'];

export const allMinutes = steps.reduce((sum, { minutes }) => sum + minutes, 0);
export const minutesOf = (done: readonly StepId[]): number =>
  steps.filter(({ id }) => done.includes(id)).reduce((sum, { minutes }) => sum + minutes, 0);
export const isStep = (id: unknown): id is StepId => steps.some((step) => step.id === id);
export const after = (id: StepId): StepId => steps[Math.min(steps.length - 1, steps.findIndex((step) => step.id === id) + 1)]?.id ?? 'end';
export const before = (id: StepId): StepId | undefined => steps[steps.findIndex((step) => step.id === id) - 1]?.id;
