import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const bin = fileURLToPath(new URL('../bin/aimwell.js', import.meta.url));

/** Runs the command as a person would, with the given settings added to a clean environment. */
export const aimwell = (args: readonly string[], env: Readonly<Record<string, string>>, input = ''): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const { DATABASE_URL: _url, PORT: _port, AIMWELL_DATA: _data, AIMWELL_DEMO_PASSWORD: _password, ...clean } = process.env;
    const child = spawn(process.execPath, [bin, ...args], { env: { ...clean, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
