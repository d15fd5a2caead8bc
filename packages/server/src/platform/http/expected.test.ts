import { calendarDay } from '@aimwell/contract/platform/schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { issues } from './mount.ts';

const form = z.strictObject({
  dueOn: calendarDay,
  note: z.string().trim().min(3),
  owner: z.uuid(),
  count: z.int(),
  sure: z.boolean(),
  level: z.enum(['low', 'high']),
  lines: z.array(z.strictObject({ on: calendarDay })),
  later: z.iso.date().nullable().default(null),
  reason: z.string().optional(),
  values: z.record(z.string(), z.json()).optional(),
});
const judged = form.refine(({ sure, reason }) => sure || reason !== undefined, {
  path: ['reason'],
  message: 'expected a reason where it is not sure',
});
const good = {
  dueOn: '2027-01-31',
  note: 'said',
  owner: '0192f000-0000-7000-8000-000000000000',
  count: 1,
  sure: true,
  level: 'low',
  lines: [{ on: '2027-01-31' }],
};
const said = (wrong: object) => {
  const given = { ...good, ...wrong };
  const result = judged.safeParse(given);
  return result.success ? [] : issues(result.error, given, judged).map(({ field, message, remedy }) => `${field}: ${message}. ${remedy}`);
};

describe('what stands against a value', () => {
  it('is nothing where it fits', () => expect(said({})).toEqual([]));

  it.each<[object, string]>([
    [{ dueOn: undefined }, 'dueOn: expected a day such as 2027-01-31, got nothing. Fill it in.'],
    [{ dueOn: '' }, 'dueOn: expected a day such as 2027-01-31, got nothing. Fill it in.'],
    [{ dueOn: null }, 'dueOn: expected a day such as 2027-01-31, got nothing. Fill it in.'],
    [{ dueOn: '31.1.2027' }, 'dueOn: expected a day such as 2027-01-31, got "31.1.2027". Write it in the expected form.'],
    [{ note: undefined }, 'note: expected words, got nothing. Fill it in.'],
    [{ note: '' }, 'note: expected words, got nothing. Fill it in.'],
    [{ owner: undefined }, 'owner: expected a record, by its id, got nothing. Fill it in.'],
    [{ count: undefined }, 'count: expected a number, got nothing. Fill it in.'],
    [{ count: 'two' }, 'count: expected a number, got "two". Send a value of the expected kind.'],
    [{ sure: undefined }, 'sure: expected true or false, got nothing. Fill it in.'],
    [{ level: undefined }, 'level: expected one of low, high, got nothing. Fill it in.'],
    [{ level: 'medium' }, 'level: expected one of low, high, got "medium". Choose one of the expected values.'],
    [{ lines: [{}] }, 'lines.0.on: expected a day such as 2027-01-31, got nothing. Fill it in.'],
    [{ later: 3 }, 'later: expected a day such as 2027-01-31, got 3. Send a value of the expected kind.'],
  ])('%j is said in plain words', (wrong, expected) => expect(said(wrong)).toEqual([expected]));

  it('keeps what the schema itself says of it', () => {
    expect(said({ note: 'ab' })).toEqual([expect.stringContaining('>=3')]);
    expect(said({ sure: false })).toEqual(['reason: expected a reason where it is not sure; got nothing. Fill it in.']);
    expect(said({ dueOn: '0000-01-31' })).toEqual([expect.stringContaining('from the year 1 on')]);
  });
});
