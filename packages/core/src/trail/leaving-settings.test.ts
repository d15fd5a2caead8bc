import { expect, it } from 'vitest';
import { judgeLeaving } from './leaving-settings.ts';

const people = new Map<string, string | null>([
  ['a', 'auditor@example.org'],
  ['b', null],
]);
const all = { mailAvailable: true, stampAvailable: true, people };

it('takes people with an address, addresses outside, and a stamp where there is an authority', () => {
  expect(judgeLeaving({ recipients: [{ personId: 'a' }, { email: 'outside@example.org' }], stamp: true }, all)).toEqual([]);
  expect(judgeLeaving({ recipients: [], stamp: false }, { ...all, mailAvailable: false, stampAvailable: false })).toEqual([]);
});

it('says at once everything against it, each in its place', () => {
  const found = judgeLeaving(
    { recipients: [{ personId: 'a' }, { personId: 'b' }, { personId: 'c' }, { email: 'Auditor@Example.org' }], stamp: true },
    { ...all, mailAvailable: false, stampAvailable: false },
  );
  expect(found.map(({ code, field }) => [code, field])).toEqual([
    ['NO_ADDRESS', 'recipients.1'],
    ['REFERENCE', 'recipients.2'],
    ['TWICE', 'recipients.3'],
    ['MAIL_NOT_SET_UP', 'recipients'],
    ['STAMP_NOT_SET_UP', 'stamp'],
  ]);
});
