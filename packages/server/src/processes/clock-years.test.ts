import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Visitor } from '../journey/testing.ts';
import { until } from '../platform/trail/testing/organisation.ts';
import { startProcessClock } from './clock.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';
import { createOffice, type Office } from './testing/office.ts';

let office: Office;
let manager: Visitor;
/** What the clock of the server shows. */
let shown: Date;
let clock: ReturnType<typeof startProcessClock>;
const said: string[] = [];
beforeAll(async () => {
  office = await createOffice('years');
  ({ manager } = office);
  await office.journey.administrator.do('PATCH', '', { timeZone: 'Pacific/Auckland' });
  shown = new Date();
  const { database } = office.journey.house;
  clock = startProcessClock({ database, now: () => shown, report: (line) => said.push(line), everyMs: 10 });
});
afterAll(async () => {
  await clock.stop();
  await office.close();
});

const runsOf = async (process: string) => (await manager.do('GET', `process-instances?process=${process}&limit=200`)).items ?? [];
/** Moves the clock, and waits until the server has looked at all that is due by then: the third look begins after the second is over. */
const moveTo = async (moment: string) => {
  shown = new Date(moment);
  for (let look = 0; look < 3; look += 1) {
    const beat = await office.start('beat');
    await until(async () => (await manager.do('GET', `process-instances/${beat}`))['status'] === 'completed');
  }
};
const timer = (kind: string, text: string) => `<timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition>`;
/** A run of it ends as soon as the clock has looked at it. */
const beat = bpmn(
  `${startAndEnd}<intermediateCatchEvent id="w">${timer('timeDate', '2020-01-01T00:00Z')}</intermediateCatchEvent>${flow('s', 'w', 'e')}`,
);

it('a running server starts the yearly run on 29 February by the wall clock of the organisation, and after years of standstill once', async () => {
  await office.publish('beat', beat);
  const map = await office.publish(
    'leap',
    bpmn(
      `<startEvent id="y">${timer('timeCycle', 'R/2028-02-29T09:00/P1Y')}</startEvent><endEvent id="e" />${userTask('review')}${flow('y', 'review', 'e')}`,
    ),
  );
  const started = async (moment: string) => {
    await moveTo(moment);
    return (await runsOf(map)).length;
  };
  // 09:00 of Auckland in summer time is 20:00 of the day before in UTC.
  expect(await started('2028-02-28T19:59:00Z')).toBe(0);
  expect(await started('2028-02-28T20:00:00Z')).toBe(1);
  // In common years on the 28th.
  expect(await started('2029-02-27T19:59:00Z')).toBe(1);
  expect(await started('2029-02-27T20:00:30Z')).toBe(2);
  // Two dates were slept through: one run, and the next comes on its day.
  expect(await started('2031-06-01T00:00:00Z')).toBe(3);
  expect(await started('2032-02-28T19:59:00Z')).toBe(3);
  expect(await started('2032-02-28T20:00:00Z')).toBe(4);
  expect(said).toEqual([]);
});

it('a running server fires a timer of 90 days by the wall clock, over the end of summer time', async () => {
  shown = new Date('2033-03-01T00:00:00Z');
  await office.publish(
    'ninety',
    bpmn(
      `<startEvent id="s">${timer('timeDate', '2033-03-01T21:00:00Z')}</startEvent><endEvent id="e" /><intermediateCatchEvent id="w">${timer('timeDuration', 'P90D')}</intermediateCatchEvent>${userTask('then')}${flow('s', 'w', 'then', 'e')}`,
    ),
  );
  await moveTo('2033-03-01T21:00:00Z');
  const openAt = async (moment: string) => {
    await moveTo(moment);
    const [run] =
      (await manager.do('GET', 'process-instances?status=active&limit=200')).items?.filter(
        (one) => (one['process'] as { key: string }).key === 'ninety',
      ) ?? [];
    return run?.['openTasks'];
  };
  // Begun at 10:00 of 2 March; 90 days later summer time is over, so that 10:00 is an hour later in UTC.
  expect(await openAt('2033-05-30T21:59:00Z')).toBe(0);
  expect(await openAt('2033-05-30T22:00:00Z')).toBe(1);
  expect(said).toEqual([]);
});
