import type { Overlays } from '../map/draw/draw.ts';
import { type Box, escapeText, rect, svg } from '../map/draw/svg.ts';
import type { RunTold } from './histories.ts';

/** The word says it to whoever has a copy in black and white; the colour only helps. Inks of paper, as in the reports. */
const marks = {
  done: { word: 'done', ink: '#0B6B57' },
  current: { word: 'under way', ink: '#35349A' },
  late: { word: 'late', ink: '#B0301A' },
  stopped: { word: 'stopped', ink: '#8A5200' },
  cancelled: { word: 'called off', ink: '#62646F' },
  skipped: { word: 'not reached', ink: '#62646F' },
} as const;

const badge = ({ x, y, width }: Box, { word, ink }: { readonly word: string; readonly ink: string }): string => {
  const across = word.length * 5.4 + 10;
  const left = x + width - across + 4;
  return (
    rect({ x: left, y: y - 9, width: across, height: 15 }, { fill: ink, stroke: 'none', rx: 4 }) +
    svg('text', { x: left + across / 2, y: y + 2, 'font-size': 10, 'text-anchor': 'middle', fill: '#ffffff' }, escapeText(word))
  );
};

/** What became of each step of a run, over its drawing; what may still come stays as it is drawn. */
export const runOverlays = ({ graph, run }: RunTold): Overlays => {
  const lateOpen = new Set(run.late.filter(({ outcome }) => outcome === 'open').map(({ node }) => node));
  return new Map(
    Object.entries(run.nodes).flatMap(([id, { state }]): [string, (box: Box) => string][] => {
      const node = graph.nodes[id];
      if (state === 'ahead' || state === 'notNeeded' || node === undefined) return [];
      const mark = marks[lateOpen.has(id) ? 'late' : state];
      const isStep = node.kind === 'task' || node.kind === 'call' || node.kind === 'subProcess';
      if (!isStep && (state === 'skipped' || state === 'cancelled')) return [];
      const faint = state === 'skipped' || state === 'cancelled';
      const around = (box: Box) =>
        rect(
          { x: box.x - 3, y: box.y - 3, width: box.width + 6, height: box.height + 6 },
          { fill: 'none', stroke: mark.ink, 'stroke-width': 2.5, rx: 10, 'stroke-dasharray': faint ? '5 4' : undefined },
        );
      return [[id, (box) => around(box) + (isStep ? badge(box, mark) : '')]];
    }),
  );
};
