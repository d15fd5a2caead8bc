import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roles } from '../roles/permissions.ts';
import { judgeGrant, judgeGranter } from './granting.ts';

const today = '2026-03-31';
const codes = (refused: readonly { code: string; field?: string }[]) => refused.map((refusal) => refusal.code);
const grant = (values: Partial<Parameters<typeof judgeGrant>[0]>) => ({
  roles: ['reader'] as const,
  validFrom: null,
  validUntil: null,
  ...values,
});

describe('what is granted', () => {
  it.each([
    { name: 'a reader without days', grant: grant({}), expected: [] },
    { name: 'a reader until today', grant: grant({ validUntil: today }), expected: [] },
    { name: 'nothing at all', grant: grant({ roles: [] }), expected: ['NO_ROLE'] },
    {
      name: 'an external auditor with both days',
      grant: grant({ roles: ['external_auditor'], validFrom: '2026-04-01', validUntil: '2026-04-05' }),
      expected: [],
    },
    {
      name: 'an external auditor without days',
      grant: grant({ roles: ['external_auditor'] }),
      expected: ['AUDITOR_WITHOUT_DAYS', 'AUDITOR_WITHOUT_DAYS'],
    },
    {
      name: 'an external auditor without a last day',
      grant: grant({ roles: ['external_auditor'], validFrom: today }),
      expected: ['AUDITOR_WITHOUT_DAYS'],
    },
    {
      name: 'an external auditor who also writes',
      grant: grant({ roles: ['external_auditor', 'contributor'], validFrom: today, validUntil: today }),
      expected: ['AUDITOR_WITH_OTHER_ROLES'],
    },
    { name: 'days in the wrong order', grant: grant({ validFrom: '2026-05-02', validUntil: '2026-05-01' }), expected: ['DAYS_REVERSED'] },
    { name: 'days that are over', grant: grant({ validUntil: '2026-03-30' }), expected: ['DAYS_OVER'] },
  ])('$name', (row) => expect(codes(judgeGrant(row.grant, today))).toEqual(row.expected));
});

describe('who grants', () => {
  it('lets an administrator grant every role', () => expect(judgeGranter(['administrator'], [], roles)).toEqual([]));
  it('lets nobody else grant or take away a role', () => {
    const list = fc.subarray([...roles]);
    fc.assert(
      fc.property(fc.subarray(roles.filter((role) => role !== 'administrator')), list, list, (held, before, after) => {
        const touched = roles.filter((role) => before.includes(role) !== after.includes(role));
        expect(judgeGranter(held, before, after)).toHaveLength(touched.length);
      }),
    );
  });
  it('names the role that cannot be granted', () =>
    expect(judgeGranter(['aims_manager'], ['reader'], ['reader', 'administrator'])).toEqual([
      expect.objectContaining({ code: 'ROLE_NOT_GRANTABLE', message: 'expected roles that you may grant, got administrator' }),
    ]));
});
