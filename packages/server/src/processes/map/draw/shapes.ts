import { type Element, many, textOf, typeOf } from '../element.ts';
import { eventMark, footMarks, gatewayMarks, taskMarks } from './marks.ts';
import { type Box, figure, ink, middleOf, moved, paper, path, rect, svg } from './svg.ts';
import { labelAt, nameAtop, nameIn, nameUpwards } from './words.ts';

/** A shape of a drawing: the element, where it stands, and where its label does. */
export interface Shape {
  readonly element: Element;
  readonly box: Box;
  readonly label: Box | null;
  readonly expanded: boolean;
  readonly horizontal: boolean;
}

const BAND = 30;

const eventShape = ({ element, box, label }: Shape): string => {
  const type = typeOf(element);
  const middle = middleOf(box);
  const radius = Math.min(box.width, box.height) / 2;
  const definitions = [...many(element, 'eventDefinitions'), ...many(element, 'eventDefinitionRef')];
  const throws = type === 'EndEvent' || type === 'IntermediateThrowEvent';
  const gentle = element['cancelActivity'] === false || element['isInterrupting'] === false;
  const line = { fill: paper, stroke: ink, 'stroke-dasharray': gentle ? '4 3' : undefined };
  const [first] = definitions;
  const mark = definitions.length > 1 ? 'several' : first === undefined ? '' : typeOf(first);
  return (
    svg('circle', { cx: middle.x, cy: middle.y, r: radius, ...line, 'stroke-width': type === 'EndEvent' ? 3.5 : 1.5 }) +
    (type === 'StartEvent' || type === 'EndEvent' ? '' : svg('circle', { cx: middle.x, cy: middle.y, r: radius - 3, ...line })) +
    moved(middle, eventMark(mark, throws), radius / 18) +
    labelAt(textOf(element, 'name'), label, { x: middle.x, y: box.y + box.height + 2 })
  );
};

const gatewayShape = ({ element, box, label }: Shape): string => {
  const { x, y } = middleOf(box);
  const corners = `M${figure(x)},${figure(box.y)} L${figure(box.x + box.width)},${figure(y)} L${figure(x)},${figure(box.y + box.height)} L${figure(box.x)},${figure(y)} Z`;
  return (
    path(corners, { fill: paper }) +
    moved({ x, y }, gatewayMarks[typeOf(element)] ?? '', Math.min(box.width, box.height) / 50) +
    labelAt(textOf(element, 'name'), label, { x, y: box.y + box.height + 2 })
  );
};

const footOf = ({ element, box, expanded }: Shape): string => {
  const loop = element['loopCharacteristics'] as Element | undefined;
  const type = typeOf(element);
  const marks = [
    ...(loop === undefined
      ? []
      : [
          loop.$type === 'bpmn:StandardLoopCharacteristics'
            ? footMarks.loop
            : loop['isSequential'] === true
              ? footMarks.sequential
              : footMarks.parallel,
        ]),
    ...(element['isForCompensation'] === true ? [footMarks.compensation] : []),
    ...(type === 'AdHocSubProcess' ? [footMarks.adHoc] : []),
    ...(/SubProcess$|^Transaction$/.test(type) && !expanded ? [footMarks.collapsed] : []),
  ];
  const first = box.x + box.width / 2 - ((marks.length - 1) * 18) / 2;
  return marks.map((mark, index) => moved({ x: first + index * 18, y: box.y + box.height - 10 }, mark)).join('');
};

const activityShape = (shape: Shape): string => {
  const { element, box, expanded } = shape;
  const type = typeOf(element);
  const holds = /SubProcess$|^Transaction$/.test(type);
  const border = {
    rx: 8,
    'stroke-width': type === 'CallActivity' ? 4 : 1.5,
    'stroke-dasharray': element['triggeredByEvent'] === true ? '2 4' : undefined,
  };
  const name = textOf(element, 'name');
  const inner = { x: box.x + 3, y: box.y + 3, width: box.width - 6, height: box.height - 6 };
  return (
    rect(box, border) +
    (type === 'Transaction' ? rect(inner, { rx: 6, fill: 'none' }) : '') +
    moved({ x: box.x + 5, y: box.y + 5 }, taskMarks[type] ?? '') +
    (holds && expanded ? nameAtop(name, box) : nameIn(name, box)) +
    footOf(shape)
  );
};

