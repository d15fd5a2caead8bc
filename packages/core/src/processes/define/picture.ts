import type { NodeDefinition } from './definition.ts';
import type { Box, Point } from './shapes.ts';

/** A map as it is drawn. All figures in px from the upper left corner. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly labels: readonly DrawnLabel[];
  readonly lanes: readonly DrawnLane[];
  /** Pools of partners. */
  readonly partners: readonly DrawnLane[];
}

export interface DrawnNode {
  readonly id: string;
  readonly node: NodeDefinition;
  readonly box: Box;
  /** The sub-process it stands in. */
  readonly inside: string | null;
}

export interface DrawnEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'flow' | 'message';
  readonly points: readonly Point[];
}

export interface DrawnLabel {
  /** Id of the node or edge it names. */
  readonly of: string;
  readonly box: Box;
}

export interface DrawnLane {
  readonly id: string;
  readonly box: Box;
}

/** The same picture elsewhere. */
export const moved = (picture: Picture, dx: number, dy: number): Picture => {
  const shift = <B extends Point>(box: B): B => ({ ...box, x: box.x + dx, y: box.y + dy });
  return {
    ...picture,
    nodes: picture.nodes.map((node) => ({ ...node, box: shift(node.box) })),
    edges: picture.edges.map((edge) => ({ ...edge, points: edge.points.map(shift) })),
    labels: picture.labels.map((label) => ({ ...label, box: shift(label.box) })),
    lanes: picture.lanes.map((lane) => ({ ...lane, box: shift(lane.box) })),
    partners: picture.partners.map((partner) => ({ ...partner, box: shift(partner.box) })),
  };
};

/** Id of the element that a flow or message becomes; the second one between the same two gets a number. */
export const edgeIds = (kind: 'flow' | 'message', edges: readonly { readonly from: string; readonly to: string }[]): readonly string[] =>
  edges.map(({ from, to }, index) => {
    const earlier = edges.slice(0, index).filter((other) => other.from === from && other.to === to).length;
    return `${kind}_${from}_${to}${earlier === 0 ? '' : `_${earlier + 1}`}`;
  });
