// Run by read.test.ts in a process with little memory: what each hostile file is answered, one JSON line a file.
import { compile } from '../compile.ts';
import { readMap } from '../read.ts';
import { bytesOf, chainOf, mapOf } from './maps.ts';

const files: Readonly<Record<string, () => Uint8Array>> = {
  'fifty megabytes': () => new Uint8Array(50 * 1_048_576).fill(32),
  'entity expansion': () =>
    bytesOf(
      `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}">${'bcdefgh'.replaceAll(/./g, (name) => `<!ENTITY ${name} "${`&${String.fromCharCode(name.charCodeAt(0) - 1)};`.repeat(100)}">`)}]>${mapOf('&h;')}`,
    ),
  'ten thousand steps': () => bytesOf(mapOf(chainOf(10_000))),
  'two thousand steps': () => bytesOf(mapOf(chainOf(1998))),
  'a hundred thousand tags': () => bytesOf(mapOf('<bpmn:task/>'.repeat(100_000))),
  'a hundred thousand tags behind an odd quote': () => bytesOf(mapOf(`<bpmn:task name='/>${'<bpmn:task/>'.repeat(100_000)}`)),
  'nested ten thousand deep behind an odd quote': () =>
    bytesOf(mapOf(`<bpmn:task name='/>${'<bpmn:subProcess>'.repeat(10_000)}${'</bpmn:subProcess>'.repeat(10_000)}`)),
  'nested fifty thousand deep': () => bytesOf(mapOf(`${'<bpmn:subProcess>'.repeat(50_000)}${'</bpmn:subProcess>'.repeat(50_000)}`)),
  'a long name': () => bytesOf(mapOf(`<bpmn:task id="t" name="${'n'.repeat(4_900_000)}"/>`)),
  'many attributes': () => bytesOf(mapOf(`<bpmn:task id="t" ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`)),
  'many namespaces': () =>
    bytesOf(mapOf(`<bpmn:task id="t" ${Array.from({ length: 30_000 }, (_, n) => `xmlns:n${n}="urn:${n}"`).join(' ')}/>`)),
  'many references': () => bytesOf(mapOf(chainOf(1500), `<!-- ${'messageRef="tns:'.repeat(200_000)} -->`)),
  'lane with everything many times': () =>
    bytesOf(
      mapOf(
        `<bpmn:laneSet>${'<bpmn:lane><bpmn:flowNodeRef>t1</bpmn:flowNodeRef></bpmn:lane>'.repeat(10_000)}</bpmn:laneSet>${chainOf(1500)}`,
      ),
    ),
};

for (const [name, build] of Object.entries(files)) {
  const bytes = build();
  const began = performance.now();
  const read = await readMap(bytes);
  const answer = 'refused' in read ? read.refused : compile(read.definitions);
  const refused = 'graph' in answer ? [] : 'refused' in answer ? answer.refused : answer;
  const milliseconds = Math.round(performance.now() - began);
  console.log(JSON.stringify({ name, milliseconds, code: refused[0]?.code ?? null, length: refused[0]?.message.length ?? 0 }));
}
