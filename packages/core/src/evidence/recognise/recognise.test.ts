import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../trail/base64.ts';
import { textFromBase64 } from './base64-text.ts';
import { claimsFormat, recognise } from './recognise.ts';

const utf8 = (text: string) => Uint8Array.from([...unescape(encodeURIComponent(text))].map((letter) => letter.charCodeAt(0)));
const base64 = (text: string) => toBase64(utf8(text));
const read = (value: unknown, name = 'x.json') => recognise(typeof value === 'string' ? value : JSON.stringify(value), name);
const summary = (value: unknown, name?: string) => {
  const found = read(value, name);
  if (found.kind !== 'summary') throw new Error(JSON.stringify(found));
  return found.summary;
};
const codes = (value: unknown, name?: string) => {
  const found = read(value, name);
  return found.kind === 'broken' ? found.problems.map(({ code }) => code) : [found.kind];
};

const driver = {
  name: 'Linter',
  semanticVersion: '4.2.0',
  rules: [{ id: 'R1', defaultConfiguration: { level: 'error' } }, { id: 'R2' }],
};
const message = { text: 'found' };
const results = [
  { ruleId: 'R1', message },
  { ruleIndex: 0, message },
  { ruleId: 'R2', message },
  { ruleId: 'R2', level: 'note', message },
  { ruleId: 'R1', kind: 'pass', message },
  { ruleId: 'R1', message, suppressions: [{ kind: 'inSource' }] },
];
const sarif = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [{ tool: { driver }, results }] };

const digest = { sha256: 'AB'.repeat(32) };
const slsa = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [
    { name: 'app.tar.gz', digest },
    { name: 'app.sig', digest: { gitCommit: 'ff' } },
  ],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: {
    buildDefinition: { buildType: 'https://example.org/build' },
    runDetails: { builder: { id: 'https://example.org/builder' } },
  },
};
const envelope = (statement: unknown) => ({
  payloadType: 'application/vnd.in-toto+json',
  payload: base64(JSON.stringify(statement)),
  signatures: [{ keyid: '', sig: 'AAAA' }],
});

describe('SARIF', () => {
  it('is counted by level, with the level of the rule where a result has none', () =>
    expect(summary(sarif)).toEqual({
      format: 'sarif',
      formatVersion: '2.1.0',
      madeBy: 'Linter 4.2.0',
      counts: { runs: 1, rules: 2, error: 2, warning: 1, note: 1, none: 1, suppressed: 1 },
      details: {},
      subjects: [],
    }));
  it('without results says that the run did not finish', () =>
    expect(summary({ ...sarif, runs: [{ tool: { driver } }] }).details).toEqual({ unfinished: 'true' }));
  it.each([
    { name: 'another version', value: { ...sarif, version: '1.0.0' } },
    { name: 'runs that are no list', value: { ...sarif, runs: {} } },
    { name: 'a run without a tool', value: { ...sarif, runs: [{ results: [] }] } },
    { name: 'results that are no list', value: { ...sarif, runs: [{ tool: { driver }, results: 'none' }] } },
    { name: 'a level that does not exist', value: { ...sarif, runs: [{ tool: { driver }, results: [{ message, level: 'fatal' }] }] } },
    { name: 'a result without a message', value: { ...sarif, runs: [{ tool: { driver }, results: [{ ruleId: 'R1' }] }] } },
  ])('with $name is refused', ({ value }) => expect(codes(value)).toEqual(['BROKEN_SARIF']));
  it('says where and what was expected', () => {
    const found = read({ ...sarif, runs: [{ results: [] }] });
    expect(found.kind === 'broken' && found.problems[0]?.message).toBe(
      'expected the name of the tool at runs[0].tool.driver.name, got nothing',
    );
  });
  it('is not every file with runs', () => expect(codes({ runs: 3 })).toEqual(['file']));
});

describe('an attestation', () => {
  it('names its subjects and who built them', () =>
    expect(summary(slsa)).toMatchObject({
      format: 'in-toto',
      formatVersion: 'v1',
      madeBy: 'https://example.org/builder',
      counts: { subjects: 2 },
      details: { predicateType: 'https://slsa.dev/provenance/v1', buildType: 'https://example.org/build' },
      subjects: [
        { name: 'app.tar.gz', sha256: 'ab'.repeat(32) },
        { name: 'app.sig', sha256: null },
      ],
    }));
  it('is read through its signed envelope, bare or in a bundle', () => {
    expect(summary(envelope(slsa))).toMatchObject({ format: 'dsse', counts: { subjects: 2, signatures: 1 } });
    expect(summary({ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: envelope(slsa) }).format).toBe('dsse');
  });
  it('is counted line by line in a file of several', () =>
    expect(summary(`${JSON.stringify(envelope(slsa))}\n${JSON.stringify(envelope(slsa))}\n`, 'build.intoto.jsonl')).toMatchObject({
      counts: { statements: 2, subjects: 4 },
    }));
  it('of tests says how many ended how', () =>
    expect(
      summary({
        ...slsa,
        predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
        predicate: { result: 'FAILED', passedTests: ['a', 'b'], failedTests: ['c'] },
      }),
    ).toMatchObject({ counts: { passed: 2, failed: 1 }, details: { result: 'FAILED' } }));
  it.each([
    { name: 'base64 that is none', value: { ...envelope(slsa), payload: '%%%' }, code: 'BROKEN_DSSE' },
    { name: 'base64 of bytes that are no text', value: { ...envelope(slsa), payload: '/////w==' }, code: 'BROKEN_DSSE' },
    { name: 'no signature', value: { ...envelope(slsa), signatures: [] }, code: 'BROKEN_DSSE' },
    { name: 'something else inside', value: envelope({ hello: 1 }), code: 'BROKEN_DSSE' },
    { name: 'half a statement inside', value: { ...envelope(slsa), payload: base64('{"_type":') }, code: 'NOT_JSON' },
    { name: 'no subject', value: { ...slsa, subject: [] }, code: 'BROKEN_IN_TOTO' },
    { name: 'a digest that is none', value: { ...slsa, subject: [{ name: 'a', digest: { sha256: 'zz' } }] }, code: 'BROKEN_IN_TOTO' },
    { name: 'a later statement', value: { ...slsa, _type: 'https://in-toto.io/Statement/v9' }, code: 'BROKEN_IN_TOTO' },
  ])('with $name is refused', ({ value, code }) => expect(codes(value)).toEqual([code]));
});

