import { describe, expect, it } from 'vitest';
import { defineProcess, flow, path } from './definition.ts';
import { layout } from './layout.ts';
import { writeProcess } from './write.ts';
import { writeXml, xml } from './xml.ts';

const definition = defineProcess({
  key: 'map',
  name: 'Risks & "chances"',
  description: 'a < b',
  clauses: [],
  lanes: [{ id: 'one', name: 'One', role: 'aims_manager' }],
  nodes: {
    begin: { kind: 'start', name: 'Every year', lane: 'one', trigger: { on: 'timer', cycle: 'R/P1Y' } },
    ask: {
      kind: 'user',
      name: 'Ask',
      lane: 'one',
      form: 'ask:open:boolean',
      evidence: ['report', 'minutes'],
      references: ['9.2.2'],
      due: 'P5D',
      notBy: ['starter'],
      raci: { top_management: 'accountable' },
      each: { list: 'auditors', as: 'auditor' },
    },
    decide: { kind: 'exclusive', name: 'Open?', lane: 'one' },
    yes: { kind: 'end', name: 'Yes', lane: 'one', thrown: { throws: 'message', name: 'It is open' } },
    no: { kind: 'end', name: 'No', lane: 'one', line: 1, thrown: { throws: 'terminate' } },
  },
  flows: [
    ...path('begin', 'ask', 'decide'),
    flow('decide', 'yes', { name: 'yes', when: 'open and count < 5' }),
    flow('decide', 'no', { otherwise: true }),
  ],
});

describe('a definition written as BPMN', () => {
  const file = writeProcess(definition, layout(definition), { aims: 'urn:x' });

  it('carries our properties', () => {
    expect(file).toContain(
      '<aims:step form="ask:open:boolean" evidence="report minutes" references="9.2.2" due="P5D" notBy="starter" each="auditors" as="auditor">',
    );
    expect(file).toContain('<aims:raci role="top_management" part="accountable" />');
    expect(file).toContain('<aims:lane role="aims_manager" />');
    expect(file).toContain('xmlns:aims="urn:x"');
  });
  it('escapes what XML would read as its own', () => {
    expect(file).toContain('name="Risks &amp; &quot;chances&quot;"');
    expect(file).toContain('>open and count &lt; 5<');
  });
  it('names the default flow, the message and the timer', () => {
    expect(file).toContain('default="flow_decide_no"');
    expect(file).toContain('<bpmn:message id="message_it_is_open" name="It is open" />');
    expect(file).toContain('<bpmn:messageEventDefinition messageRef="message_it_is_open" />');
    expect(file).toContain('<bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R/P1Y</bpmn:timeCycle>');
  });
  it('gives each element an id of its own and draws each of them', () => {
    const ids = [...file.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ['pool', 'lane_one', ...Object.keys(definition.nodes), 'flow_ask_decide']) expect(ids).toContain(`${id}_di`);
  });
});

it('keeps line ends and tabs in attributes, which a reader would make spaces', () =>
  expect(writeXml(xml('a', { b: '1\r\n\t2' }))).toContain('<a b="1&#xD;&#xA;&#x9;2" />'));
