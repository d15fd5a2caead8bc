import { expect, it } from 'vitest';
import { judgeFounding } from './founding.ts';

it.each([
  { name: 'the first organisation is founded by anyone with an account', rolesAnywhere: [], anyOrganisation: false, expected: 0 },
  { name: 'an administrator founds another', rolesAnywhere: ['administrator'] as const, anyOrganisation: true, expected: 0 },
  { name: 'an external auditor founds none', rolesAnywhere: ['external_auditor'] as const, anyOrganisation: true, expected: 1 },
  { name: 'somebody without any role founds none', rolesAnywhere: [], anyOrganisation: true, expected: 1 },
])('$name', ({ rolesAnywhere, anyOrganisation, expected }) =>
  expect(judgeFounding({ rolesAnywhere, anyOrganisation })).toHaveLength(expected),
);
