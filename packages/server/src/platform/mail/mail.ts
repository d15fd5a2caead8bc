import nodemailer from 'nodemailer';

export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mail {
  /** False where no mail is set up: links are shown to be copied instead. */
  readonly available: boolean;
  /** True when the mail server took the message. Never throws: a mail server that is away must not undo what was saved. */
  send(message: Message): Promise<boolean>;
  close(): void;
}

/** Without mail: everything is said on the screen. */
export const noMail: Mail = { available: false, send: async () => false, close: () => {} };

/**
 * Mail by SMTP.
 * @param url AIMWELL_SMTP_URL, e.g. `smtps://user:password@mail.example.org:465`; null means no mail
 * @param from AIMWELL_MAIL_FROM, e.g. `Aimwell <aimwell@example.org>`
 */
export const createMail = ({
  url,
  from,
  report = () => {},
}: {
  readonly url: string | null;
  readonly from: string;
  readonly report?: (line: string) => void;
}): Mail => {
  if (url === null || url === '') return noMail;
  const transport = nodemailer.createTransport({
    url,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    available: true,
    send: async ({ to, subject, text }) => {
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, subject: subject.replaceAll(/[\r\n]+/g, ' '), text });
        return true;
      } catch (error) {
        report(`mail was not sent: ${(error as Error).message}`);
        return false;
      }
    },
    close: () => transport.close(),
  };
};