describe('test results (JUnit)', () => {
  const junit = `<?xml version="1.0"?><!-- > --><testsuites name="all" tests="99"><testsuite name="a">
    <testcase name="x > y"/><testcase name="f"><failure message="&lt;"><![CDATA[</testcase>]]></failure></testcase>
    <testcase name="s"><skipped/></testcase></testsuite></testsuites>`;
  it('are counted from the cases, whatever the totals say', () =>
    expect(summary(junit, 'r.xml')).toMatchObject({
      madeBy: 'all',
      counts: { suites: 1, tests: 3, failed: 1, errors: 0, skipped: 1, passed: 1 },
    }));
  it.each([
    { name: 'cut off', text: junit.slice(0, -20) },
    { name: 'with elements that end out of order', text: '<testsuite><testcase></testsuite></testcase>' },
    { name: 'with a DOCTYPE', text: '<testsuite><!DOCTYPE x [<!ENTITY a "b">]></testsuite>' },
    { name: 'too deep', text: `<testsuite>${'<a>'.repeat(200)}` },
  ])('$name are refused', ({ text }) => expect(codes(text, 'r.xml')).toEqual(['BROKEN_JUNIT']));
  it('are not every XML', () => expect(codes('<html></html>', 'r.xml')).toEqual(['file']));
});

describe('a bill of materials', () => {
  it('is counted (CycloneDX)', () =>
    expect(
      summary({ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { tools: [{ name: 'syft', version: '1' }] }, components: [{}, {}] }),
    ).toMatchObject({ format: 'cyclonedx', madeBy: 'syft 1', counts: { components: 2, services: 0 } }));
  it('is counted (SPDX)', () =>
    expect(summary({ spdxVersion: 'SPDX-2.3', name: 'app', packages: [{}], creationInfo: { creators: ['Tool: t'] } })).toMatchObject({
      format: 'spdx',
      madeBy: 't',
      counts: { packages: 1, files: 0 },
    }));
  it('with a list that is none is refused', () => {
    expect(codes({ bomFormat: 'CycloneDX', specVersion: '1.6', components: {} })).toEqual(['BROKEN_CYCLONEDX']);
    expect(codes({ spdxVersion: '2', name: 'x' })).toEqual(['BROKEN_SPDX']);
  });
});

describe('other files', () => {
  it.each([
    { name: 'JSON of no known format', text: '{"a":1}', file: 'a.json', kind: 'file' },
    { name: 'a log of JSON lines', text: '{"a":1}\n{"a":2}\n', file: 'a.jsonl', kind: 'file' },
    { name: 'text that only looks like JSON', text: '[ ] a list to tick', file: 'todo.md', kind: 'file' },
    { name: 'plain text', text: 'hello', file: 'a.txt', kind: 'file' },
    { name: 'JSON cut off', text: '{"a":1', file: 'a.json', kind: 'NOT_JSON' },
    { name: 'a scan cut off under any name', text: JSON.stringify(sarif).slice(0, -5), file: 'scan', kind: 'NOT_JSON' },
    { name: 'a scan that is empty', text: '', file: 'scan.sarif', kind: 'NOT_JSON' },
    { name: 'JSON far too deep', text: '['.repeat(100_000), file: 'a.json', kind: 'TOO_DEEP' },
  ])('$name: $kind', ({ text, file, kind }) => expect(codes(text, file)).toEqual([kind]));
  it('claim nothing unless they do', () => {
    expect(claimsFormat('{"$schema":"https://json.schemastore.org/sarif-2.1.0.json"', 'a')).toBe(true);
    expect(claimsFormat('anything', 'scan.sarif')).toBe(true);
    expect(claimsFormat('{"a":1}', 'a.json')).toBe(false);
  });
});

it('text goes through base64 and back, in both alphabets', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const given = base64(text);
      return textFromBase64(given) === text && textFromBase64(given.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')) === text;
    }),
  );
});

it('whatever comes, the answer is one of three and nothing is thrown', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.json(), fc.string()),
      fc.constantFrom('a.json', 'a.sarif', 'a.jsonl', 'a'),
      (text, name) => recognise(text, name).kind !== undefined,
    ),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.constant(sarif),
      fc.constant(slsa),
      fc.object({ key: fc.constantFrom('runs', 'version', '_type', 'subject', 'payload', 'payloadType', 'signatures', 'tool', 'results') }),
      fc.array(tie('any'), { maxLength: 2 }),
    ),
  })).any;
  fc.assert(fc.property(value, (given) => recognise(JSON.stringify(given), 'a.json').kind !== undefined));
});
