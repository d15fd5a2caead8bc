import { type Refusal, refusal } from '../shared/refusal.ts';

/** Who is to get checkpoints by mail: somebody of the directory, or an address outside it. */
export type Recipient = { readonly personId: string } | { readonly email: string };

export interface LeavingWish {
  readonly recipients: readonly Recipient[];
  readonly stamp: boolean;
}

export interface LeavingFacts {
  readonly mailAvailable: boolean;
  readonly stampAvailable: boolean;
  /** Those of the named people who are in the directory and not archived, with the address they have there. */
  readonly people: ReadonlyMap<string, string | null>;
}

/** Everything against a wish to let checkpoints leave; empty when there is nothing. */
export const judgeLeaving = ({ recipients, stamp }: LeavingWish, { mailAvailable, stampAvailable, people }: LeavingFacts): Refusal[] => {
  const seen = new Set<string>();
  return [
    ...recipients.flatMap((one, place) => {
      const field = `recipients.${place}`;
      const address = 'email' in one ? one.email : people.get(one.personId);
      if (address === undefined)
        return [refusal('REFERENCE', 'expected somebody in the directory of this organisation', 'Choose one that exists here.', field)];
      if (address === null)
        return [
          refusal(
            'NO_ADDRESS',
            'expected a person with an e-mail address, got one without',
            'Add the address in the directory first.',
            field,
          ),
        ];
      const key = address.toLowerCase();
      if (seen.has(key)) return [refusal('TWICE', `expected each address once, got ${address} again`, 'Remove one of the two.', field)];
      seen.add(key);
      return [];
    }),
    ...(recipients.length > 0 && !mailAvailable
      ? [
          refusal(
            'MAIL_NOT_SET_UP',
            'expected a mail server, got none',
            'Let the operator set AIMWELL_SMTP_URL, or choose another way.',
            'recipients',
          ),
        ]
      : []),
    ...(stamp && !stampAvailable
      ? [
          refusal(
            'STAMP_NOT_SET_UP',
            'expected a time-stamp authority, got none',
            'Let the operator set AIMWELL_TSA_URL, or choose another way.',
            'stamp',
          ),
        ]
      : []),
  ];
};
