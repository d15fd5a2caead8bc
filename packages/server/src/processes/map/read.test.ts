import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Graph } from '@aimwell/core/processes/graph';
import { describe, expect, it } from 'vitest';
import { callCycles } from './call-cycles.ts';
import { compile } from './compile.ts';
import { readMap } from './read.ts';
import { bytesOf, chainOf, mapOf } from './testing/maps.ts';

const refusedOf = async (bytes: Uint8Array) => {
  const read = await readMap(bytes);
  if ('refused' in read) return read.refused;
  const compiled = compile(read.definitions);
  return 'refused' in compiled ? compiled.refused : [];
};
const utf16 = (text: string) => new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
const good = mapOf(chainOf(1));

describe('a file that does harm', () => {
  it.each([
    [
      'an entity',
      bytesOf(good.replace('<bpmn:definitions', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><bpmn:definitions')),
      'DOCTYPE',
    ],
    ['UTF-16', utf16(good), 'NOT_UTF8'],
    ['UTF-16 without a mark', Buffer.from(good, 'utf16le'), 'BAD_CHARACTER'],
    ['Latin-1 that is not declared', Buffer.from(good.replace('"Test"', '"Prüfung"'), 'latin1'), 'NOT_UTF8'],
    ['cut off in the middle', bytesOf(good.slice(0, 400)), 'NOT_BPMN'],
    ['cut off within a tag', bytesOf(good.slice(0, -8)), 'NOT_BPMN'],
    ['nothing', new Uint8Array(), 'EMPTY'],
    ['nothing but blanks', bytesOf(' \n'), 'NOT_BPMN'],
    ['no XML', bytesOf('{"a": 1}'), 'NOT_BPMN'],
    ['another XML', bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'NOT_BPMN'],
    ['a reference to U+0000', bytesOf(good.replace('"Test"', '"a&#0;b"')), 'BAD_CHARACTER'],
    ['half a surrogate', bytesOf(good.replace('"Test"', '"a&#xD800;b"')), 'BAD_CHARACTER'],
    ['an id twice', bytesOf(mapOf('<bpmn:task id="a"/><bpmn:task id="a"/>')), 'SAME_ID'],
    ['an id of JavaScript', bytesOf(mapOf(chainOf(1).replaceAll('"t0"', '"__proto__"'))), 'BAD_ID'],
    ['another id of JavaScript', bytesOf(mapOf(chainOf(1).replaceAll('"t0"', '"constructor"'))), 'BAD_ID'],
    [
      'a script',
      bytesOf(mapOf(chainOf(1, (id) => `<bpmn:scriptTask id="${id}"><bpmn:script>process.exit()</bpmn:script></bpmn:scriptTask>`))),
      'NOT_EXECUTABLE',
    ],
    ['a step too many', bytesOf(mapOf(chainOf(1999))), 'TOO_MANY_STEPS'],
  ])('%s is refused with a reason', async (_, bytes, code) => {
    const [refusal] = await refusedOf(bytes);
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toMatch(/expected|script/);
  });

  it('sets nothing on what all objects share', async () => {
    await refusedOf(bytesOf(mapOf('<bpmn:task id="a" __proto__="x" xmlns:__proto__="urn:x" __proto__:polluted="yes" constructor="y"/>')));
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('is never the reason to fetch anything', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    const rest = `<bpmn:import importType="http://www.w3.org/2001/XMLSchema" location="${url}" namespace="${url}"/>`;
    expect(
      await refusedOf(
        bytesOf(mapOf(chainOf(1), rest).replace('id="d"', `id="d" xsi:schemaLocation="${url} ${url}" expressionLanguage="${url}"`)),
      ),
    ).toEqual([]);
    server.close();
    expect(asked).toBe(0);
  });

  it('is answered in bounded time and memory', () => {
    const script = fileURLToPath(new URL('testing/hostile.ts', import.meta.url));
    const output = execFileSync(process.execPath, ['--max-old-space-size=256', script], { timeout: 120_000, encoding: 'utf8' });
    const answers = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; code: string | null; length: number });
    expect(Math.max(...answers.map(({ length }) => length))).toBeLessThan(300);
    expect(Object.fromEntries(answers.map(({ name, code }) => [name, code]))).toEqual({
      'fifty megabytes': 'TOO_LARGE',
      'entity expansion': 'DOCTYPE',
      'ten thousand steps': 'TOO_MANY_STEPS',
      'two thousand steps': null,
      'a hundred thousand tags': 'TOO_MANY_ELEMENTS',
      'a hundred thousand tags behind an odd quote': 'TOO_MANY_STEPS',
      'nested ten thousand deep behind an odd quote': 'TOO_MANY_STEPS',
      'nested fifty thousand deep': 'TOO_MANY_ELEMENTS',
      'a long name': 'NOT_EXECUTABLE',
      'many attributes': 'NOT_EXECUTABLE',
      'many namespaces': 'NOT_EXECUTABLE',
      'many references': null,
      'lane with everything many times': null,
    });
  }, 120_000);
});

describe('a file that does none', () => {
  it.each([
    ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf(good)])],
    ['declared Latin-1', Buffer.from(good.replace('UTF-8', 'ISO-8859-1').replace('"Test"', '"Prüfung"'), 'latin1')],
    ['declared Latin-1 that is UTF-8', bytesOf(good.replace('UTF-8', 'ISO-8859-1').replace('"Test"', '"Prüfung"'))],
    ['line ends of Windows', bytesOf(good.replaceAll('\n', '\r\n'))],
    ['two thousand steps', bytesOf(mapOf(chainOf(1998)))],
  ])('%s is read', async (name, bytes) => {
    const read = await readMap(bytes);
    expect(read).toMatchObject({ warnings: [] });
    if (name.includes('Latin') && 'definitions' in read) expect(JSON.stringify(compile(read.definitions))).toContain('Prüfung');
  });
});

describe('processes that call each other', () => {
  const graphOf = async (...called: readonly string[]): Promise<Graph> => {
    const read = await readMap(
      bytesOf(mapOf(chainOf(called.length, (id) => `<bpmn:callActivity id="${id}" calledElement="${called[Number(id.slice(1))]}"/>`))),
    );
    const compiled = 'definitions' in read ? compile(read.definitions) : read;
    if ('refused' in compiled) throw new Error(JSON.stringify(compiled.refused));
    return compiled.graph;
  };
  it('in a circle are found, by name', async () => {
    const maps = new Map([
      ['a', await graphOf('b', 'd')],
      ['b', await graphOf('c')],
      ['c', await graphOf('a', 'elsewhere')],
      ['d', await graphOf('d')],
    ]);
    const cycles = callCycles(maps).map((cycle) => cycle.toSorted());
    expect(cycles).toHaveLength(2);
    expect(cycles).toContainEqual(['a', 'b', 'c']);
    expect(cycles).toContainEqual(['d']);
  });
  it('without a circle are none, called twice or not', async () => {
    const maps = new Map([
      ['a', await graphOf('b', 'c')],
      ['b', await graphOf('c', 'c')],
      ['c', await graphOf('elsewhere')],
    ]);
    expect(callCycles(maps)).toEqual([]);
  });
});
