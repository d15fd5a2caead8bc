import type { Mail } from '../mail/mail.ts';
import type { Sealer } from '../secrets/seal.ts';
import type { Reach } from '../webhook/target.ts';

/** A time-stamp authority (RFC 3161). */
export interface StampAuthority {
  /** Its address, as it is shown. */
  readonly name: string;
  /** The answer of the authority over exactly these bytes, checked; throws one sentence otherwise. */
  request(bytes: Uint8Array): Promise<Uint8Array>;
}

/** What letting checkpoints leave works with. */
export interface LeavingParts {
  readonly mail: Mail;
  readonly sealer: Sealer;
  readonly authority: StampAuthority | null;
  readonly reach: Reach;
  readonly now: () => Date;
}

/** What the sealed secret of an organisation's webhook is for. */
export const webhookPurpose = (organisationId: string): string => `webhook ${organisationId}`;
