import { inReach, type Listed, saidOf, type StepLine } from '../step-lines.ts';
import { carriesNothing, processesOf } from './compile.ts';
import { bodyOf, type Element, many, one, textOf, typeOf } from './element.ts';
import { lanesOf, stepOf } from './step.ts';

const kinds: Readonly<Record<string, string>> = {
  StartEvent: 'start',
  EndEvent: 'end',
  IntermediateCatchEvent: 'catch',
  IntermediateThrowEvent: 'throw',
  BoundaryEvent: 'boundary',
};
const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** `userTask`, `complexGateway`, `catch:timer`: kinds as the table of a map that runs names them, and those that never run. */
const kindOf = (element: Element): string => {
  const type = typeOf(element);
  const [definition] = many(element, 'eventDefinitions');
  const cause = definition === undefined ? '' : `:${lowered(typeOf(definition).replace(/EventDefinition$/, ''))}`;
  return `${kinds[type] ?? lowered(type)}${cause}`;
};

/** The steps of every process of a map that does not run, for the table beside its drawing. */
export const shownSteps = (definitions: Element): StepLine[] => processesOf(definitions).flatMap(stepsIn);

const stepsIn = (process: Element): StepLine[] => {
  const lanes = lanesOf(process);
  const listed: Listed[] = [];
  const walk = (container: Element, around: Element | null) => {
    const inside = many(container, 'flowElements');
    const flows = inside.filter(({ $type }) => $type === 'bpmn:SequenceFlow');
    const from = Map.groupBy(flows, (flow) => one(flow, 'sourceRef'));
    const reached = new Set(flows.map((flow) => one(flow, 'targetRef')));
    for (const element of inside) {
      if (element.id === undefined || carriesNothing.has(typeOf(element))) continue;
      const lane = lanes.get(element.id) ?? around;
      const next = (from.get(element) ?? []).flatMap((flow) => {
        const to = one(flow, 'targetRef');
        return to?.id === undefined ? [] : [{ id: to.id, name: textOf(to, 'name'), condition: bodyOf(flow, 'conditionExpression') }];
      });
      listed.push({
        begins: !reached.has(element) && element.$type !== 'bpmn:BoundaryEvent',
        within: container === process ? null : (container.id ?? null),
        line: {
          id: element.id,
          name: textOf(element, 'name'),
          kind: kindOf(element),
          lane: lane === null ? null : textOf(lane, 'name'),
          ...saidOf(stepOf(element, lane)),
          next,
        },
      });
      walk(element, lane);
    }
  };
  walk(process, null);
  return inReach(listed);
};
