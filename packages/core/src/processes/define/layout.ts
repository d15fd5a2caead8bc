import type { ProcessDefinition } from './definition.ts';
import { drawEdge, drawNodes } from './draw.ts';
import { placeLabels } from './labels.ts';
import { type Content, routeAll } from './lines.ts';
import { moved, type Picture } from './picture.ts';
import { place } from './place.ts';
import { type Box, sizeOf } from './shapes.ts';
import { PARTNER_GAP, spaceOf } from './space.ts';
import { widthOf } from './text.ts';
import type { Walk } from './walk.ts';

const HEADER = 30;
const PARTNER_HEIGHT = 60;
const SUB_PROCESS_HEADER = 18;
/** For the mark of a loop and the events at its border. */
const SUB_PROCESS_FOOTER = 20;

/**
 * Draws a map: columns by the longest way, a band for each lane, flows level and upright around whatever stands between. The same
 * definition always gives the same picture.
 */
export const layout = (definition: ProcessDefinition): Picture => {
  const { lanes, partners = [], nodes, flows, messages = [] } = definition;
  const inner = layoutNodes({ nodes, flows, lanes, partners, messages, name: definition.name });
  const above = partners.some(({ side }) => side === 'above') ? PARTNER_HEIGHT + PARTNER_GAP : 0;
  const below = partners.some(({ side }) => side === 'below') ? PARTNER_HEIGHT + PARTNER_GAP : 0;
  const header = lanes.length === 0 ? 0 : HEADER * 2;
  const width = inner.width + header;
  const placed = moved(inner, header, above);
  return {
    ...placed,
    width,
    height: inner.height + above + below,
    lanes: placed.lanes.map(({ id, box }) => ({ id, box: { ...box, x: HEADER, width: width - HEADER } })),
    partners: partners.map(({ id, side }) => ({
      id,
      box: { x: 0, y: side === 'above' ? 0 : above + inner.height + PARTNER_GAP, width, height: PARTNER_HEIGHT },
    })),
  };
};

const even = (length: number): number => Math.ceil(length / 2) * 2;

const layoutNodes = (content: Content): Picture => {
  const { nodes, flows, lanes, name } = content;
  const inside = new Map<string, Picture>();
  for (const [id, node] of Object.entries(nodes))
    if (node.kind === 'subProcess')
      inside.set(id, layoutNodes({ nodes: node.nodes, flows: node.flows, lanes: [], partners: [], messages: [], name: node.name }));
  const sizes = new Map(
    Object.entries(nodes).map(([id, node]) => {
      const own = inside.get(id);
      return [
        id,
        own === undefined ? sizeOf(node) : { width: even(own.width), height: even(own.height + SUB_PROCESS_HEADER + SUB_PROCESS_FOOTER) },
      ] as const;
    }),
  );
  const placement = place(nodes, flows, lanes);
  const { grid, walks, lines } = routeAll(content, placement);
  const named = lanes.map((lane) => widthOf(lane.name, 12) + 24);
  const whole = lanes.length === 0 ? 0 : (widthOf(name, 12) + 24) / lanes.length;
  const space = spaceOf({
    grid,
    placement,
    walks: [...walks.values()],
    sizes,
    nodes,
    flows,
    laneHeights: named.map((height) => Math.max(height, whole)),
  });
  const drawn = drawNodes({ nodes, placement, sizes, space, grid });
  const edges = lines.map((line) => drawEdge(line, walks.get(line.id) as Walk, space, drawn));
  const outer: Picture = {
    width: space.width,
    height: space.height,
    nodes: drawn,
    edges,
    labels: [],
    lanes: lanes.map(({ id }, index) => {
      const [top, bottom] = [space.laneEdges[index] ?? 0, space.laneEdges[index + 1] ?? space.height];
      return { id, box: { x: 0, y: top, width: space.width, height: bottom - top } };
    }),
    partners: [],
  };
  const labelled = { ...outer, labels: placeLabels(outer, flows, content.messages) };
  return [...inside].reduce((picture, [id, own]) => {
    const box = drawn.find((node) => node.id === id)?.box as Box;
    const there = moved(own, box.x, box.y + SUB_PROCESS_HEADER);
    return {
      ...picture,
      nodes: [...picture.nodes, ...there.nodes.map((node) => ({ ...node, inside: node.inside ?? id }))],
      edges: [...picture.edges, ...there.edges],
      labels: [...picture.labels, ...there.labels],
    };
  }, labelled);
};
