import { connect } from 'node:net';

/**
 * A crowd in a process of its own: `ask-again.ts JOB`. Each client asks, waits for the whole answer, and asks again: the one path for so
 * many seconds, or each of several paths once. Written on bare sockets, so that it takes as little as can be of the cores that server
 * and database need. Answers with the answers it got in a second.
 */
export interface Job {
  readonly url: string;
  readonly token: string;
  readonly method: 'GET' | 'POST';
  readonly clients: number;
  readonly paths: readonly string[];
  readonly seconds?: number;
}

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
const { hostname, port, host } = new URL(job.url);
const question = (path: string) =>
  `${job.method} ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${job.token}\r\n${job.method === 'POST' ? 'content-type: application/json\r\ncontent-length: 2\r\n\r\n{}' : '\r\n'}`;
const started = performance.now();
const ends = started + (job.seconds ?? 600) * 1000;
let answers = 0;
let asked = 0;
const next = (): string | undefined => {
  if (performance.now() >= ends) return undefined;
  const place = asked;
  asked += 1;
  return job.seconds === undefined ? job.paths[place] : job.paths[place % job.paths.length];
};

const client = () =>
  new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    let missing = 0;
    const ask = () => {
      const path = next();
      if (path === undefined) socket.end(resolve);
      else socket.write(question(path));
    };
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      if (missing === 0) {
        const head = bytes.subarray(0, bytes.indexOf('\r\n\r\n')).toString('latin1');
        const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
        if (!head.startsWith('HTTP/1.1 200') || length === undefined)
          return reject(new Error(`expected an answer, got ${bytes.toString('utf8').slice(0, 2000)}`));
        missing = head.length + 4 + Number(length);
      }
      missing -= bytes.length;
      if (missing > 0) return undefined;
      answers += 1;
      return ask();
    });
  });
await Promise.all(Array.from({ length: job.clients }, client));
process.stdout.write(String((answers * 1000) / (performance.now() - started)));
