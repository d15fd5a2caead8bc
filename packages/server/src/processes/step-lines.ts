import type { stepLine } from '@aimwell/contract/processes/views';
import type { Step } from '@aimwell/core/processes/graph';
import type { z } from 'zod';

export type StepLine = z.infer<typeof stepLine>;

/** What the organisation says of a step, as the table of steps shows it. */
export const saidOf = ({ role, form, evidence, references, due, escalateTo, notBy, raci }: Step) => ({
  role,
  form,
  evidence: [...evidence],
  references: [...references],
  due,
  escalateTo,
  notBy: [...notBy],
  raci: { ...raci },
});

/** A line of the table, whether its process or sub-process can begin there, and the sub-process around it; null for none. */
export interface Listed {
  readonly line: StepLine;
  readonly begins: boolean;
  readonly within: string | null;
}

/**
 * Lines in the order in which a run can reach them, what is inside a sub-process after it; what nothing leads to comes where it stands
 * in the file.
 */
export const inReach = (listed: readonly Listed[]): StepLine[] => {
  const byId = new Map(listed.map(({ line }) => [line.id, line]));
  const beginners = Map.groupBy(
    listed.filter(({ begins }) => begins),
    ({ within }) => within,
  );
  const beginningIn = (scope: string | null) => (beginners.get(scope) ?? []).map(({ line }) => line);
  const seen = new Set<StepLine>();
  const walk = (from: readonly StepLine[]) => {
    const open = [...from];
    for (const line of open) {
      if (seen.has(line)) continue;
      seen.add(line);
      open.push(...beginningIn(line.id), ...line.next.flatMap(({ id }) => byId.get(id) ?? []));
    }
  };
  walk(beginningIn(null));
  for (const { line } of listed) walk([line]);
  return [...seen];
};
