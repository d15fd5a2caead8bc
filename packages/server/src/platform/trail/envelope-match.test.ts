import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BinaryRow } from '../database/binary-rows.ts';
import { envelopeBytes } from './envelope.ts';
import { envelopeMatcher } from './envelope-match.ts';

const columns = { entry: 0, register: 1, record: 2, version: 3, command: 4, actor: 5, at: 6, envelope: 7 };
const organisation = '019b76da-a800-7334-aaab-bf63f8ce6c8b';

interface Said {
  readonly entry: string;
  readonly register: string;
  readonly record: string | null;
  readonly version: number | null;
  readonly command: string;
  readonly actor: string | null;
  readonly time: string;
}

const uuidBytes = (id: string | null) => (id === null ? null : Buffer.from(id.replaceAll('-', ''), 'hex'));
const numberBytes = (value: number | null) => {
  const bytes = Buffer.alloc(4);
  if (value !== null) bytes.writeInt32BE(value);
  return value === null ? null : bytes;
};
const momentBytes = (time: string) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(Date.parse(time) - 946_684_800_000) * 1000n);
  return bytes;
};

/** A row as a binary COPY brings it: the columns and, after them, the envelope of perhaps another entry. */
const rowOf = (said: Said, envelope: string): BinaryRow => {
  const fields = [
    uuidBytes(said.entry),
    Buffer.from(said.register),
    uuidBytes(said.record),
    numberBytes(said.version),
    Buffer.from(said.command),
    uuidBytes(said.actor),
    momentBytes(said.time),
    Buffer.from(envelope),
  ];
  const start = new Int32Array(fields.length);
  const length = new Int32Array(fields.length);
  let at = 0;
  for (const [index, field] of fields.entries()) {
    at += 4;
    start[index] = at;
    length[index] = field?.length ?? -1;
    at += field?.length ?? 0;
  }
  const bytes = Buffer.concat(fields.flatMap((field) => [Buffer.alloc(4), field ?? Buffer.alloc(0)]));
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), start, length };
};

const envelopeOf = (said: Said) => envelopeBytes({ ...said, organisation, request: null, digest: 'a'.repeat(64) });
const matches = (said: Said, envelope: string) => envelopeMatcher(organisation, columns)(rowOf(said, envelope));

const saids = fc.record({
  entry: fc.uuid(),
  register: fc.constantFrom('systems', 'risks', 'api-tokens'),
  record: fc.option(fc.uuid()),
  version: fc.option(fc.integer({ min: -5, max: 2_147_483_647 })),
  command: fc.constantFrom('create', 'patch', 'prüfen'),
  actor: fc.option(fc.uuid()),
  time: fc
    .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2199-12-31T23:59:59.999Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
});

it('says yes to the envelope that the columns belong to', () => {
  fc.assert(fc.property(saids, (said) => matches(said, envelopeOf(said))));
});

it('says yes to no other: not when any column is that of another entry', () => {
  fc.assert(
    fc.property(saids, saids, (said, other) => {
      for (const [name, value] of Object.entries(other)) {
        const changed: Said = { ...said, [name]: value };
        expect(matches(changed, envelopeOf(said))).toBe(envelopeOf(changed) === envelopeOf(said));
      }
    }),
  );
});

const plain: Said = {
  entry: organisation,
  register: 'systems',
  record: organisation,
  version: 1,
  command: 'patch',
  actor: null,
  time: '2026-03-31T23:59:59.999Z',
};

it.each([
  {
    name: 'a column that would close the quotes of the text',
    said: { ...plain, register: 'systems","record":null' },
    envelope: envelopeOf({ ...plain, record: null }),
  },
  { name: 'a column with what JSON escapes', said: { ...plain, register: 'a\\"b' }, envelope: envelopeOf({ ...plain, register: 'a"b' }) },
  { name: 'an envelope that ends early', said: plain, envelope: envelopeOf(plain).slice(0, 60) },
  {
    name: 'an envelope of another organisation',
    said: plain,
    envelope: envelopeOf(plain).replace(`"organisation":"${organisation}"`, `"organisation":"${organisation.replace('9', '8')}"`),
  },
  { name: 'an empty one', said: plain, envelope: '' },
])('says no to $name', ({ said, envelope }) => {
  expect(matches(said, envelope)).toBe(false);
});

it('goes from minute to minute', () => {
  const match = envelopeMatcher(organisation, columns);
  for (const time of ['2026-03-31T23:59:59.999Z', '2026-04-01T00:00:00.000Z', '2026-03-31T23:59:00.010Z']) {
    const said = { ...plain, time };
    expect(match(rowOf(said, envelopeOf(said)))).toBe(true);
    expect(match(rowOf({ ...said, time: '2026-03-31T23:58:00.010Z' }, envelopeOf(said)))).toBe(false);
  }
});
