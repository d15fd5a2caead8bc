import { expect, it } from 'vitest';
import { newId } from './ids.ts';

const MOMENT = Date.UTC(2026, 10, 2);

it('makes a UUID of version 7 that holds its moment', () => {
  expect(newId(MOMENT)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  expect(parseInt(newId(MOMENT).replaceAll('-', '').slice(0, 12), 16)).toBe(MOMENT);
});

it('keeps the order of what came in one millisecond: entries of one moment are told in it', () => {
  const ids = Array.from({ length: 2_000 }, () => newId(MOMENT + 1));
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

it('begins anew at another moment', () => {
  expect(newId(MOMENT + 3) < newId(MOMENT + 4)).toBe(true);
});
