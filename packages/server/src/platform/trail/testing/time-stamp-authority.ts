import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { removeFolder } from '../../testing/folder.ts';

const run = promisify(execFile);

/** Why tests that need OpenSSL 3 are skipped here; null where it is installed. */
export const noOpenssl3 = (): string | null => {
  try {
    const said = execFileSync('openssl', ['version'], { encoding: 'utf8' });
    return /^OpenSSL ([3-9]|\d\d)\./.test(said) ? null : `expected OpenSSL 3 or newer, got ${said.trim()}`;
  } catch {
    return 'expected OpenSSL 3 or newer, got none';
  }
};

const settings = (folder: string) => `
[tsa]
serial = ${folder}/serial
signer_cert = ${folder}/tsa.pem
signer_key = ${folder}/tsa.key
certs = ${folder}/ca.pem
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
`;

/** A time-stamp authority of its own (RFC 3161) on loopback, made of openssl; `answer` may alter what it sends. */
export const startTimeStampAuthority = async (answer: (response: Buffer) => Buffer | Promise<Buffer> = (response) => response) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'aimwell-tsa-'));
  const file = (name: string) => path.join(folder, name);
  await writeFile(file('tsa.conf'), settings(folder));
  await writeFile(file('serial'), '01\n');
  const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', file(name)];
  await run('openssl', ['req', '-x509', ...key('ca.key'), '-out', file('ca.pem'), '-subj', '/CN=Test CA', '-days', '30']);
  await run('openssl', ['req', '-new', ...key('tsa.key'), '-out', file('tsa.csr'), '-subj', '/CN=Test time-stamp authority']);
  const issue = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-set_serial', '2', '-extfile', file('tsa.conf'), '-extensions', 'ext'];
  await run('openssl', ['x509', '-req', '-in', file('tsa.csr'), ...issue, '-out', file('tsa.pem'), '-days', '30']);
  let asked = 0;
  const server = createServer((request, response) => {
    void (async () => {
      asked += 1;
      const [query, reply] = [file(`${asked}.tsq`), file(`${asked}.tsr`)];
      await writeFile(query, Buffer.concat(await request.toArray()));
      const made = ['-reply', '-config', file('tsa.conf'), '-section', 'tsa', '-queryfile', query, '-out', reply];
      await run('openssl', ['ts', ...made]);
      response.setHeader('content-type', 'application/timestamp-reply');
      response.end(await answer(await readFile(reply)));
    })().catch((error: Error) => response.writeHead(500).end(error.message));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The certificate to trust, as PEM file. */
    ca: file('ca.pem'),
    stop: async () => {
      await new Promise((resolve) => void server.close(resolve));
      await removeFolder(folder);
    },
  };
};
