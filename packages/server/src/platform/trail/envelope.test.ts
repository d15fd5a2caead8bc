import { describe, expect, it } from 'vitest';
import { canonicalJson, envelopeBytes, payloadDigest } from './envelope.ts';

// Golden bytes (docs/decisions/0005). They are never edited: other people's verifiers rest on them.
const golden = {
  salt: '000102030405060708090a0b0c0d0e0f',
  payload:
    '{"reason":"Größe geändert – \\"neu\\"","record":{"archivedAt":null,"archivedReason":null,"custom":{"Agency":" DOE "},"identifier":"SYS-0042","values":{"lists":["b","a"],"name":"Churn\\nPredictor","number":12}}}',
  digest: '6cbca9a94114f484ce84ab8c3037fec8b9fc15289ef4741e063a8348ed4ef5ac',
};

const envelope = {
  entry: '01910000-0000-7000-8000-000000000001',
  organisation: '01910000-0000-7000-8000-0000000000aa',
  register: 'systems',
  record: '01910000-0000-7000-8000-000000000002',
  version: 3,
  command: 'patch',
  actor: '01910000-0000-7000-8000-000000000003',
  time: '2026-03-31T23:59:59.007Z',
  request: null,
  digest: golden.digest,
};

describe('the bytes of a trail entry', () => {
  it('are these for a payload, whatever the order of its members', () => {
    const payload = {
      record: {
        values: { number: 12, name: 'Churn\nPredictor', lists: ['b', 'a'] },
        identifier: 'SYS-0042',
        custom: { Agency: ' DOE ' },
        archivedReason: null,
        archivedAt: null,
      },
      reason: 'Größe geändert – "neu"',
      input: undefined,
    };
    expect(canonicalJson(payload)).toBe(golden.payload);
    expect(payloadDigest(Buffer.from(golden.salt, 'hex'), Buffer.from(golden.payload, 'utf8'))).toBe(golden.digest);
  });

  it('are these for an envelope without a file', () => {
    expect(envelopeBytes(envelope)).toBe(
      `{"v":1,"entry":"01910000-0000-7000-8000-000000000001","organisation":"01910000-0000-7000-8000-0000000000aa","register":"systems","record":"01910000-0000-7000-8000-000000000002","version":3,"command":"patch","actor":"01910000-0000-7000-8000-000000000003","time":"2026-03-31T23:59:59.007Z","request":null,"digest":"${golden.digest}"}`,
    );
  });

  it('name file and hash before the digest where a file is concerned', () => {
    expect(envelopeBytes({ ...envelope, record: null, version: null, actor: null, file: 'report é.pdf', sha256: 'ab'.repeat(32) })).toBe(
      `{"v":1,"entry":"01910000-0000-7000-8000-000000000001","organisation":"01910000-0000-7000-8000-0000000000aa","register":"systems","record":null,"version":null,"command":"patch","actor":null,"time":"2026-03-31T23:59:59.007Z","request":null,"file":"report é.pdf","sha256":"${'ab'.repeat(32)}","digest":"${golden.digest}"}`,
    );
  });

  it('refuse what JSON cannot say', () => {
    expect(() => canonicalJson({ level: Number.NaN })).toThrow('finite');
    expect(() => canonicalJson({ run: () => 1 })).toThrow('JSON value');
  });
});
