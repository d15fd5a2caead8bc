import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CannotRun } from './failure.ts';

/** The first line of standard input. */
const fromInput = async (): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/);
  if (line === '')
    throw new CannotRun('Standard input holds no password.', 'Pipe one line into the command, or leave out --password-stdin.');
  return line;
};

/** Asks on the terminal without showing what is typed. */
const fromTerminal = (question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    process.stderr.write(question);
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
    reader.once('SIGINT', () => {
      reader.close();
      process.stderr.write('\n');
      reject(new CannotRun('Nothing was changed.', 'Repeat the command to go on.'));
    });
    reader.question('', (typed) => {
      reader.close();
      process.stderr.write('\n');
      resolve(typed);
    });
  });

/** A new password from standard input or, on a terminal, asked for twice. */
export const readNewPassword = async (stdin: boolean): Promise<string> => {
  if (stdin) return fromInput();
  if (!process.stdin.isTTY)
    throw new CannotRun('A new account needs a password, and there is no terminal to ask for it.', 'Pipe it in with --password-stdin.');
  const first = await fromTerminal('Password (12 characters or more): ');
  if ((await fromTerminal('The same again: ')) !== first) throw new CannotRun('The two passwords differ.', 'Repeat the command.');
  return first;
};
