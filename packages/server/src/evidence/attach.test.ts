import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJourney, type Journey, type Visitor } from '../journey/testing.ts';
import { form, today } from './testing.ts';

let journey: Journey;
let manager: Visitor;
let auditor: Visitor;
beforeAll(async () => {
  journey = await createJourney('proof');
  manager = await journey.enter('aims_manager');
  auditor = await journey.enter('internal_auditor');
});
afterAll(() => journey.close());

const record = async (who: Visitor) => (await who.do('POST', 'evidence', { title: 'Report', kind: 'statement', collectedOn: today })).id;
const upload = async (who: Visitor, id: string, bytes: string) => {
  const { headers, payload } = form([['file', { fileName: 'report.txt', bytes }]]);
  return (await who.ask('POST', `evidence/${id}/file`, payload, headers)).status;
};

describe('an auditor, who may not change evidence', () => {
  it('gives a file to what he recorded himself, once', async () => {
    const own = await record(auditor);
    expect(await upload(auditor, own, 'first')).toBe(200);
    expect(await upload(auditor, own, 'second')).toBe(403);
    expect(await auditor.do('GET', `evidence/${own}`)).toMatchObject({ fileName: 'report.txt', fileSize: 5 });
  });

  it('gives none to what others recorded', async () => {
    expect(await upload(auditor, await record(manager), 'his')).toBe(403);
  });

  it('changes nothing that is recorded', async () => {
    const own = await record(auditor);
    expect((await auditor.ask('PATCH', `evidence/${own}`, { title: 'Another' }, { 'if-match': '"1"' })).status).toBe(403);
  });
});

it('lets whoever keeps evidence replace a file, his own or not', async () => {
  const theirs = await record(auditor);
  expect(await upload(manager, theirs, 'one')).toBe(200);
  expect(await upload(manager, theirs, 'two')).toBe(200);
});
