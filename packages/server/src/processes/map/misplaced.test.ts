import type { Refusal } from '@aimwell/core/shared/refusal';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { readMap } from './read.ts';
import { bytesOf, mapOf } from './testing/maps.ts';

const flow = (from: string, to: string, id = `${from}-${to}`) => `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;
const user = (id: string, rest = '') => `<bpmn:userTask id="${id}" name="Do ${id}" ${rest}/>`;
const line = `<bpmn:startEvent id="s"/>${user('a')}<bpmn:endEvent id="e"/>${flow('s', 'a')}${flow('a', 'e')}`;
const late = (at: string) =>
  `<bpmn:boundaryEvent id="late" attachedToRef="${at}"><bpmn:timerEventDefinition><bpmn:timeDuration>P5D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`;
const inner = `<bpmn:subProcess id="q"><bpmn:startEvent id="qs"/>${user('u')}${flow('qs', 'u')}</bpmn:subProcess>`;
const link = (kind: 'Throw' | 'Catch', id: string) =>
  `<bpmn:intermediate${kind}Event id="${id}"><bpmn:linkEventDefinition name="on"/></bpmn:intermediate${kind}Event>`;
const byEvent = `<bpmn:subProcess id="es" triggeredByEvent="true"><bpmn:startEvent id="ess"><bpmn:signalEventDefinition signalRef="sig"/></bpmn:startEvent></bpmn:subProcess>`;
const rest = '<bpmn:signal id="sig" name="go"/>';

const refusedOf = async (process: string): Promise<readonly Refusal[]> => {
  const read = await readMap(bytesOf(mapOf(process, rest)));
  if ('refused' in read) throw new Error(JSON.stringify(read.refused));
  const compiled = compile(read.definitions);
  return 'refused' in compiled ? compiled.refused : [];
};

describe('what stands where it cannot work', () => {
  it.each([
    ['a flow into a start', `${line}${flow('a', 's')}`, 'FLOW_MISPLACED', '"s"'],
    ['a flow out of an end', `${line}${flow('e', 'a')}`, 'FLOW_MISPLACED', '"e"'],
    ['a flow into an event at a border', `${line}${late('a')}${flow('a', 'late')}`, 'FLOW_MISPLACED', '"late"'],
    ['a flow into a link', `${line}${link('Throw', 't')}${link('Catch', 'c')}${flow('a', 'c')}`, 'FLOW_MISPLACED', '"c"'],
    ['a flow out of a link', `${line}${link('Throw', 't')}${link('Catch', 'c')}${flow('t', 'a')}`, 'FLOW_MISPLACED', '"t"'],
    ['a flow into an event sub-process', `${line}${byEvent}${flow('a', 'es')}`, 'FLOW_MISPLACED', '"es"'],
    ['a flow out of an event sub-process', `${line}${byEvent}${flow('es', 'a')}`, 'FLOW_MISPLACED', '"es"'],
    ['an event at the border of a gateway', `${line}<bpmn:parallelGateway id="g"/>${late('g')}`, 'ATTACHED_TO_NO_STEP', '"late"'],
    ['an event at the border of itself', `${line}${late('late')}`, 'ATTACHED_TO_NO_STEP', '"late"'],
    ['an event at the border of an event sub-process', `${line}${byEvent}${late('es')}`, 'ATTACHED_TO_NO_STEP', '"late"'],
    ['an event at the border of a step in another process', `${line}${inner}${late('u')}`, 'ATTACHED_TO_NO_STEP', '"late"'],
    ['a flow over a border', `${line}${inner}${flow('a', 'u')}`, 'NOT_EXECUTABLE', '(a-u)'],
    ['a flow to a flow', `${line}${flow('a', 's-a')}`, 'NOT_EXECUTABLE', '(a-s-a)'],
    ['a flow to the process', `${line}${flow('a', 'p')}`, 'NOT_EXECUTABLE', '(a-p)'],
    ['a flow to nothing', `${line}${flow('a', 'nowhere')}`, 'NOT_EXECUTABLE', '(a-nowhere)'],
    ['the default of another', line.replace('name="Do a"', 'name="Do a" default="s-a"'), 'DEFAULT_NOT_ITS_OWN', '(a)'],
    ['a link caught twice', `${line}${link('Throw', 't')}${link('Catch', 'c')}${link('Catch', 'c2')}`, 'LINK_CAUGHT_TWICE', '"c2"'],
  ])('%s is refused by name', async (_, process, code, named) => {
    const refused = await refusedOf(process);
    expect(refused.map((one) => one.code)).toContain(code);
    expect(refused.find((one) => one.code === code)?.message).toContain(named);
  });

  it.each([
    ['a plain line', line],
    ['an event at the border of a step', `${line}${late('a')}${flow('late', 'e')}`],
    ['an event at the border of a sub-process', `${line}${inner}${flow('a', 'q')}${late('q')}${flow('late', 'e')}`],
    ['a link thrown twice and caught once', `${line}${link('Throw', 't')}${link('Throw', 'r')}${link('Catch', 'c')}${flow('c', 'e')}`],
    ['an event sub-process beside', `${line}${byEvent}`],
    ['its own default', line.replace('name="Do a"', 'name="Do a" default="a-e"')],
  ])('%s is not', async (_, process) => expect(await refusedOf(process)).toEqual([]));
});

describe('what the reader left out', () => {
  it.each([
    [
      'an error that would catch all',
      `${line}<bpmn:boundaryEvent id="b" attachedToRef="a"><bpmn:errorEventDefinition errorRef="gone"/></bpmn:boundaryEvent>`,
      '(b)',
    ],
    [
      'a start that would wait for nothing',
      line.replace(
        '<bpmn:startEvent id="s"/>',
        '<bpmn:startEvent id="s"><bpmn:eventDefinitionRef>gone</bpmn:eventDefinitionRef></bpmn:startEvent>',
      ),
      '"gone"',
    ],
    ['a default that is not there', line.replace('name="Do a"', 'name="Do a" default="gone"'), '"gone"'],
    ['an element nobody knows', `${line}<bpmn:hyperTask id="h"/>`, '<bpmn:hyperTask> in line'],
    ['an inclusion', `${line}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>`, '<xi:include>'],
  ])('%s keeps a map from running', async (_, process, named) => {
    const refused = await refusedOf(process);
    expect(refused[0]?.code).toBe('NOT_EXECUTABLE');
    expect(refused.map(({ message }) => message).join(' ')).toContain(named);
  });

  it.each([
    [
      'a lane that names a step too many',
      `<bpmn:laneSet><bpmn:lane id="l"><bpmn:flowNodeRef>gone</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>${line}`,
    ],
    [
      'what other tools say of a step',
      line.replace(
        user('a'),
        '<bpmn:userTask id="a"><bpmn:extensionElements><z:x xmlns:z="urn:z"/></bpmn:extensionElements></bpmn:userTask>',
      ),
    ],
  ])('%s does not', async (_, process) => expect(await refusedOf(process)).toEqual([]));
});
