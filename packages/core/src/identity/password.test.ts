import { expect, it } from 'vitest';
import { judgePassword } from './password.ts';

it.each([
  { name: 'several words', password: 'kettle orbit walnut', expected: [] },
  { name: 'one character over and over', password: 'aaaaaaaaaaaaaa', expected: ['PASSWORD_REPEATS'] },
  { name: 'the address', password: 'Manager-2026-03', expected: ['PASSWORD_NAMES_YOU'] },
  { name: 'the product', password: 'Aimwell-2026-03', expected: ['PASSWORD_NAMES_YOU'] },
])('judges $name', ({ password, expected }) =>
  expect(judgePassword(password, 'manager@example.org').map((refusal) => refusal.code)).toEqual(expected),
);

it('lets a short name before the @ occur by chance', () => expect(judgePassword('kettle orbit walnut', 'it@example.org')).toEqual([]));
