import { importFile, importPreview, importResult } from '@aimwell/contract/platform/transfer';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFurnishedHouse } from '../../generated/house.ts';
import { createApp } from '../http/app.ts';
import { readTable } from '../tables/read.ts';
import { mountTransfer } from './routes.ts';

let product: Awaited<ReturnType<typeof createFurnishedHouse>>;
let app: FastifyInstance;

beforeAll(async () => {
  product = await createFurnishedHouse();
  const { house } = product;
  app = await createApp({ publicUrl: 'http://127.0.0.1:4600', maxUploadBytes: 1_000_000 });
  mountTransfer(app, { database: house.database, doorkeeper: house.identity.doorkeeper, now: house.now }, house);
});
afterAll(async () => {
  await app.close();
  await product.close();
});

type Side = 'ours' | 'theirs';
const send = async (
  side: Side,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
  role: 'administrator' | 'reader' = 'administrator',
) =>
  app.inject({
    method,
    url: `/api/v1/orgs/${side}${url}`,
    headers: { authorization: `Bearer ${await product[side].token(role)}` },
    ...(payload === undefined ? {} : { payload }),
  });

const upload = async (side: Side, register: string, text: string, role: 'administrator' | 'reader' = 'administrator') => {
  const body = [
    '--edge',
    'content-disposition: form-data; name="file"; filename="systems.csv"',
    'content-type: text/csv',
    '',
    text,
    '--edge--',
    '',
  ].join('\r\n');
  return app.inject({
    method: 'POST',
    url: `/api/v1/orgs/${side}/import/${register}/file`,
    headers: { authorization: `Bearer ${await product[side].token(role)}`, 'content-type': 'multipart/form-data; boundary=edge' },
    payload: body,
  });
};

const settled = async (side: Side, id: string): Promise<{ state: string; result: unknown }> => {
  await product.house.work.settled();
  const answer = await product.app.inject({
    method: 'GET',
    url: `/api/v1/orgs/${side}/work/${id}`,
    headers: { authorization: `Bearer ${await product[side].token('administrator')}` },
  });
  return answer.json();
};

const sheet = 'Name,Our role,Stage,Owner\nScheduler,deployer,In use,Head of HR\nPlanner,,Hatching,\n';

