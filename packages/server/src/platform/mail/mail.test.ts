import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createMail, noMail } from './mail.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** Just enough of SMTP to take one message; answers what it was sent. */
const listen = (silent = false): Promise<{ url: string; lines: string[] }> =>
  new Promise((resolve) => {
    const lines: string[] = [];
    server = createServer((socket) => {
      let data = false;
      if (silent) return;
      socket.write('220 mail.example.org\r\n');
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        for (const line of chunk.toString().split('\r\n').slice(0, -1)) {
          lines.push(line);
          if (data && line !== '.') continue;
          data = line === 'DATA';
          socket.write(line === 'DATA' ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
        }
      });
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server?.address();
      resolve({ url: `smtp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, lines });
    });
  });

const message = {
  to: 'reader@example.org',
  subject: 'Invitation\r\nBcc: everyone@example.org',
  text: 'Come in: https://aims.example.org/invitation#secret',
};

it('hands a message to the mail server, and no header more than meant', async () => {
  const { url, lines } = await listen();
  const mail = createMail({ url, from: 'Aimwell <aimwell@example.org>' });
  await mail.send({
    ...message,
    id: 'message-1',
    attachments: [{ fileName: 'checkpoint.txt', type: 'text/plain', content: 'signed note\n' }],
  });
  mail.close();
  expect(lines).toContain('RCPT TO:<reader@example.org>');
  expect(lines.filter((line) => line.startsWith('RCPT'))).toHaveLength(1);
  expect(lines).toContain('Subject: Invitation Bcc: everyone@example.org');
  expect(lines.join('')).toContain('https://aims.example.org/invitation#secret');
  expect(lines).toContain('Message-ID: <message-1@example.org>');
  // Base64: what is attached arrives byte for byte.
  expect(lines).toContain(Buffer.from('signed note\n').toString('base64'));
  expect(lines.join('\n')).toContain('Content-Disposition: attachment; filename=checkpoint.txt');
});

it('says so when the mail server is away', async () => {
  await expect(createMail({ url: 'smtp://127.0.0.1:1', from: 'aimwell@example.org' }).send(message)).rejects.toThrow('mail was not sent');
});

it('does not wait long for one that says nothing', async () => {
  const { url } = await listen(true);
  const start = Date.now();
  await expect(createMail({ url, from: 'aimwell@example.org' }).send(message)).rejects.toThrow('mail was not sent');
  expect(Date.now() - start).toBeLessThan(15_000);
});

it('is absent where no server is named', async () => {
  expect(createMail({ url: null, from: 'aimwell@example.org' })).toBe(noMail);
  await expect(noMail.send(message)).rejects.toThrow('AIMWELL_SMTP_URL');
});
