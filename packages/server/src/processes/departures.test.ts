import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let map: string;
beforeAll(async () => {
  office = await createOffice('departures');
  map = await office.publish(
    'slow',
    bpmn(`${startAndEnd}${userTask('a', { due: 'P1D' })}${userTask('b', { due: 'P1D' })}${flow('s', 'a', 'b', 'e')}`),
  );
});
afterAll(() => office.close());

const departures = (query = '') =>
  office.manager.do('GET', `processes/${map}/departures${query}`) as Promise<unknown> as Promise<{
    items: { instance: { id: string }; node: string; name: string; what: string }[];
    runs: number;
    next: string | null;
  }>;

describe('steps that went otherwise than the map says', () => {
  it('are told run by run: late ones, called off and passed by; a run in time has none', async () => {
    const intime = await office.start('slow');
    const late = await office.start('slow');
    const ended = await office.start('slow');
    await office.journey.owner.query("update process_happenings set at = at - interval '3 days' where instance_id = $1", [late]);
    await office.manager.do('POST', `process-instances/${ended}/terminate`, { reason: 'started by mistake' });
    const { items, runs, next } = await departures();
    expect({ runs, next }).toEqual({ runs: 3, next: null });
    expect(items.map(({ instance, node, name, what }) => [instance.id, node, name, what])).toEqual([
      [ended, 'a', 'Do a', 'cancelled'],
      [ended, 'b', 'Do b', 'notReached'],
      [late, 'a', 'Do a', 'late'],
    ]);
    expect(items.some(({ instance }) => instance.id === intime)).toBe(false);
  });

  it('come in pages of runs', async () => {
    const first = await departures('?limit=1');
    expect(first.runs).toBe(1);
    const second = await departures(`?limit=1&cursor=${first.next}`);
    expect(second.items.map(({ what }) => what)).toEqual(['late']);
    expect(await office.manager.ask('GET', `processes/${map}/departures?cursor=no`)).toMatchObject({
      body: { problems: [{ code: 'CURSOR', field: 'cursor' }] },
    });
  });
});
