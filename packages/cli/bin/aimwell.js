#!/usr/bin/env node
// Plain JavaScript that any Node understands: it finds a Node that runs TypeScript from source, or says what is missing.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const runsTypeScript = major >= 24 || (major === 22 && minor >= 18) || (major === 23 && minor >= 6);

const bundled = () => {
  const place = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));
  try {
    accessSync(place, constants.X_OK);
    return place;
  } catch {
    return undefined;
  }
};

const handOver = (node) => {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, AIMWELL_NODE: 'bundled' },
  });
  // Ctrl-C reaches both by the terminal; the child alone decides when it has ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  child.on('error', (error) => fail(`The Node at ${node} cannot be started: ${error.message}. Run npm ci again.`));
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
};

const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
};

if (runsTypeScript) await import('../src/main.ts');
else {
  const node = process.env.AIMWELL_NODE === 'bundled' ? undefined : bundled();
  if (node === undefined)
    fail(`Node ${process.versions.node} cannot run Aimwell by itself, and no Node came with the packages. Run npm ci, or use Node 24.`);
  else handOver(node);
}
