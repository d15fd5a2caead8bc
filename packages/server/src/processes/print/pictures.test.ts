import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { layOut } from '../map/draw/draw.ts';
import { readMap } from '../map/read.ts';
import { partsOf, picturesOf } from './pictures.ts';

const catalog = fileURLToPath(new URL('../../../../../catalog/processes/', import.meta.url));
const sheet = { width: 740, height: 440 };
const drawingOf = async (name: string) => {
  const read = await readMap(readFileSync(`${catalog}${name}`));
  const drawing = 'refused' in read ? null : layOut(read.definitions);
  if (drawing === null) throw new Error(`expected a drawing in ${name}`);
  return drawing;
};
const scaleOf = ({ svg, width }: { readonly svg: string; readonly width: number }) =>
  width / Number(/viewBox="\S+ \S+ (\S+) /.exec(svg)?.[1]);

describe('a drawing on paper', () => {
  it.each(readdirSync(catalog).filter((name) => name.endsWith('.bpmn')))('fits its sheets, and can be read on one: %s', async (name) => {
    const pictures = picturesOf(await drawingOf(name), 'A map', 'what it shows');
    for (const { width, height } of pictures) expect([width <= sheet.width, height <= sheet.height]).toEqual([true, true]);
    // A name is 12 pixels high: 6 points are the least that is read.
    const readable = pictures.filter((picture) => scaleOf(picture) * 12 >= 6);
    expect(readable).toHaveLength(pictures.length === 1 ? 1 : pictures.length - 1);
  });

  it('shows each step whole on one of its parts', () => {
    const frame = { x: -10, y: 5, width: 4000, height: 2300 };
    const parts = partsOf(frame);
    for (let x = frame.x; x + 100 <= frame.x + frame.width; x += 7)
      for (let y = frame.y; y + 80 <= frame.y + frame.height; y += 11)
        if (
          !parts.some(
            (part) => part.x <= x && x + 100 <= part.x + part.width + 1e-6 && part.y <= y && y + 80 <= part.y + part.height + 1e-6,
          )
        )
          expect.fail(`a step at ${x}, ${y} is cut on every part`);
    expect(parts.length).toBeGreaterThan(4);
  });

  it('is one sheet where it is small, and only an overview where nobody would read its parts', () => {
    const small = picturesOf({ frame: { x: 0, y: 0, width: 300, height: 200 }, inside: '' }, 'A map', '');
    expect(small.map(({ width, height }) => [width, height])).toEqual([[255, 170]]);
    expect(picturesOf({ frame: { x: 0, y: 0, width: 60_000, height: 30_000 }, inside: '' }, 'A map', '')).toHaveLength(1);
  });
});
