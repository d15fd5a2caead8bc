import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { lintMap, notRun } from './lint.ts';
import { readMap } from './read.ts';
import { bytesOf, mapOf } from './testing/maps.ts';

const flow = (from: string, to: string, rest = '') =>
  `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}" ${rest}/>`;
const user = (id: string, role = 'contributor') =>
  `<bpmn:userTask id="${id}" name="Do ${id}"><bpmn:extensionElements><aims:step role="${role}"/></bpmn:extensionElements></bpmn:userTask>`;
const ends = '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>';

const lint = async (process: string) => {
  const read = await readMap(bytesOf(mapOf(process)));
  if ('refused' in read) throw new Error(JSON.stringify(read.refused));
  const compiled = compile(read.definitions);
  if ('refused' in compiled) throw new Error(JSON.stringify(compiled.refused));
  return lintMap(compiled.graph, read.definitions).map(({ severity, code, element }) => `${severity} ${code} ${element}`);
};

describe('a map that could run', () => {
  it('has nothing against it when all is named, done by somebody and ends', async () =>
    expect(await lint(`${ends}${user('a')}${flow('s', 'a')}${flow('a', 'e')}`)).toEqual([]));

  it('has a step that is never reached, and all inside it', async () =>
    expect(
      await lint(
        `${ends}${user('a')}${flow('s', 'a')}${flow('a', 'e')}<bpmn:subProcess id="b" name="b"><bpmn:startEvent id="bs"/>${flow('bs', 'be')}<bpmn:endEvent id="be"/></bpmn:subProcess>${flow('b', 'e')}`,
      ),
    ).toEqual(['error UNREACHABLE b', 'error UNREACHABLE bs', 'error UNREACHABLE be']));

  it('reaches what boundary events, links and event sub-processes lead to', async () =>
    expect(
      await lint(
        `${ends}${user('a')}${flow('s', 'a')}${flow('a', 'out')}<bpmn:intermediateThrowEvent id="out"><bpmn:linkEventDefinition name="on"/></bpmn:intermediateThrowEvent>
        <bpmn:intermediateCatchEvent id="in" name="on"><bpmn:linkEventDefinition name="on"/></bpmn:intermediateCatchEvent>${flow('in', 'e')}
        <bpmn:boundaryEvent id="late" name="late" attachedToRef="a"><bpmn:timerEventDefinition><bpmn:timeDuration>P5D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>${flow('late', 'b')}${user('b')}${flow('b', 'e')}
        <bpmn:subProcess id="es" name="es" triggeredByEvent="true"><bpmn:startEvent id="ess"><bpmn:timerEventDefinition><bpmn:timeDuration>P9D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:startEvent>${flow('ess', 'ese')}<bpmn:endEvent id="ese"/></bpmn:subProcess>`,
      ),
    ).toEqual([]));

  it('has a circle without a way out', async () =>
    expect(
      await lint(
        `${ends}<bpmn:parallelGateway id="g"/>${flow('s', 'g')}${flow('g', 'e')}${flow('g', 'a')}${user('a')}${user('b')}${flow('a', 'b')}${flow('b', 'a')}`,
      ),
    ).toEqual(['error NEVER_ENDS a', 'error NEVER_ENDS b']));

  it('leaves a step to nobody in particular, and one without a name', async () =>
    expect(await lint(`${ends}<bpmn:userTask id="a"/>${flow('s', 'a')}${flow('a', 'e')}`)).toEqual([
      'warning NO_ROLE a',
      'warning NO_NAME a',
    ]));

  it('asks no question at a gateway, gives no answer and has no default', async () => {
    const condition = (to: string) =>
      `<bpmn:sequenceFlow id="g-${to}" sourceRef="g" targetRef="${to}"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">x = "${to}"</bpmn:conditionExpression></bpmn:sequenceFlow>`;
    expect(
      await lint(`${ends}<bpmn:exclusiveGateway id="g"/>${flow('s', 'g')}${condition('a')}${condition('e')}${user('a')}${flow('a', 'e')}`),
    ).toEqual(['warning NO_QUESTION g', 'warning NO_ANSWER g', 'warning NO_DEFAULT g']);
  });

  it('leads nowhere', async () =>
    expect(await lint(`${ends}${user('a')}${flow('s', 'a')}${flow('s', 'e')}`)).toEqual(['warning NO_END a']));

  it('has a lane without a role; one in which nobody works needs none', async () => {
    const lane = (id: string, step: string, role = '') =>
      `<bpmn:lane id="${id}" name="${id}">${role === '' ? '' : `<bpmn:extensionElements><aims:lane role="${role}"/></bpmn:extensionElements>`}<bpmn:flowNodeRef>${step}</bpmn:flowNodeRef></bpmn:lane>`;
    expect(
      await lint(
        `<bpmn:laneSet>${lane('one', 'a')}${lane('two', 'b', 'risk_manager')}${lane('three', 'e')}</bpmn:laneSet>${ends}${user('a')}<bpmn:userTask id="b" name="b"/>${flow('s', 'a')}${flow('a', 'b')}${flow('b', 'e')}`,
      ),
    ).toEqual(['warning LANE_WITHOUT_ROLE one']);
  });
});

describe('a file with several processes', () => {
  const told = async (rest: string) => {
    const read = await readMap(bytesOf(mapOf(`${ends}${flow('s', 'e')}`, rest)));
    return 'refused' in read ? [] : notRun(read.definitions).map(({ message }) => message);
  };
  it('says which of them runs and which is only shown', async () =>
    expect(await told('<bpmn:process id="partner" name="Partner"><bpmn:task id="theirs"/></bpmn:process>')).toEqual([
      'Process "Partner" (partner) is kept and shown, not run: of a map one process runs, here Process "Test" (p)',
    ]));
  it('says nothing of a pool without steps', async () => expect(await told('<bpmn:process id="empty"/>')).toEqual([]));
});
