import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, today, type Vault } from '../evidence/testing.ts';
import { password, type Answered, type Visitor } from '../journey/testing.ts';
import { bpmn, flow, startAndEnd, userTask } from './testing/maps.ts';

let vault: Vault;
let admin: Visitor;
beforeAll(async () => {
  vault = await createVault('kept-evidence');
  admin = vault.journey.administrator;
  const xml = bpmn(`${startAndEnd}${userTask('show', { evidence: 'minutes' })}${userTask('more')}${flow('s', 'show', 'more', 'e')}`);
  const made = await admin.do('POST', 'processes', { key: 'shown', xml });
  const version = (made['newest'] as { id: string }).id;
  await admin.do('POST', `process-versions/${version}/submit`, {});
  const management = await vault.journey.enter('top_management');
  await management.do('POST', `process-versions/${version}/approve`, { password });
});
afterAll(() => vault.close());

const collected = async (bytes: string): Promise<Answered> =>
  (await vault.send('evidence/collect', [['file', { fileName: 'f.txt', bytes }]])).body['evidence'] as Answered;
const archive = ({ id }: Answered) => admin.do('DELETE', `evidence/${id}`, { reason: 'No longer needed' }, { 'if-match': `"2"` });
const purge = ({ id }: Answered) => admin.ask('POST', `evidence/${id}/purge`, { reason: 'Retention has ended' });
const nextTask = async (run: string) => (await admin.do('GET', `process-tasks?who=all&instance=${run}`)).items?.[0]?.id ?? '';

describe('evidence attached to a task', () => {
  it('keeps its file while the run is in progress, and three years after its end', async () => {
    const [shown, other] = [await collected('shown'), await collected('other')];
    const run = (await admin.do('POST', 'process-instances', { process: 'shown' })).id;
    await admin.do('POST', `process-tasks/${await nextTask(run)}/complete`, { evidence: [{ evidence: shown.id, kind: 'minutes' }] });
    for (const one of [shown, other]) await archive(one);
    expect((await purge(other)).status).toBe(200);
    const during = await purge(shown);
    expect([during.status, during.body.problems]).toMatchObject([
      409,
      [{ code: 'APPROVED_VERSION_RESTS_ON_IT', message: expect.stringContaining('RUN-0001') }],
    ]);
    await admin.do('POST', `process-tasks/${await nextTask(run)}/complete`, {});
    expect(await admin.do('GET', `process-instances/${run}`)).toMatchObject({ status: 'completed' });
    const after = await purge(shown);
    const end = `${Number(today.slice(0, 4)) + 3}`;
    expect(after.body.problems).toMatchObject([{ code: 'RETENTION_RUNS', message: expect.stringContaining(end) }]);
    const { rows } = await vault.journey.owner.query("update process_instances set ended_at = ended_at - interval '4 years' returning 1");
    expect(rows).toHaveLength(1);
    expect((await purge(shown)).status).toBe(200);
  });

  it('proves nothing once it has run out or was archived, and stands for one kind', async () => {
    const begin = async () => nextTask((await admin.do('POST', 'process-instances', { process: 'shown' })).id);
    const complete = (task: string, given: object[]) => admin.against(`process-tasks/${task}/complete`, { evidence: given });
    const late = { kind: 'statement', collectedOn: '2026-01-01', lateReason: 'Found later' };
    const old = await admin.do('POST', 'evidence', { title: 'Run out', ...late, validUntil: '2026-02-01' });
    const task = await begin();
    expect(await complete(task, [{ evidence: old.id, kind: 'minutes' }])).toEqual(['EVIDENCE_MISSING evidence']);
    const gone = await collected('gone');
    await admin.do('POST', `process-tasks/${task}/evidence`, { evidence: gone.id, kind: 'minutes' });
    await archive(gone);
    expect(await complete(task, [])).toEqual(['EVIDENCE_MISSING evidence']);
    const more = await admin.do('POST', 'evidence', { title: 'Beside it', ...late });
    await admin.do('POST', `process-tasks/${task}/evidence`, { evidence: more.id, kind: null });
    expect(await complete(task, [{ evidence: more.id, kind: 'minutes' }])).toEqual(['ATTACHED_OTHERWISE evidence']);
    const good = await admin.do('POST', 'evidence', { title: 'Holds', ...late });
    expect(await complete(task, [{ evidence: good.id, kind: 'minutes' }])).toEqual([]);
  });
});
