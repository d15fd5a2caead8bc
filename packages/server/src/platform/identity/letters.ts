import type { InvitationView } from '@aimwell/contract/identity/views';
import type { Tx } from '../database/pool.ts';
import { enqueue } from '../outbox/enqueue.ts';
import type { Handler } from '../outbox/handler.ts';
import type { Sealer } from '../secrets/seal.ts';
import { readInvitation } from './invitations.ts';
import type { Parts } from './parts.ts';
import { readOrganisation } from './settings.ts';

/** Its name in the outbox. */
export const invitationLetter = 'invitation-letter';

const purposeOf = (organisationId: string, invitation: string) => `invitation ${organisationId} ${invitation}`;

/** Lets the letter of an invitation leave with this transaction. The link is sealed until then: the database alone cannot use it. */
export const inviteByMail = async (tx: Tx, sealer: Sealer, invitation: string, link: string): Promise<void> => {
  const sealed = await sealer.seal(link, purposeOf(tx.organisationId, invitation));
  await enqueue(tx, { kind: invitationLetter, payload: { invitation, link: sealed } });
};

/** Sends the letter, unless the invitation was accepted, revoked or replaced meanwhile. */
export const createInvitationLetters =
  ({ mail, sealer, now }: Pick<Parts, 'mail' | 'sealer' | 'now'>): Handler =>
  async ({ id, organisationId, payload }, read) => {
    const { invitation, link } = payload as { invitation: string; link: string };
    const found = await read(async (tx) => ({
      view: await readInvitation(tx, invitation, now()),
      organisation: await readOrganisation(tx),
    }));
    if (found.view?.state !== 'open') return;
    await mail.send({
      id,
      ...letterOf(found.organisation.name, found.view, await sealer.open(link, purposeOf(organisationId, invitation))),
    });
  };

const letterOf = (organisation: string, view: InvitationView, link: string) => {
  const days =
    view.validFrom === null && view.validUntil === null
      ? []
      : [
          `Your access runs${view.validFrom === null ? '' : ` from ${view.validFrom}`}${view.validUntil === null ? '' : ` until ${view.validUntil}`}.`,
          '',
        ];
  return {
    to: view.email,
    subject: `Invitation to the AI management system of ${organisation}`,
    text: [
      `You are invited to the AI management system of ${organisation} in Aimwell, as ${view.roles.map((role) => role.replaceAll('_', ' ')).join(', ')}.`,
      '',
      ...days,
      `Accept by ${view.expiresAt.slice(0, 10)} with this link:`,
      link,
      '',
      'If you did not expect this, do nothing; the link then expires.',
      '',
    ].join('\n'),
  };
};