const poolShape = ({ element, box, horizontal }: Shape): string => {
  const name = textOf(element, 'name');
  // A pool that shows no process is closed: its name stands in its middle.
  if (typeOf(element) === 'Participant' && element['processRef'] === undefined) return rect(box) + nameIn(name, box);
  if (!horizontal) return rect(box) + nameAtop(name, box);
  const band = typeOf(element) === 'Participant' ? path(`M${figure(box.x + BAND)},${figure(box.y)} V${figure(box.y + box.height)}`) : '';
  return rect(box) + band + nameUpwards(name, box, BAND);
};

const pageShape = ({ element, box, label }: Shape): string => {
  const { x, y, width, height } = box;
  const fold = Math.min(12, width / 3);
  const outline = `M${figure(x)},${figure(y)} h${figure(width - fold)} l${figure(fold)},${figure(fold)} v${figure(height - fold)} h${figure(-width)} Z m${figure(width - fold)},0 v${figure(fold)} h${figure(fold)}`;
  return path(outline, { fill: paper }) + labelAt(nameOfData(element), label, { x: x + width / 2, y: y + height + 2 });
};

const nameOfData = (element: Element): string | null => {
  const object = element['dataObjectRef'] as Element | undefined;
  return textOf(element, 'name') ?? (object === undefined ? null : textOf(object, 'name'));
};

const storeShape = ({ element, box, label }: Shape): string => {
  const { x, y, width, height } = box;
  const [rx, ry] = [width / 2, Math.min(8, height / 6)];
  const arc = `a${figure(rx)},${figure(ry)} 0 0 0 ${figure(width)},0`;
  const outline = `M${figure(x)},${figure(y + ry)} ${arc} a${figure(rx)},${figure(ry)} 0 0 0 ${figure(-width)},0 v${figure(height - 2 * ry)} ${arc} v${figure(2 * ry - height)}`;
  return path(outline, { fill: paper }) + labelAt(textOf(element, 'name'), label, { x: x + width / 2, y: y + height + 2 });
};

const noteShape = ({ element, box }: Shape): string =>
  path(`M${figure(box.x + 10)},${figure(box.y)} h-10 v${figure(box.height)} h10`) + nameIn(textOf(element, 'text'), box);

const groupShape = ({ element, box, label }: Shape): string => {
  const value = element['categoryValueRef'] as Element | undefined;
  const name = value === undefined ? null : textOf(value, 'value');
  return rect(box, { rx: 10, fill: 'none', 'stroke-dasharray': '8 4 2 4' }) + labelAt(name, label, { x: box.x + box.width / 2, y: box.y });
};

/** How deep a shape lies: pools under lanes under sub-processes under steps under boundary events. */
export const layerOf = ({ element, expanded }: Shape): number => {
  const type = typeOf(element);
  if (type === 'Participant') return 0;
  if (type === 'Lane') return 1;
  if (/SubProcess$|^Transaction$/.test(type) && expanded) return 2;
  return type === 'BoundaryEvent' ? 4 : 3;
};

/** A shape as SVG, by the notation of BPMN 2.0; what the notation does not know is a plain box with its name. */
export const drawShape = (shape: Shape): string => {
  const type = typeOf(shape.element);
  if (type.endsWith('Event')) return eventShape(shape);
  if (type.endsWith('Gateway')) return gatewayShape(shape);
  if (/Task$|Activity$|SubProcess$|^Transaction$/.test(type)) return activityShape(shape);
  if (type === 'Participant' || type === 'Lane') return poolShape(shape);
  if (/^Data(?:Object|Input|Output)/.test(type)) return pageShape(shape);
  if (type === 'DataStoreReference') return storeShape(shape);
  if (type === 'TextAnnotation') return noteShape(shape);
  if (type === 'Group') return groupShape(shape);
  return rect(shape.box) + nameIn(textOf(shape.element, 'name'), shape.box);
};
