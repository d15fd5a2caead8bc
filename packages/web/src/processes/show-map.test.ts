import { describe, expect, it } from 'vitest';
import { readable, showMap, type Viewed } from './show-map.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** What is seen of a map of that size in a window of that size. */
const seen = (
  map: Partial<Box>,
  window: { width: number; height: number },
  wanted: Parameters<typeof showMap>[1],
): Box & { scale: number } => {
  const inner = { x: 0, y: 0, width: 100, height: 100, ...map };
  let shown: Box = { ...inner };
  const viewbox = ((box?: Box) => {
    if (box !== undefined) shown = box;
    return { inner, outer: window };
  }) as Viewed['viewbox'];
  showMap({ viewbox }, wanted);
  return { ...shown, scale: window.width / shown.width };
};
const window = { width: 800, height: 400 };

describe('what is seen of a map', () => {
  it('all of a small one, no larger than it is drawn', () => {
    const { scale, x, y, width, height } = seen({ width: 300, height: 200 }, window, { smallest: readable });
    expect(scale).toBe(1);
    expect(x <= 0 && y <= 0 && x + width >= 300 && y + height >= 200).toBe(true);
  });

  it('the beginning of a wide one, in letters that can be read', () => {
    const { scale, x } = seen({ x: 50, width: 4000, height: 300 }, window, { smallest: readable });
    expect(scale).toBeCloseTo(readable);
    expect(x).toBeLessThan(50);
    expect(x).toBeGreaterThan(0);
  });

  it('all of a wide one where that is asked for', () => {
    const { x, width } = seen({ width: 4000, height: 300 }, window, { smallest: 0 });
    expect(x <= 0 && x + width >= 4000).toBe(true);
  });

  it('the middle of a wide one where a run stands there, and its end without what lies beyond', () => {
    const step = { x: 2000, y: 100, width: 100, height: 80 };
    const middle = seen({ width: 4000, height: 300 }, window, { smallest: readable, around: step });
    expect(middle.x + middle.width / 2).toBeCloseTo(2050);
    const end = seen({ width: 4000, height: 300 }, window, { smallest: readable, around: { ...step, x: 3900 } });
    expect(end.x + end.width).toBeCloseTo(4000 + 16 / readable);
  });

  it('nothing changes while it has no size', () => {
    expect(seen({}, { width: 0, height: 0 }, { smallest: readable })).toMatchObject({ x: 0, y: 0, width: 100, height: 100 });
  });
});
