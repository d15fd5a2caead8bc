import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJourney, type Journey, type Visitor } from './testing.ts';

let journey: Journey;
let manager: Visitor;

beforeAll(async () => {
  journey = await createJourney('globex');
  manager = await journey.enter('aims_manager');
});
afterAll(() => journey.close());

const count = async (): Promise<unknown> => (await manager.do('GET', 'systems/count'))['count'];
const trail = async (command: string): Promise<number> => {
  const { rows } = await journey.owner.query<{ count: number }>(
    'select count(*)::int as count from trail_entries where organization_id = $1 and command = $2',
    [journey.organisation.id, command],
  );
  return rows[0]?.count ?? 0;
};

describe('the same key', () => {
  it('sent twice has one effect and one answer', async () => {
    const send = () => manager.ask('POST', 'systems', { name: 'Sent twice' }, { 'idempotency-key': 'twice' });
    const [first, second] = [await send(), await send()];
    expect(second).toEqual(first);
    expect(await count()).toBe(1);
  });

  it('sent ten times at once has one effect and one answer', async () => {
    const written = await trail('create');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => manager.ask('POST', 'systems', { name: 'Sent at once' }, { 'idempotency-key': 'at once' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await count()).toBe(2);
    expect((await trail('create')) - written).toBe(1);
  });

  it('sent with something else is refused', async () => {
    const { status } = await manager.ask('POST', 'systems', { name: 'Another' }, { 'idempotency-key': 'twice' });
    expect([409, 422]).toContain(status);
    expect(await count()).toBe(2);
  });
});

describe('fifty editors of one record', () => {
  it('lose nothing: whoever did not see the last version is told, and each accepted change is a version', async () => {
    const { id } = await manager.do('POST', 'systems', { name: 'Edited by many' });
    const accepted: string[] = [];
    for (let round = 1; round <= 3; round += 1) {
      const { version } = await manager.do('GET', `systems/${id}`);
      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, editor) => {
          const unit = `Editor ${editor} in round ${round}`;
          const { status, body } = await manager.ask('PATCH', `systems/${id}`, { unit }, { 'if-match': `"${version}"` });
          if (status === 200) accepted.push(unit);
          else expect([status, body['currentVersion']]).toEqual([412, version + 1]);
          return status;
        }),
      );
      expect(answers.filter((status) => status === 200)).toHaveLength(1);
    }
    const last = await manager.do('GET', `systems/${id}`);
    expect(accepted).toHaveLength(last.version - 1);
    expect(last['unit']).toBe(accepted.at(-1));
    const history = (await manager.do('GET', `systems/${id}/history`)).items;
    expect(history).toHaveLength(last.version);
  });
});

describe('an external auditor', () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  let auditor: Visitor;
  beforeAll(async () => {
    auditor = await journey.enter('external_auditor', { validFrom: day(-1), validUntil: day(7) });
  });

  it('reads, and each reading is an entry of the trail', async () => {
    const before = await trail('read');
    const [first] = (await auditor.do('GET', 'systems')).items ?? [];
    await auditor.do('GET', `systems/${first?.id}`);
    await auditor.do('GET', 'search?q=sent');
    expect((await trail('read')) - before).toBe(3);
    const { rows } = await journey.owner.query<{ actor: string }>(
      'select distinct actor from trail_entries where organization_id = $1 and command = $2',
      [journey.organisation.id, 'read'],
    );
    expect(rows.map(({ actor }) => actor)).toEqual([auditor.personId]);
  });

  it('writes nothing', async () => {
    const [first] = (await manager.do('GET', 'systems')).items ?? [];
    const attempts = await Promise.all([
      auditor.ask('POST', 'systems', { name: 'Written by an auditor' }),
      auditor.ask('PATCH', `systems/${first?.id}`, { unit: 'Audit' }, { 'if-match': '"1"' }),
      auditor.ask('DELETE', `systems/${first?.id}`, { reason: 'Not wanted' }, { 'if-match': '"1"' }),
      auditor.ask('POST', `systems/${first?.id}/register`, {}),
      auditor.ask('POST', 'bulk/systems', { ids: [first?.id], set: { unit: 'Audit' } }),
      auditor.ask('POST', `comments/systems/${first?.id}`, { body: 'Seen' }),
    ]);
    expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => 403));
    expect(await manager.do('GET', `systems/${first?.id}`)).toEqual(first);
  });

  it('is a stranger before and after the days that were agreed', async () => {
    const agree = (from: string, until: string) =>
      journey.owner.query('update memberships set valid_from = $3, valid_until = $4 where organization_id = $1 and person_id = $2', [
        journey.organisation.id,
        auditor.personId,
        from,
        until,
      ]);
    await agree(day(2), day(9));
    expect((await auditor.ask('GET', 'systems')).status).toBe(404);
    await agree(day(-9), day(-2));
    expect((await auditor.ask('GET', 'systems')).status).toBe(404);
    await agree(day(-9), day(2));
    expect((await auditor.ask('GET', 'systems')).status).toBe(200);
  });
});
