export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** The part of a canvas of bpmn-js that moves what is seen. */
export interface Viewed {
  readonly viewbox: {
    (): { readonly inner: Box; readonly outer: { readonly width: number; readonly height: number } };
    (box: Box): unknown;
  };
}
interface Wanted {
  /** The scale that a map is not shown below, however much of it fits then; 0 shows all of it. */
  readonly smallest: number;
  /** Pixels at the left that something lies over. */
  readonly covered?: number;
  /** The element to have in sight; without one, the beginning of the map. */
  readonly around?: Box | undefined;
}

/** Below this scale the names on a map are too small to be read. */
export const readable = 0.75;
const margin = 16;

const within = (value: number, low: number, high: number): number => (high < low ? low : Math.min(high, Math.max(low, value)));

/** Shows a map as large as fits, never larger than it is drawn. */
export const showMap = (canvas: Viewed, { smallest, covered = 0, around }: Wanted): void => {
  const { inner, outer } = canvas.viewbox();
  const left = covered + margin;
  const fits = Math.min((outer.width - left - margin) / inner.width, (outer.height - 2 * margin) / inner.height);
  const scale = Math.min(1, Math.max(smallest, fits));
  if (!(fits > 0) || !Number.isFinite(fits)) return;
  const [width, height, edge] = [outer.width / scale, outer.height / scale, margin / scale];
  const [begin, top] = [inner.x - left / scale, inner.y - Math.max(edge, (height - inner.height) / 2)];
  const [end, bottom] = [inner.x + inner.width + edge - width, inner.y + inner.height + edge - height];
  const x = around === undefined ? begin : within(around.x + around.width / 2 - width / 2, begin, end);
  const y = around === undefined ? top : within(around.y + around.height / 2 - height / 2, top, bottom);
  canvas.viewbox({ x, y, width, height });
};
