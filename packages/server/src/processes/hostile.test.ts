import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../journey/testing.ts';
import { bytesOf, chainOf, mapOf } from './map/testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';
import { unsoundRows } from './testing/soundness.ts';

let office: Office;
let manager: Visitor;
beforeAll(async () => {
  office = await createOffice('hostile');
  ({ manager } = office);
});
afterAll(() => office.close());

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const script = '<bpmn:scriptTask id="t0"><bpmn:script>process.exit()</bpmn:script></bpmn:scriptTask>';
const bomb = `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]>`;

describe('a file sent over HTTP', () => {
  it.each([
    ['entity expansion', { xml: `${bomb}${mapOf('&b;')}` }, 422, 'DOCTYPE'],
    ['an external entity', { xml: `<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">${mapOf(chainOf(1))}` }, 422, 'DOCTYPE'],
    ['six megabytes', { file: base64(new Uint8Array(6 * 1_048_576).fill(32)) }, 422, 'file'],
    ['fifty megabytes', { file: base64(new Uint8Array(50 * 1_048_576).fill(32)) }, 413, 'TOO_LARGE'],
    ['ten thousand steps', { xml: mapOf(chainOf(10_000)) }, 422, 'TOO_MANY_STEPS'],
    ['a hundred thousand tags', { xml: mapOf('<bpmn:task/>'.repeat(100_000)) }, 422, 'TOO_MANY_ELEMENTS'],
    ['UTF-16', { file: base64(Buffer.from(`\uFEFF${mapOf(chainOf(1))}`, 'utf16le')) }, 422, 'NOT_UTF8'],
    ['no XML', { file: base64(bytesOf('PK\u0003\u0004')) }, 422, 'BAD_CHARACTER'],
    ['no base64', { file: '%%%' }, 422, 'file'],
    ['an id twice', { xml: mapOf('<bpmn:task id="a"/><bpmn:task id="a"/>') }, 422, 'SAME_ID'],
    ['half a surrogate', { xml: mapOf(`<bpmn:task id="a" name="\uD800"/>`) }, 422, 'TEXT_UNREADABLE'],
    ['both and neither', {}, 422, 'MAP_MISSING'],
  ])('%s is refused with a message, and nothing of it is kept', async (_, sent, status, said) => {
    const before = (await manager.do('GET', 'processes')).items?.length;
    const answer = await manager.ask('POST', 'processes', { key: 'sent', ...sent });
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([status, expect.stringContaining(said)]);
    expect((await manager.do('GET', 'processes')).items?.length).toBe(before);
  });

  it.each([
    ['a script', mapOf(chainOf(1).replace('<bpmn:manualTask id="t0"/>', script)), 'runs a script'],
    [
      'an import from elsewhere',
      mapOf(chainOf(1), '<bpmn:import importType="x" location="http://127.0.0.1:1/x" namespace="urn:x"/>').replace(
        '<bpmn:manualTask id="t0"/>',
        '<bpmn:serviceTask id="t0" implementation="http://127.0.0.1:1/call"/>',
      ),
      'does not say which job',
    ],
    [
      'an inclusion',
      mapOf(`${chainOf(1)}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>`),
      'could not be read',
    ],
    ['a regular expression that goes back and back', mapOf(ruled('matches(x, "(a+)+$")')), 'matches'],
    ['a power of powers', mapOf(ruled('9 ** 9 ** 9')), 'power'],
    [
      'a timer without a pause',
      mapOf(
        ruled(
          '1',
          '<bpmn:boundaryEvent id="b" attachedToRef="r" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeCycle>R/PT0.001S</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>',
        ),
      ),
      'a minute or more',
    ],
  ])('%s is kept and shown, never run, and named', async (name, xml, said) => {
    const made = await manager.do('POST', 'processes', { name, key: `k${name.length}-${said.length}`, xml });
    const version = await manager.do('GET', `process-versions/${(made['newest'] as { id: string }).id}`);
    expect(version['executable']).toBe(false);
    expect(JSON.stringify(version['refusals'])).toContain(said.replaceAll('"', '\\"'));
  });
});

