import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsIn } from '../platform/erasure/testing.ts';
import { password, type Answered, type Visitor } from '../journey/testing.ts';
import { createVault, today, type Vault } from './testing.ts';
import { removePurged } from './purge.ts';
import { sweepOrphans } from './sweep.ts';

let vault: Vault;
let admin: Visitor;
beforeAll(async () => {
  vault = await createVault('vault');
  admin = vault.journey.administrator;
});
afterAll(() => vault.close());

const files = () => vault.journey.house.files;
const org = () => vault.journey.organisation.id;
const collected = async (bytes: string, proves: readonly string[] = []): Promise<Answered> => {
  const reply = await vault.send('evidence/collect', [
    ...proves.map((one) => ['proves', one] as const),
    ['file', { fileName: 'f.txt', bytes }],
  ]);
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return reply.body['evidence'] as Answered;
};
const archive = ({ id }: Answered, version = 2) =>
  admin.do('DELETE', `evidence/${id}`, { reason: 'No longer needed' }, { 'if-match': `"${version}"` });
const purge = ({ id }: Answered) => admin.against(`evidence/${id}/purge`, { reason: 'Retention has ended' });

describe('deleting the files of evidence', () => {
  it('is refused while it is in use', async () => {
    expect(await purge(await collected('in use'))).toEqual(['IN_USE']);
  });

  it('takes the bytes and keeps record, hash, reason and trail', async () => {
    const one = await collected('first');
    await vault.send(`evidence/${one.id}/file`, [['file', { fileName: 'g.txt', bytes: 'second' }]]);
    await archive(one, 3);
    const { items: before } = await admin.do('GET', `evidence/${one.id}/versions`);
    expect(await purge(one)).toEqual([]);
    const record = await admin.do('GET', `evidence/${one.id}`);
    expect(record).toMatchObject({ purgedOn: today, sha256: before?.[0]?.['sha256'], fileName: 'g.txt' });
    for (const version of before ?? []) expect(await files().has(org(), String(version['sha256']))).toBe(false);
    const refused = await vault.download(`evidence/${one.id}/file`);
    expect([refused.statusCode, refused.json().problems[0]]).toMatchObject([
      409,
      { code: 'FILE_DELETED', message: `expected a file that is kept, got one deleted under retention on ${today}` },
    ]);
    expect((await vault.download(`evidence/${one.id}/file?version=2`)).json().problems[0].code).toBe('FILE_DELETED');
    const { items } = await admin.do('GET', `evidence/${one.id}/history`);
    expect(items?.[0]).toMatchObject({ command: 'purge', reason: 'Retention has ended' });
    const { rows } = await vault.journey.owner.query(
      "select e.envelope::json ->> 'sha256' as sha256, f.purged_by = e.id as named from trail_entries e join files f on f.organization_id = e.organization_id and f.sha256 = $2 where e.record_id = $1 and e.command = 'purge'",
      [one.id, record['sha256']],
    );
    expect(rows).toEqual([{ sha256: record['sha256'], named: true }]);
    expect(await purge(one)).toEqual(['FILE_DELETED']);
  });

  it('leaves bytes that other evidence has too', async () => {
    const [one, other] = [await collected('shared'), await collected('shared', ['A.7.4'])];
    await archive(one);
    expect(await purge(one)).toEqual([]);
    expect((await vault.download(`evidence/${one.id}/file`)).json().problems[0].code).toBe('FILE_DELETED');
    expect((await vault.download(`evidence/${other.id}/file`)).body).toBe('shared');
    await archive(other);
    expect(await purge(other)).toEqual([]);
    expect(await files().has(org(), String(one['sha256']))).toBe(false);
  });

  it('of one piece is no reason why the bytes of another may be gone', async () => {
    const [one, other] = [await collected('shared as well'), await collected('shared as well', ['A.7.4'])];
    await archive(one);
    expect(await purge(one)).toEqual([]);
    const { owner } = vault.journey;
    const said = `select e.at, e.id from trail_entries e where e.record_id = '${one.id}' and e.command = 'purge'`;
    await owner.query(`update files f set purged_at = s.at, purged_by = s.id from (${said}) s where f.sha256 = $1`, [one['sha256']]);
    const faults = (await faultsIn(vault.journey)).filter((fault) => fault.includes(String(one['sha256'])));
    expect(faults).toEqual([`file: The file ${String(one['sha256'])} is marked as deleted, and no entry says so`]);
    await owner.query('update files set purged_at = null, purged_by = null where sha256 = $1', [one['sha256']]);
    expect((await vault.download(`evidence/${other.id}/file`)).body).toBe('shared as well');
  });

  it('never takes equal bytes that came again meanwhile', async () => {
    const one = await collected('again');
    await archive(one);
    await purge(one);
    const back = await collected('again');
    // The deletion that a crash interrupted is carried out late.
    expect(await removePurged(vault.journey.house.database, files(), org(), [String(one['sha256'])])).toBe(0);
    expect((await vault.download(`evidence/${back.id}/file`)).body).toBe('again');
  });

  it('waits for the years of a rule that the organisation adopted', async () => {
    const one = await collected('ruled');
    await archive(one);
    await admin.do('PATCH', '', { settings: { retention: { evidence: 1 } } });
    expect(await purge(one)).toEqual(['RETENTION_RUNS']);
    expect(await admin.do('GET', `evidence/${one.id}/retention`)).toMatchObject({ holds: [{ why: 'rule' }], purgedOn: null });
    await admin.do('PATCH', '', { settings: { retention: { evidence: 0 } } });
    // Until the end of the day on which it was archived.
    expect(await purge(one)).toEqual(['RETENTION_RUNS']);
    await admin.do('PATCH', '', { settings: { retention: {} } });
    expect(await purge(one)).toEqual([]);
  });

  it('is for those who keep the management system', async () => {
    const one = await collected('not yours');
    const contributor = await vault.journey.enter('contributor');
    expect((await contributor.ask('POST', `evidence/${one.id}/purge`, { reason: 'I want to' })).status).toBe(403);
  });
});

