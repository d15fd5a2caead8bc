import { expect, it } from 'vitest';
import { type BinaryRow, bytesOf, countOf, eachBinaryRow, momentOf, textOf, uuidOf } from './binary-rows.ts';

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const field = (bytes: Buffer | null) => {
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes === null ? -1 : bytes.length);
  return bytes === null ? size : Buffer.concat([size, bytes]);
};
const row = (...fields: readonly (Buffer | null)[]) => Buffer.concat([Buffer.from([0, fields.length]), ...fields.map(field)]);
const trailer = Buffer.from([0xff, 0xff]);
const int8 = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
};

const inChunks = async function* (bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
};
const read = async (bytes: Buffer, size: number, take: (one: BinaryRow) => unknown) => {
  const found: unknown[] = [];
  await eachBinaryRow(inChunks(bytes, size), 2, (one) => found.push(take(one)));
  return found;
};

const bytes = Buffer.concat([header, row(Buffer.from('ä'), null), row(Buffer.alloc(0), Buffer.from('two')), trailer]);

it.each([1, 2, 3, 7, 19, 20, 64, 1000])('reads the same rows however they are cut: by %i bytes', async (size) => {
  expect(await read(bytes, size, (one) => [textOf(one, 0), textOf(one, 1)])).toEqual([
    ['ä', null],
    ['', 'two'],
  ]);
  expect(await read(Buffer.concat([header, trailer]), size, () => 'a row')).toEqual([]);
});

it('reads numbers, moments, ids and bytes as PostgreSQL sends them', async () => {
  const id = Buffer.from('019b76daa8007334aaabbf63f8ce6c8b', 'hex');
  const one = Buffer.concat([header, row(int8(-1_500_000n), id), row(int8(9_007_199_254_740_991n), null), trailer]);
  expect(await read(one, 50, (each) => [countOf(each, 0), uuidOf(each, 1), bytesOf(each, 1)?.length ?? null])).toEqual([
    [-1_500_000, '019b76da-a800-7334-aaab-bf63f8ce6c8b', 16],
    [9_007_199_254_740_991, null, null],
  ]);
  expect((await read(one, 50, (each) => momentOf(each, 0)))[0]).toBe(Date.parse('1999-12-31T23:59:58.500Z'));
});
