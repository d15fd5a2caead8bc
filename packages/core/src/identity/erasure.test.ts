import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideErasure, type ErasureFacts, heldSignatures, type Signature } from './erasure.ts';

const free: ErasureFacts = {
  today: '2026-06-01',
  isMember: false,
  isLastAdministrator: false,
  duties: [],
  signatures: [],
  signatureYears: 3,
  legalHold: null,
};
const whole = { exceptSignatures: false, leaveDuties: false };
const signed = (endedOn: string | null): Signature => ({
  register: 'soa-versions',
  record: 'r',
  identifier: 'SOA-0001',
  approvedOn: '2022-01-10',
  endedOn,
});
const codes = (facts: Partial<ErasureFacts>, choice = whole) => {
  const decision = decideErasure({ ...free, ...facts }, choice);
  return 'refused' in decision
    ? decision.refused.map(({ code, from }) => `${code} ${from ?? '-'}`)
    : decision.keep.map(({ until }) => until);
};

describe('a person on whom nothing rests', () => {
  it('is erased whole', () => expect(codes({})).toEqual([]));
});

describe('what stands against it', () => {
  it.each([
    { name: 'access', facts: { isMember: true }, said: ['HAS_ACCESS -'] },
    { name: 'the last administrator', facts: { isMember: true, isLastAdministrator: true }, said: ['LAST_ADMINISTRATOR -'] },
    { name: 'open duties', facts: { duties: ['ROL-0001'] }, said: ['OPEN_DUTIES -'] },
    { name: 'a signature on what is in force', facts: { signatures: [signed(null)] }, said: ['SIGNATURE_RETAINED -'] },
    { name: 'a signature whose years run', facts: { signatures: [signed('2024-03-31')] }, said: ['SIGNATURE_RETAINED 2027-03-31'] },
    { name: 'a legal hold without end', facts: { legalHold: { reason: 'A dispute', until: null } }, said: ['LEGAL_HOLD -'] },
    {
      name: 'a legal hold with an end',
      facts: { legalHold: { reason: 'A dispute', until: '2026-06-01' } },
      said: ['LEGAL_HOLD 2026-06-01'],
    },
    {
      name: 'everything at once',
      facts: { isMember: true, duties: ['RSK-0001'], signatures: [signed(null)] },
      said: ['HAS_ACCESS -', 'OPEN_DUTIES -', 'SIGNATURE_RETAINED -'],
    },
  ])('is $name', ({ facts, said }) => expect(codes(facts)).toEqual(said));

  it.each([
    { name: 'a signature whose years ended yesterday', facts: { signatures: [signed('2023-05-31')] } },
    { name: 'a signature whose years end today', facts: { signatures: [signed('2023-06-01')] } },
    { name: 'a hold that is over', facts: { legalHold: { reason: 'A dispute', until: '2026-05-31' } } },
  ])('is not $name', ({ facts }) => expect(codes(facts)).toEqual([]));
});

describe('an explicit choice', () => {
  it('keeps the signatures under retention and no other', () =>
    expect(codes({ signatures: [signed(null), signed('2024-03-31'), signed('2020-01-01')] }, { ...whole, exceptSignatures: true })).toEqual(
      [null, '2027-03-31'],
    ));
  it('leaves duties where they are', () => expect(codes({ duties: ['RSK-0001'] }, { ...whole, leaveDuties: true })).toEqual([]));
  it('opens neither access nor a hold', () =>
    expect(
      codes({ isMember: true, legalHold: { reason: 'A dispute', until: null } }, { exceptSignatures: true, leaveDuties: true }),
    ).toEqual(['HAS_ACCESS -', 'LEGAL_HOLD -']));
});

it('never holds a signature longer because more time has passed', () => {
  const day = fc.integer({ min: 0, max: 9000 }).map((n) => new Date(Date.UTC(2015, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, fc.option(day), fc.integer({ min: 0, max: 10 }), (a, b, ended, signatureYears) => {
      const [early, late] = a < b ? [a, b] : [b, a];
      const count = (today: string) => heldSignatures({ today, signatureYears, signatures: [signed(ended)] }).length;
      return count(late) <= count(early);
    }),
  );
});
