import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compile, processesOf } from './compile.ts';
import { readMap } from './read.ts';
import { saidIn } from './testing/tree.ts';
import { writeMap } from './write.ts';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const corpora = process.env['AIMWELL_CORPORA'] ?? join(root, '../shared/corpora');
const schema = join(corpora, 'bpmn/BPMN20.xsd');
const miwg = existsSync(join(corpora, 'bpmn/miwg'))
  ? readdirSync(join(corpora, 'bpmn/miwg'))
      .filter((name) => name.endsWith('.bpmn'))
      .map((name) => join(corpora, 'bpmn/miwg', name))
  : [];
const shippedFolder = join(root, 'catalog/processes');
const shipped = existsSync(shippedFolder)
  ? readdirSync(shippedFolder)
      .filter((name) => name.endsWith('.bpmn'))
      .map((name) => join(shippedFolder, name))
  : [];
const rich = fileURLToPath(new URL('testing/rich.bpmn', import.meta.url));
const named = [...miwg, ...shipped, rich].map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), path }));
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

const read = async (bytes: Uint8Array) => {
  const found = await readMap(bytes);
  if ('refused' in found) throw new Error(JSON.stringify(found.refused));
  return found;
};
/** What the validator says against a file; empty when it is valid. */
const faultsOf = (xml: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'aimwell-xsd-'));
  const file = join(folder, 'map.bpmn');
  writeFileSync(file, xml);
  const { stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return stderr.includes('validates') ? '' : stderr;
};

describe('a map that is read and written', () => {
  it.each(named)('says the same: $name', async ({ path }) => {
    const bytes = readFileSync(path);
    const written = await writeMap((await read(bytes)).definitions);
    expect(saidIn(written)).toEqual(saidIn(bytes.toString('utf8')));
    // What was lost on the way would be lost the second time too.
    expect(await writeMap((await read(Buffer.from(written))).definitions)).toBe(written);
  });

  it.skipIf(!hasXmllint || !existsSync(schema)).each(named)('is valid by the schema of the OMG: $name', async ({ path }) => {
    expect(faultsOf(await writeMap((await read(readFileSync(path))).definitions))).toBe('');
  });

  it.skipIf(!hasXmllint || !existsSync(schema))('and one that is not valid is seen', async () => {
    const written = await writeMap((await read(readFileSync(rich))).definitions);
    expect(faultsOf(written.replaceAll('messagePath', 'formalExpression'))).toContain('formalExpression');
  });

  it('keeps line ends, tabs and quotes in names', async () => {
    const name = 'a &amp; &#34;b&#34;&#13;&#10;c&#9;d';
    const { definitions } = await read(
      Buffer.from(readFileSync(rich, 'utf8').replace('name="Rich" isExecutable', `name="${name}" isExecutable`)),
    );
    const again = await read(Buffer.from(await writeMap(definitions)));
    expect(processesOf(again.definitions)[0]?.name).toBe('a & "b"\r\nc\td');
  });

  it('differs from another map', () => {
    const xml = readFileSync(rich, 'utf8');
    expect(saidIn(xml.replace('P5D', 'P6D'))).not.toEqual(saidIn(xml));
    expect(saidIn(xml.replace('"xsd:string"', '"tns:string"'))).not.toEqual(saidIn(xml));
  });
});

describe('what the engine does not run', () => {
  it('is named, each element by its id', async () => {
    const compiled = compile((await read(readFileSync(rich))).definitions);
    const fields = 'refused' in compiled ? compiled.refused.map(({ field }) => field ?? '') : [];
    for (const id of ['scr1', 'tx1', 'ah1', 'cg1', 'user1', 'svc1', 'ie1']) expect(fields.join(' ')).toContain(`(${id})`);
  });
  it.each(miwg.map((path) => ({ name: path.slice(path.lastIndexOf('/') + 1), path })))('is named in $name', async ({ path }) => {
    const compiled = compile((await read(readFileSync(path))).definitions);
    if ('refused' in compiled) for (const { message } of compiled.refused) expect(message).toMatch(/\(.+\)|process/);
  });
});
