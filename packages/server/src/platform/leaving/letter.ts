import type { Message as Mail } from '../mail/mail.ts';
import type { Leaving } from './checkpoint.ts';

/** The letter a checkpoint leaves in: what it is, what to do with it, how to check. The note itself is attached, byte for byte. */
export const letterOf = ({ organisation, size, note, tsr, verifierKey }: Leaving, to: string): Mail => {
  const name = `${organisation.slug}-checkpoint-${size}`;
  return {
    to,
    subject: `Checkpoint of ${organisation.name}: ${size} entries`,
    text: [
      `The attached checkpoint is a signed statement: on the day of this mail the trail of the AI management system of ${organisation.name} held ${size} entries, and one root hash stands for all of them.`,
      'Keep it where the administrators of that system cannot reach it; leaving this mail in your mailbox is enough.',
      'When somebody wants to know whether these entries are still as they were, run this where the system is installed, with the key of its log that you were given apart from this mail:',
      '',
      `    npx aimwell verify --live --org ${organisation.slug} --key log-key.pem --against ${name}.txt`,
      '',
      'Today the system names this key as the one of its log; it should be the one you hold:',
      '',
      `    ${verifierKey}`,
      '',
      ...(tsr === null
        ? []
        : [
            `${name}.tsr is the answer of a time-stamp authority over exactly that file:`,
            '',
            `    openssl ts -verify -data ${name}.txt -in ${name}.tsr -CAfile tsa-ca.pem`,
            '',
          ]),
      'It does not say that what was recorded is true.',
      '',
    ].join('\n'),
    attachments: [
      { fileName: `${name}.txt`, type: 'text/plain; charset=utf-8', content: note },
      ...(tsr === null ? [] : [{ fileName: `${name}.tsr`, type: 'application/timestamp-reply', content: tsr }]),
    ],
  };
};
