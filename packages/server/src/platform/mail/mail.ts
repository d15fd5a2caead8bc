import nodemailer from 'nodemailer';

export interface Attachment {
  readonly fileName: string;
  readonly type: string;
  readonly content: string | Uint8Array;
}

export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  /** Its message of the outbox: the mail's Message-ID follows from it, so that one that is sent twice can be told. */
  readonly id?: string;
}

export interface Mail {
  /** False where no mail is set up: links are shown to be copied instead. */
  readonly available: boolean;
  /** Resolves when the mail server took the message; throws one sentence otherwise. Only the outbox sends, so that nothing is lost by it. */
  send(message: Message): Promise<void>;
  close(): void;
}

/** Without mail: everything is said on the screen. */
export const noMail: Mail = {
  available: false,
  send: async () => {
    throw new Error('expected a mail server, got none; the operator sets AIMWELL_SMTP_URL');
  },
  close: () => {},
};

/**
 * Mail by SMTP.
 * @param url AIMWELL_SMTP_URL, e.g. `smtps://user:password@mail.example.org:465`; null means no mail
 * @param from AIMWELL_MAIL_FROM, e.g. `Aimwell <aimwell@example.org>`
 */
export const createMail = ({ url, from }: { readonly url: string | null; readonly from: string }): Mail => {
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
    send: async ({ to, subject, text, attachments = [], id }) => {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject: subject.replaceAll(/[\r\n]+/g, ' '),
          text,
          attachments: attachments.map(({ fileName, type, content }) => ({
            filename: fileName,
            contentType: type,
            content: typeof content === 'string' ? content : Buffer.from(content),
          })),
          ...(id === undefined ? {} : { messageId: `<${id}@${from.replace(/^.*@|>$/g, '')}>` }),
        });
      } catch (error) {
        throw new Error(`mail was not sent: ${(error as Error).message}`, { cause: error });
      }
    },
    close: () => transport.close(),
  };
};
