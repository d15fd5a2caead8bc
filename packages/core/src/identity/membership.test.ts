import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Role, roles } from '../roles/permissions.ts';
import { accessOn, judgeMembershipChange, type Membership, type MembershipChange } from './membership.ts';

const today = '2026-03-31';
const member = (id: string, held: readonly Role[], rest: Partial<Membership> = {}): Membership => ({
  id,
  roles: held,
  status: 'active',
  validFrom: null,
  validUntil: null,
  ...rest,
});
const judge = (change: MembershipChange, members: readonly Membership[], held: readonly Role[] = ['administrator']) =>
  judgeMembershipChange(change, { members, held, today }).map((refusal) => refusal.code);

describe('access', () => {
  it.each([
    { name: 'without days is open', from: null, until: null, expected: 'open' },
    { name: 'begins on its first day', from: today, until: null, expected: 'open' },
    { name: 'is not open the day before', from: '2026-04-01', until: null, expected: 'not-yet' },
    { name: 'still holds on its last day', from: null, until: today, expected: 'open' },
    { name: 'is over the day after', from: null, until: '2026-03-30', expected: 'over' },
  ])('$name', ({ from, until, expected }) =>
    expect(accessOn({ status: 'active', validFrom: from, validUntil: until }, today)).toBe(expected),
  );

  it('is closed to the suspended whatever the days', () =>
    expect(accessOn({ status: 'suspended', validFrom: null, validUntil: null }, today)).toBe('suspended'));
});

describe('a change of membership', () => {
  const pair = [member('a', ['administrator']), member('b', ['reader'])];

  it.each<{ name: string; change: MembershipChange; members: readonly Membership[]; held?: readonly Role[]; expected: string[] }>([
    { name: 'makes a reader a contributor', change: { kind: 'change', to: member('b', ['contributor']) }, members: pair, expected: [] },
    {
      name: 'is refused to who may not grant',
      change: { kind: 'change', to: member('b', ['contributor']) },
      members: pair,
      held: ['aims_manager'],
      expected: ['ROLE_NOT_GRANTABLE', 'ROLE_NOT_GRANTABLE'],
    },
    { name: 'cannot remove the last administrator', change: { kind: 'remove', id: 'a' }, members: pair, expected: ['LAST_ADMINISTRATOR'] },
    {
      name: 'cannot demote the last administrator',
      change: { kind: 'change', to: member('a', ['reader']) },
      members: pair,
      expected: ['LAST_ADMINISTRATOR'],
    },
    {
      name: 'cannot suspend the last administrator',
      change: { kind: 'change', to: member('a', ['administrator'], { status: 'suspended' }) },
      members: pair,
      expected: ['LAST_ADMINISTRATOR'],
    },
    {
      name: 'cannot give the last administrator a last day',
      change: { kind: 'change', to: member('a', ['administrator'], { validUntil: '2027-01-01' }) },
      members: pair,
      expected: ['LAST_ADMINISTRATOR'],
    },
    {
      name: 'removes one of two administrators',
      change: { kind: 'remove', id: 'a' },
      members: [...pair, member('c', ['administrator'])],
      expected: [],
    },
    {
      name: 'does not count a suspended administrator',
      change: { kind: 'remove', id: 'a' },
      members: [...pair, member('c', ['administrator'], { status: 'suspended' })],
      expected: ['LAST_ADMINISTRATOR'],
    },
    {
      name: 'suspends a member whose days are over',
      change: { kind: 'change', to: member('d', ['reader'], { validUntil: '2026-01-01', status: 'suspended' }) },
      members: [...pair, member('d', ['reader'], { validUntil: '2026-01-01' })],
      expected: [],
    },
    {
      name: 'cannot make an external auditor without days',
      change: { kind: 'change', to: member('b', ['external_auditor']) },
      members: pair,
      expected: ['AUDITOR_WITHOUT_DAYS', 'AUDITOR_WITHOUT_DAYS'],
    },
  ])('$name', ({ change, members, held, expected }) => expect(judge(change, members, held)).toEqual(expected));

  it('throws on a membership of somewhere else', () =>
    expect(() => judge({ kind: 'remove', id: 'x' }, pair)).toThrow('expected a membership'));

  it('never leaves an organisation without an administrator, in whatever order things happen', () => {
    const anyMember = (id: string) =>
      fc
        .record({
          roles: fc.subarray([...roles], { minLength: 1 }),
          status: fc.constantFrom('active', 'suspended'),
          validUntil: fc.constantFrom(null, '2026-12-31'),
        })
        .map((values) => member(id, values.roles, { status: values.status as 'active', validUntil: values.validUntil }));
    const ids = ['a', 'b', 'c'];
    const change = fc.constantFrom(...ids).chain((id) =>
      fc.oneof(
        fc.constant<MembershipChange>({ kind: 'remove', id }),
        anyMember(id).map((to): MembershipChange => ({ kind: 'change', to })),
      ),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        let members = [member('a', ['administrator']), member('b', ['reader']), member('c', ['administrator'])];
        for (const next of changes) {
          const id = next.kind === 'change' ? next.to.id : next.id;
          if (!members.some((one) => one.id === id) || judge(next, members).length > 0) continue;
          members = [...members.filter((one) => one.id !== id), ...(next.kind === 'change' ? [next.to] : [])];
        }
        return members.some((one) => one.roles.includes('administrator') && accessOn(one, '2099-01-01') === 'open');
      }),
    );
  });
});
