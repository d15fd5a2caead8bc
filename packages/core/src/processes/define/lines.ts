import { hostOf } from './columns.ts';
import type { FlowDefinition, LaneDefinition, MessageDefinition, NodeDefinition, Nodes, PartnerDefinition } from './definition.ts';
import { borderLines, type BorderSpot, type Grid, gridOf } from './grid.ts';
import { edgeIds } from './picture.ts';
import type { Cell, Placement } from './place.ts';
import { type End, type Line, route, type Routed } from './route.ts';
import { isGateway } from './shapes.ts';
import { CROSSING } from './walk.ts';

/** One level of a map: the process, or what is in a sub-process. */
export interface Content {
  readonly nodes: Nodes;
  readonly flows: readonly FlowDefinition[];
  readonly lanes: readonly LaneDefinition[];
  readonly partners: readonly PartnerDefinition[];
  readonly messages: readonly MessageDefinition[];
  readonly name: string;
}

export interface NamedLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'flow' | 'message';
  /** A message that comes in is drawn from the step to the pool and turned round. */
  readonly back: boolean;
}

/** A walk for each flow and message of one level of a map; with more tracks between the cells where few do not suffice. */
export const routeAll = ({ nodes, flows, messages, partners }: Content, placement: Placement) => {
  const endOf = (id: string): Exclude<End, { kind: 'partner' }> => {
    const host = hostOf(nodes, id);
    const cell = placement.cells.get(host) as Cell;
    if (host === id) return { kind: 'node', id, cell, gateway: isGateway(nodes[id] as NodeDefinition) };
    return { kind: 'border', id, cell, spot: spotOf(nodes, id, host) };
  };
  const sideOf = new Map(partners.map(({ id, side }) => [id, side]));
  const [flowNames, messageNames] = [edgeIds('flow', flows), edgeIds('message', messages)];
  const lines: (NamedLine & { readonly line: Line })[] = [
    ...flows.map(({ from, to }, index) => {
      const id = flowNames[index] as string;
      return { id, from, to, kind: 'flow' as const, back: false, line: { id, from: endOf(from), to: endOf(to) } };
    }),
    ...messages.map(({ from, to }, index) => {
      const [id, back] = [messageNames[index] as string, sideOf.has(from)];
      const [step, partner] = back ? [to, from] : [from, to];
      const end: End = { kind: 'partner', edge: sideOf.get(partner) ?? 'above' };
      return { id, from: step, to: partner, kind: 'message' as const, back, line: { id, from: endOf(step), to: end } };
    }),
  ];
  let best: { grid: Grid; routed: Routed } | null = null;
  for (const tracks of [3, 6]) {
    const grid = gridOf(placement, tracks);
    const routed = route(
      grid,
      lines.map(({ line }) => line),
    );
    if (best === null || routed.cost < best.routed.cost) best = { grid, routed };
    if ([...routed.walks.values()].every(({ cost }) => cost < CROSSING / 3)) break;
  }
  if (best === null) throw new Error('expected a picture');
  return {
    grid: best.grid,
    walks: best.routed.walks,
    lines: lines.map(({ id, from, to, kind, back }): NamedLine => ({ id, from, to, kind, back })),
  };
};

/** Where a boundary event stands on its activity. Throws when there are more on one side than there is room for. */
export const spotOf = (nodes: Nodes, id: string, host: string): BorderSpot => {
  const sideOf = (node: NodeDefinition | undefined) => (node?.kind === 'boundary' && node.at === host ? (node.side ?? 'bottom') : null);
  const side = sideOf(nodes[id]) ?? 'bottom';
  const line =
    borderLines[
      Object.keys(nodes)
        .filter((other) => sideOf(nodes[other]) === side)
        .indexOf(id)
    ];
  if (line === undefined) throw new Error(`expected at most ${borderLines.length} events at the ${side} of ${host}`);
  return { side, line };
};
