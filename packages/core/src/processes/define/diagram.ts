import type { ProcessDefinition } from './definition.ts';
import type { Picture } from './picture.ts';
import { laneElement, POOL } from './root.ts';
import type { Box } from './shapes.ts';
import { type Xml, xml } from './xml.ts';

/** Room around the drawing. */
const MARGIN = 40;

const at = (length: number): number => Math.round(length) + MARGIN;
const bounds = ({ x, y, width, height }: Box): Xml =>
  xml('dc:Bounds', { x: at(x), y: at(y), width: Math.round(width), height: Math.round(height) });

/** The diagram interchange of a picture. */
export const diagramOf = ({ lanes, key }: ProcessDefinition, picture: Picture): Xml => {
  const label = (id: string): Xml | null => {
    const found = picture.labels.find(({ of }) => of === id);
    return found === undefined ? null : xml('bpmndi:BPMNLabel', {}, bounds(found.box));
  };
  const shape = (id: string, box: Box, rest: Xml['attributes'] = {}): Xml =>
    xml('bpmndi:BPMNShape', { id: `${id}_di`, bpmnElement: id, ...rest }, bounds(box), label(id));
  const band = { isHorizontal: true };
  const [top, bottom] = [picture.lanes[0]?.box, picture.lanes.at(-1)?.box];
  return xml(
    'bpmndi:BPMNDiagram',
    { id: 'diagram' },
    xml(
      'bpmndi:BPMNPlane',
      { id: 'plane', bpmnElement: lanes.length === 0 ? key : 'collaboration' },
      top === undefined || bottom === undefined
        ? null
        : shape(POOL, { x: 0, y: top.y, width: picture.width, height: bottom.y + bottom.height - top.y }, band),
      picture.lanes.map(({ id, box }) => shape(laneElement(id), box, band)),
      picture.partners.map(({ id, box }) => shape(id, box, band)),
      picture.nodes.map(({ id, node, box }) =>
        shape(id, box, {
          isExpanded: node.kind === 'subProcess' ? true : undefined,
          isMarkerVisible: node.kind === 'exclusive' ? true : undefined,
        }),
      ),
      picture.edges.map(({ id, points }) =>
        xml(
          'bpmndi:BPMNEdge',
          { id: `${id}_di`, bpmnElement: id },
          points.map(({ x, y }) => xml('di:waypoint', { x: at(x), y: at(y) })),
          label(id),
        ),
      ),
    ),
  );
};
