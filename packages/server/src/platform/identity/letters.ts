import type { InvitationView } from '@aimwell/contract/identity/views';
import type { Mail } from '../mail/mail.ts';

/** Sends the invitation where mail is set up; false means that the link is to be copied. */
export const inviteByMail = (
  mail: Mail,
  { organisation, view, link }: { organisation: string; view: InvitationView; link: string },
): Promise<boolean> => {
  const days =
    view.validFrom === null && view.validUntil === null
      ? []
      : [
          `Your access runs${view.validFrom === null ? '' : ` from ${view.validFrom}`}${view.validUntil === null ? '' : ` until ${view.validUntil}`}.`,
          '',
        ];
  return mail.send({
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
  });
};
