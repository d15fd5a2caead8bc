import type { Step } from '@aimwell/core/processes/graph';
import { type Element, extensionOf, many, one, textOf } from './element.ts';

const words = (text: string | null): string[] => text?.split(/\s+/).filter((word) => word !== '') ?? [];
const parts = ['responsible', 'accountable', 'consulted', 'informed'] as const;

/** What the organisation says about a step; the role comes from the lane where the step names none. */
export const stepOf = (element: Element, lane: Element | null): Step => {
  const own = extensionOf(element, 'aims:Step');
  const said = (name: string) => (own === null ? null : textOf(own, name));
  const laneRole = lane === null ? null : textOf(extensionOf(lane, 'aims:Lane') ?? lane, 'role');
  return {
    role: said('role') ?? laneRole,
    form: said('form'),
    evidence: words(said('evidence')),
    references: words(said('references')),
    due: said('due'),
    escalateTo: said('escalateTo'),
    notBy: words(said('notBy')),
    raci: Object.fromEntries(
      many(own ?? element, 'raci').flatMap((line) => {
        const part = parts.find((name) => name === textOf(line, 'part'));
        const role = textOf(line, 'role');
        return part === undefined || role === null ? [] : [[role, part] as const];
      }),
    ),
  };
};

/** The innermost lane of each flow node of a process, by id. */
export const lanesOf = (process: Element): ReadonlyMap<string, Element> => {
  const lanes = new Map<string, Element>();
  const walk = (set: Element) => {
    for (const lane of many(set, 'lanes')) {
      for (const { id } of many(lane, 'flowNodeRef')) if (id !== undefined) lanes.set(id, lane);
      const inner = one(lane, 'childLaneSet');
      if (inner !== null) walk(inner);
    }
  };
  for (const set of many(process, 'laneSets')) walk(set);
  return lanes;
};
