import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../journey/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
beforeAll(async () => {
  office = await createOffice('judge');
  ({ manager } = office);
});
afterAll(() => office.close());

const sound = bpmn(`${startAndEnd}${userTask('a')}${flow('s', 'a', 'e')}`);
interface Newest {
  readonly id: string;
  readonly newest: { readonly id: string };
}
const judge = (xml: string) => manager.ask('POST', 'processes/check', { xml });

describe('a map that is being drawn', () => {
  it('is judged element by element, and nothing of it is kept', async () => {
    const before = JSON.stringify(await manager.do('GET', 'processes'));
    const { body } = await judge(bpmn(`${startAndEnd}<scriptTask id="x" name="Run (it)" /><userTask id="y" />${flow('s', 'x', 'y', 'e')}`));
    expect(body).toMatchObject({ executable: false, problems: [{ severity: 'error', code: 'NOT_EXECUTABLE', element: 'x' }] });
    expect(JSON.stringify(await manager.do('GET', 'processes'))).toBe(before);
  });

  it('hears advice too, and of expressions that nobody can read', async () => {
    const { body } = await judge(
      bpmn(`${startAndEnd}<userTask id="y" />${flow('s', 'y')}<exclusiveGateway id="g" default="other"/>${flow('y', 'g')}
        <sequenceFlow id="other" sourceRef="g" targetRef="e"/><sequenceFlow id="c" sourceRef="g" targetRef="e"><conditionExpression>a &gt;</conditionExpression></sequenceFlow>`),
    );
    expect(body['executable']).toBe(false);
    expect(body['problems']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ severity: 'error', code: 'EXPRESSION_UNREADABLE', element: 'c' }),
        expect.objectContaining({ severity: 'warning', code: 'NO_ROLE', element: 'y' }),
      ]),
    );
  });

  it('is fine when nothing is against it, and refused when it is no map at all', async () => {
    expect((await judge(sound)).body).toMatchObject({ executable: true });
    const { status, body } = await judge('<a/>');
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain('NOT_BPMN');
  });
});

describe('a version written onto the newest as it was seen', () => {
  it('is refused when somebody saved another since, and nothing is lost', async () => {
    const map = (await manager.do('POST', 'processes', { key: 'onto', xml: sound })) as unknown as Newest;
    const seen = { id: map.newest.id, version: (await manager.do('GET', `process-versions/${map.newest.id}`))['version'] };
    const theirs = await manager.do('POST', `processes/${map.id}/versions`, { xml: sound.replace('"a"', '"a" name="Theirs"'), onto: seen });
    const mine = await manager.ask('POST', `processes/${map.id}/versions`, { xml: sound, onto: seen });
    expect(mine).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    expect((await manager.do('GET', `process-versions/${map.newest.id}`))['xml']).toBe(theirs['xml']);
    const again = await manager.ask('POST', `processes/${map.id}/versions`, {
      xml: sound,
      onto: { id: map.newest.id, version: theirs['version'] },
    });
    expect(again.status).toBe(201);
  });

  it('is asked for where somebody else has written in the draft; one’s own may be replaced as it is', async () => {
    const map = (await manager.do('POST', 'processes', { key: 'blind', xml: sound })) as unknown as Newest;
    const versions = `processes/${map.id}/versions`;
    const mine = await manager.do('POST', versions, { xml: sound.replace('"a"', '"a" name="Mine"') });
    const other = office.journey.administrator;
    expect(await other.against(versions, { xml: sound })).toEqual(['DRAFT_OF_ANOTHER']);
    const steps = `process-versions/${map.newest.id}/steps`;
    const said = { steps: [{ id: 'a', due: 'P3D' }] };
    const blind = await other.ask('PATCH', steps, said);
    expect([blind.status, blind.body.problems]).toMatchObject([409, [{ code: 'DRAFT_OF_ANOTHER' }]]);
    expect((await manager.do('GET', `process-versions/${map.newest.id}`))['xml']).toBe(mine['xml']);
    expect((await other.ask('PATCH', steps, said, { 'if-match': `"${mine['version']}"` })).status).toBe(200);
    // From now on it is the draft of both.
    expect(await manager.against(versions, { xml: sound })).toEqual(['DRAFT_OF_ANOTHER']);
    expect((await manager.ask('PATCH', steps, { steps: [{ id: 'a', due: 'P4D' }] })).status).toBe(409);
  });
});