function ruled(rule: string, rest = ''): string {
  const quoted = rule.replaceAll('"', '&quot;');
  return `<bpmn:startEvent id="s"/><bpmn:businessRuleTask id="r" name="r"><bpmn:extensionElements><aims:step rule="${quoted}" result="x"/></bpmn:extensionElements></bpmn:businessRuleTask><bpmn:endEvent id="e"/><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="r"/><bpmn:sequenceFlow id="g" sourceRef="r" targetRef="e"/>${rest}`;
}

const several = (times: number) =>
  `<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">${times}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`;
const flow = (from: string, to: string) => `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}"/>`;
const doubling = Array.from(
  { length: 40 },
  (_, n) =>
    `<bpmn:businessRuleTask id="r${n}" name="r"><bpmn:extensionElements><aims:step rule="[x, x]" result="x"/></bpmn:extensionElements></bpmn:businessRuleTask>${flow(n === 0 ? 's' : `r${n - 1}`, `r${n}`)}`,
);

describe('a start that nothing would ever set off', () => {
  const begun = (trigger: string) =>
    mapOf(
      `<bpmn:startEvent id="s">${trigger}</bpmn:startEvent><bpmn:manualTask id="t"/><bpmn:endEvent id="e"/>${flow('s', 't')}${flow('t', 'e')}`,
      '<bpmn:message id="m" name="=who"/><bpmn:message id="plain" name="arrived"/>',
    );
  const judged = async (trigger: string) =>
    JSON.stringify((await manager.do('POST', 'processes/check', { xml: begun(trigger) }))['problems']).includes('START_NEVER_COMES');
  it.each([
    [
      'a condition',
      '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">x > 1</bpmn:condition></bpmn:conditionalEventDefinition>',
      true,
    ],
    ['a message worked out', '<bpmn:messageEventDefinition messageRef="m"/>', true],
    ['a time worked out', '<bpmn:timerEventDefinition><bpmn:timeCycle>=every</bpmn:timeCycle></bpmn:timerEventDefinition>', true],
    ['a plain message', '<bpmn:messageEventDefinition messageRef="plain"/>', false],
    ['a plain time', '<bpmn:timerEventDefinition><bpmn:timeCycle>R/P1Y</bpmn:timeCycle></bpmn:timerEventDefinition>', false],
  ])('%s: refused %s', async (_, trigger, expected) => expect(await judged(trigger)).toBe(expected));
});

describe('a map in force that multiplies', () => {
  it.each([
    ['values', `<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>${doubling.join('')}${flow('r39', 'e')}`, 'EXPRESSION_FAILED'],
    [
      'rounds',
      `<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>${flow('s', 'u')}${flow('u', 'e')}<bpmn:userTask id="u" name="u">${several(10_000)}</bpmn:userTask>`,
      'EXPRESSION_FAILED',
    ],
    [
      'rounds of rounds',
      `<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>${flow('s', 'q')}${flow('q', 'e')}<bpmn:subProcess id="q" name="q">${several(1000)}<bpmn:startEvent id="qs"/>${flow('qs', 'u')}<bpmn:userTask id="u" name="u">${several(1000)}</bpmn:userTask><bpmn:endEvent id="qe"/>${flow('u', 'qe')}</bpmn:subProcess>`,
      'STEP_BUDGET',
    ],
    [
      'tokens',
      `<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="m"/><bpmn:parallelGateway id="g"/><bpmn:endEvent id="e"/>${flow('s', 'm')}${flow('m', 'g')}${flow('g', 'm')}<bpmn:sequenceFlow id="again" sourceRef="g" targetRef="m"/>${flow('g', 'e')}`,
      'STEP_BUDGET',
    ],
  ])(
    '%s stops as an incident, and the run can be ended',
    async (name, process, code) => {
      const key = `multiplies-${name.replaceAll(' ', '-')}`;
      await office.publish(key, mapOf(process));
      const id = await office.start(key, { variables: { x: 1 } });
      const run = await manager.do('GET', `process-instances/${id}`);
      const incidents = run['openIncidents'] as { code: string }[];
      expect(incidents.map((one) => one.code)).toContain(code);
      expect((await manager.do('POST', `process-instances/${id}/terminate`, { reason: 'It multiplies' }))['status']).toBe('terminated');
      expect(await unsoundRows(office.journey.owner)).toEqual([]);
    },
    120_000,
  );
});
