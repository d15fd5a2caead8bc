import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rootOf } from '@aimwell/core/processes/text/elements';
import { describe, expect, it } from 'vitest';
import { readMap } from '../read.ts';
import { drawMap } from './draw.ts';

const catalog = fileURLToPath(new URL('../../../../../../catalog/processes/', import.meta.url));
const draw = async (bytes: Uint8Array, title = 'A map'): Promise<string | null> => {
  const read = await readMap(bytes);
  if ('refused' in read) throw new Error(JSON.stringify(read.refused));
  return drawMap(read.definitions, title);
};

const head = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:w="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="urn:t">`;
const bounds = (x: number, width = 100) => `<dc:Bounds x="${x}" y="0" width="${width}" height="80"/>`;
const one = (element: string, box = bounds(0)) =>
  Buffer.from(
    `${head}<process id="p">${element}</process><di:BPMNDiagram id="x"><di:BPMNPlane id="y" bpmnElement="p"><di:BPMNShape id="z" bpmnElement="a">${box}</di:BPMNShape></di:BPMNPlane></di:BPMNDiagram></definitions>`,
  );

describe('a map drawn without a browser', () => {
  it.each(readdirSync(catalog).filter((name) => name.endsWith('.bpmn')))(
    'is a picture of well-formed SVG that holds every name: %s',
    async (name) => {
      const xml = readFileSync(`${catalog}${name}`, 'utf8');
      const picture = (await draw(Buffer.from(xml))) ?? '';
      expect(rootOf(picture)).not.toBeNull();
      expect(picture).not.toMatch(/NaN|undefined|Infinity/);
      const words = picture.replaceAll(/<\/tspan><tspan[^>]*>/g, ' ');
      for (const [, label = ''] of xml.matchAll(/<bpmn:(?:userTask|exclusiveGateway|lane|endEvent)[^>]* name="([^"]*)"/g))
        expect(words.replaceAll(/\s+/g, '')).toContain(label.replaceAll(/\s+/g, ''));
      const flows = xml.match(/<bpmn:sequenceFlow/g)?.length ?? 0;
      expect(picture.match(/marker-end="url\(#map-flow\)"/g)).toHaveLength(flows);
    },
  );

  it.each([
    ['<userTask id="a"/>', 'circle'],
    ['<callActivity id="a"/>', 'stroke-width="4"'],
    ['<subProcess id="a" triggeredByEvent="true"/>', 'stroke-dasharray="2 4"'],
    ['<boundaryEvent id="a" cancelActivity="false"><timerEventDefinition/></boundaryEvent>', 'stroke-dasharray="4 3"'],
    ['<endEvent id="a"/>', 'stroke-width="3.5"'],
    ['<parallelGateway id="a"/>', 'M0,-11 V11'],
    ['<task id="a"><multiInstanceLoopCharacteristics isSequential="true"/></task>', 'M-6,-4 H6'],
    ['<dataStoreReference id="a" name="Archive"/>', 'Archive'],
    ['<textAnnotation id="a"><text>noted</text></textAnnotation>', 'noted'],
  ])('shows %s by its sign', async (element, sign) => expect(await draw(one(element))).toContain(sign));

  it('keeps names and titles harmless', async () => {
    const picture = await draw(one('<task id="a" name="&lt;script&gt;alert(1)&lt;/script&gt; &quot;"/>'), '</title><script>');
    expect(picture).not.toContain('<script');
    expect(rootOf(picture ?? '')).not.toBeNull();
  });

  it('draws nothing of a map without a drawing, and leaves out what stands nowhere', async () => {
    expect(await draw(Buffer.from(`${head}<process id="p"><task id="a"/></process></definitions>`))).toBeNull();
    expect(await draw(one('<task id="a"/>', bounds(1e300)))).toBeNull();
    expect(await draw(one('<task id="a"/>', bounds(0, -5)))).toBeNull();
  });

  it.skipIf(spawnSync('rsvg-convert', ['--version']).status !== 0)('is taken by another program as it is', async () => {
    const picture = (await draw(readFileSync(`${catalog}aims-life-cycle.bpmn`))) ?? '';
    const { status, stdout } = spawnSync('rsvg-convert', ['-w', '800'], { input: picture });
    expect(status).toBe(0);
    expect(stdout.subarray(1, 4).toString()).toBe('PNG');
  });
});
