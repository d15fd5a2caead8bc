import { asOfMoment } from '@aimwell/contract/platform/endpoint';
import { describe, expect, it } from 'vitest';
import { keepMoment, readMoment } from './moment.ts';
import { addressOf, request } from '../../ui/api.ts';
import { dayOfMoment, isReadOnlyAction, momentOf, momentWords } from '../../ui/past.ts';

describe('a moment', () => {
  it('is told in UTC; a day means its end', () => {
    expect(momentWords('2026-03-31')).toBe('31 March 2026, 23:59 UTC');
    expect(momentWords('2026-03-31T12:00:00Z')).toBe('31 March 2026, 12:00 UTC');
    expect(momentWords('2026-03-31T23:30:05+02:00')).toBe('31 March 2026, 21:30:05 UTC');
  });
  it('has its day where the organisation is', () => {
    expect(dayOfMoment('2026-03-31', 'Pacific/Auckland')).toBe('2026-03-31');
    expect(dayOfMoment('2026-03-31T23:30:00Z', 'Pacific/Auckland')).toBe('2026-04-01');
  });
  const now = new Date('2026-04-01T08:00:00Z');
  it.each([
    ['2026-03-31', 'past'],
    ['2026-04-01', 'past'],
    ['2026-04-02', 'none'],
    ['2026-04-01T09:00:00Z', 'none'],
    ['2026-02-30', 'none'],
    ['yesterday', 'none'],
    ['', 'now'],
    [undefined, 'now'],
  ])('%s in the address is %s', (given, kind) => expect(readMoment(given, now).kind).toBe(kind));
});

it.each([
  '2026-03-31',
  '2026-02-29',
  '2026-03-31T12:00:00Z',
  '2026-03-31T12:00:00.123+02:00',
  '2026-03-31T25:00:00Z',
  '2026-03-31 12:00',
  '20260331',
  'x',
])('the address takes %s as the API does', (given) =>
  expect(readMoment(given, new Date('2027-01-01T00:00:00Z')).kind === 'past').toBe(asOfMoment.safeParse(given).success),
);

describe('walking inside the organisation', () => {
  const walk = (search: object, result: object) => keepMoment({ search, next: () => result });
  it('keeps the moment', () => expect(walk({ asOf: '2026-03-31' }, { state: 'open' })).toEqual({ state: 'open', asOf: '2026-03-31' }));
  it('leaves it where a link takes it out or names another', () => {
    expect(walk({ asOf: '2026-03-31' }, { asOf: undefined })).toEqual({ asOf: undefined });
    expect(walk({ asOf: '2026-03-31' }, { asOf: '2026-01-31' })).toEqual({ asOf: '2026-01-31' });
  });
  it('adds nothing today', () => expect(walk({}, { state: 'open' })).toEqual({ state: 'open' }));
});

describe('a path of the past', () => {
  const path = '/api/v1/orgs/acme/risks?asOf=2026-03-31';
  it('keeps its moment beside a query', () => {
    expect(momentOf(path)).toBe('2026-03-31');
    expect(addressOf(path, { limit: 5, asOf: '2020-01-01' })).toBe('/api/v1/orgs/acme/risks?limit=5&asOf=2026-03-31');
    expect(addressOf('/api/v1/orgs/acme/risks', { limit: 5 })).toBe('/api/v1/orgs/acme/risks?limit=5');
  });
  it('is never written to, and no request leaves', async () => {
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE'])
      await expect(request(method, path, { body: {} })).rejects.toMatchObject({ status: 409, problem: { code: 'REFUSED' } });
  });
});

it('reading is all that may be done there', () => {
  expect(isReadOnlyAction('reports.read')).toBe(true);
  expect(isReadOnlyAction('settings.change')).toBe(false);
  expect(isReadOnlyAction('import.run')).toBe(false);
});