describe('evidence that an approved version rests on', () => {
  let plan: Answered;
  let one: Answered;
  let treatment: Answered;
  let management: Visitor;
  let treat: (title: string) => Promise<Answered>;
  const approved = async (register: string): Promise<Answered> => {
    const made = await admin.do('POST', register, {});
    await admin.do('POST', `${register}/${made.id}/submit`, {});
    await management.do('POST', `${register}/${made.id}/approve`, { password });
    return made;
  };

  beforeAll(async () => {
    management = await vault.journey.enter('top_management');
    await admin.do('POST', 'authorities', {
      title: 'Designated management',
      holder: management.personId,
      riskLevelLimit: 25,
      approvesPlans: true,
      approvesSoa: true,
      approvesCriteria: true,
      fromDate: '2020-01-01',
    });
    await approved('risk-criteria');
    const risk = await admin.do('POST', 'risks', { statement: 'Letters get lost', owner: admin.personId });
    await admin.do('POST', `risks/${risk.id}/assess`, {
      likelihood: 5,
      organisation: { rating: 5 },
      individuals: { notApplicable: 'nobody is concerned' },
      societies: { notApplicable: 'nobody is concerned' },
    });
    treat = (title) =>
      admin.do('POST', 'treatments', {
        title,
        risk: risk.id,
        option: 'modify',
        modifies: 'both',
        controls: ['A.6.2.6'],
        effectivenessMeasure: 'Letters lost each month',
        expectedLikelihood: 1,
        expectedConsequence: 3,
        owner: admin.personId,
        dueDate: '2999-01-01',
        resources: 'Two days',
      });
    treatment = await treat('Count them');
    one = await collected('rested on', [String(treatment['identifier'])]);
    plan = await approved('treatment-plans');
  });

  it('is not deleted while the version is in force, not even once archived', async () => {
    await archive(one);
    expect(await purge(one)).toEqual(['APPROVED_VERSION_RESTS_ON_IT']);
    expect((await vault.download(`evidence/${one.id}/file`)).body).toBe('rested on');
  });

  it('is not freed by taking the link away first', async () => {
    const other = await collected('unlinked', ['TRT-0001']);
    await admin.do('PATCH', `evidence/${other.id}`, { treatments: [] }, { 'if-match': '"2"' });
    await archive(other, 3);
    expect(await purge(other)).toEqual(['APPROVED_VERSION_RESTS_ON_IT']);
  });

  it('is kept for its years after the version was superseded, and named with the day', async () => {
    await admin.do('POST', `treatments/${treatment.id}/cancel`, { reason: 'Counted by machine from now on' });
    await treat('Count them by machine');
    await approved('treatment-plans');
    const { body } = await admin.ask('POST', `evidence/${one.id}/purge`, { reason: 'Retention has ended' });
    expect(body.problems).toMatchObject([{ code: 'RETENTION_RUNS' }]);
    expect(JSON.stringify(body.problems)).toContain(`of ${plan['identifier']} is kept`);
    await vault.journey.owner.query("update treatment_plans_history set updated_at = now() - interval '4 years' where id = $1", [plan.id]);
    await vault.journey.owner.query("update evidence_history set updated_at = now() - interval '5 years' where id = $1", [one.id]);
    expect(await purge(one)).toEqual([]);
  });
});

describe('clearing away', () => {
  const sweep = (now = new Date()) => sweepOrphans(vault.journey.house.database, files(), org(), now);
  const put = (text: string) =>
    files().put(
      org(),
      (async function* () {
        yield Buffer.from(text);
      })(),
      1000,
    );
  const tomorrow = () => new Date(Date.now() + 2 * 86_400_000);

  it('takes bytes that no row names once they are a day old, and never others', async () => {
    const kept = await collected('named');
    const { sha256 } = await put('nobody names me');
    expect(await sweep()).toMatchObject({ orphans: 0 });
    expect((await sweep(tomorrow())).orphans).toBeGreaterThanOrEqual(1);
    expect(await files().has(org(), sha256)).toBe(false);
    expect((await vault.download(`evidence/${kept.id}/file`)).body).toBe('named');
  });

  it('leaves bytes that somebody put again meanwhile', async () => {
    const { sha256 } = await put('twice');
    const at = path.join(vault.journey.house.config.dataDirectory, 'files', org(), sha256.slice(0, 2), sha256);
    await utimes(at, new Date(0), new Date(0));
    await put('twice');
    expect(await sweep()).toMatchObject({ orphans: 0 });
    expect(await files().has(org(), sha256)).toBe(true);
    await utimes(at, new Date(0), new Date(0));
    expect((await sweep()).orphans).toBe(1);
  });

  it('carries out a recorded deletion that had not reached the disk', async () => {
    const one = await collected('interrupted');
    await archive(one);
    await purge(one);
    await put('interrupted');
    expect(await sweep()).toMatchObject({ purged: 1 });
    expect(await files().has(org(), String(one['sha256']))).toBe(false);
  });
});
