import { spawn } from 'node:child_process';

/** What to execute: a program with its arguments, and the system user to run it as when that is not ours. */
export type Command = { readonly program: string; readonly args: readonly string[]; readonly uid?: number; readonly gid?: number };
export type Outcome = { readonly ok: boolean; readonly output: string };

/** The environment without PG* variables: a PGDATA or PGPORT meant for another server must not reach ours. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));

/** Runs a command to its end. Never throws: a program that cannot be started is an outcome too. `output` holds stdout and stderr. */
export function run(command: Command): Promise<Outcome> {
  return new Promise((resolve) => {
    const { program, args, uid, gid } = command;
    const child = spawn(program, args, {
      cwd: '/',
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code, signal) => resolve({ ok: code === 0, output: signal === null ? output : `${output}ended by ${signal}` }));
  });
}