describe('import over HTTP', () => {
  it('goes from file to dry run, mended cells, import and export', async () => {
    const told = importFile.parse((await upload('ours', 'systems', sheet)).json());
    expect(told).toMatchObject({ rows: 2, encoding: 'utf-8', delimiter: ',', mappingFrom: 'guess', name: 'systems.csv' });
    expect(told.mapping.columns.map(({ field }) => field)).toEqual(['name', 'rolesLaw', 'state', 'owner']);
    const order = { file: told.file, name: told.name, mapping: told.mapping };

    const dry = importPreview.parse((await send('ours', 'POST', '/import/systems/preview', order)).json());
    expect(dry).toMatchObject({
      summary: '2 rows: 1 ready, 1 needs a role',
      newPeople: ['Head of HR'],
      values: [{ column: 'Stage', field: 'state', seen: 'Hatching', count: 1 }],
    });
    expect(dry.rows[1]).toMatchObject({
      row: 3,
      state: 'needs',
      problems: [
        { code: 'CHOICE_UNKNOWN', severity: 'warning', column: 'Stage' },
        { code: 'ROLE_MISSING', severity: 'needs', suggestion: 'provider' },
      ],
    });
    const second = importPreview.parse(
      (await send('ours', 'POST', '/import/systems/preview', { ...order, limit: 1, only: 'problems' })).json(),
    );
    expect([second.rows.map(({ row }) => row), second.next]).toEqual([[3], null]);

    const failed = await settled('ours', (await send('ours', 'POST', '/import/systems/commit', order)).json<{ work: string }>().work);
    expect(failed).toMatchObject({ state: 'failed', result: { code: 'REFUSED', problems: [{ code: 'ROLE_MISSING' }] } });

    const answer = await send('ours', 'POST', '/import/systems/commit', { ...order, fixes: { 3: { rolesLaw: ['provider', 'deployer'] } } });
    expect(answer.statusCode).toBe(202);
    const done = await settled('ours', answer.json<{ work: string }>().work);
    expect(done.state).toBe('done');
    expect(importResult.parse(done.result)).toMatchObject({ created: 2, people: ['Head of HR'] });
    expect(importFile.parse((await upload('ours', 'systems', sheet)).json())).toMatchObject({ mappingFrom: 'saved' });

    const exported = await send('ours', 'GET', '/export/systems?format=csv&q=Planner');
    expect(exported.headers['content-disposition']).toContain('systems-');
    expect(exported.body.split('\r\n')).toHaveLength(3);
    expect(exported.body).toContain('"Hatching"');
  });

  it('knows nothing of what the other organisation brought', async () => {
    const { file, mapping } = importFile.parse((await upload('ours', 'systems', 'Name\nOnly ours\n')).json());
    expect((await send('theirs', 'POST', '/import/systems/preview', { file, mapping })).statusCode).toBe(404);
    expect((await send('theirs', 'POST', '/import/systems/commit', { file, mapping })).statusCode).toBe(404);
    expect((await send('theirs', 'GET', '/export/systems?format=json')).body).not.toContain('Planner');
  });

  it('says what is wrong with a file, a register, a filter and a role', async () => {
    expect((await upload('ours', 'systems', '%PDF-1.7')).json()).toMatchObject({
      code: 'INVALID',
      problems: [{ code: 'WRONG_KIND', field: 'file' }],
    });
    expect((await upload('ours', 'treatments', sheet)).statusCode).toBe(404);
    expect((await upload('ours', 'nothing', sheet)).statusCode).toBe(404);
    expect((await upload('ours', 'systems', sheet, 'reader')).statusCode).toBe(403);
    expect((await send('ours', 'GET', '/export/systems?format=csv&colour=red')).statusCode).toBe(422);
    expect((await send('ours', 'GET', '/export/systems?format=csv&state=flying')).statusCode).toBe(422);
  });
});

describe('an export', () => {
  const note = 'aimwell/x\n7\ncm9vdA==\n\n— aimwell/x c2lnbmF0dXJl\n';
  const taken = (format: string) => send('ours', 'GET', `/export/systems?format=${format}`);
  beforeAll(async () => {
    const owner = new pg.Client(product.owner);
    await owner.connect();
    await owner.query(
      `insert into trail_checkpoints (organization_id, size, root, note, epoch, at) values ($1, 7, $2, $3, 1, '2026-03-01T05:00:00Z')`,
      [product.ours.organisation.id, Buffer.alloc(32, 1), note],
    );
    await owner.end();
  });

  it.each(['csv', 'json', 'xlsx'])('as %s carries the signed checkpoint that goes with it, and reads back as before', async (format) => {
    const answer = await taken(format);
    expect(answer.statusCode).toBe(200);
    expect(Buffer.from(String(answer.headers['aimwell-checkpoint']), 'base64').toString('utf8')).toBe(note);
    const table = await readTable(answer.rawPayload, `systems.${format}`);
    expect(table.rows.length).toBeGreaterThan(0);
    if (format === 'json') expect(answer.json()).toMatchObject({ register: 'systems', checkpoint: note });
    if (format === 'csv') expect(answer.body).not.toContain('c2lnbmF0dXJl');
    if (format === 'xlsx') {
      const beside = await readTable(answer.rawPayload, 'systems.xlsx', { sheet: 'Checkpoint' });
      expect([beside.headers.map(({ text }) => text), ...beside.rows.map(({ cells }) => cells)]).toContainEqual(['Checkpoint', note]);
    }
  });

  it('of an organisation without a checkpoint has none', async () => {
    const answer = await send('theirs', 'GET', '/export/systems?format=json');
    expect(answer.headers['aimwell-checkpoint']).toBeUndefined();
    expect(answer.json()).toMatchObject({ checkpoint: null });
  });
});
