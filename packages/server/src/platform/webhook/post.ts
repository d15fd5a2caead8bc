import { createHmac } from 'node:crypto';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type Reach, type Resolve, type Target, targetOf } from './target.ts';

export interface Call {
  readonly url: string;
  /** Sent as JSON. */
  readonly body: unknown;
  /** Shared with the receiver; it signs the call. */
  readonly secret: string;
  /** The same at every try of one message. */
  readonly delivery: string;
  readonly now: Date;
}

const LIMIT_MS = 10_000;
const MOST_BYTES = 65_536;

/**
 * `t=<seconds>,v1=<hex>`: HMAC-SHA256 by the secret over `<seconds>.<body>`. The time stands inside, so that an old call cannot
 * be repeated without notice.
 */
export const signatureOf = (secret: string, body: string, now: Date): string => {
  const seconds = Math.floor(now.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
};

/**
 * Calls a webhook by POST. Redirects are not followed, no more than 64 KiB of the answer are read, and it ends within ten seconds.
 * @throws Error with one sentence for everything but an answer from 200 to 299
 */
export const callWebhook = async (call: Call, reach: Reach, resolve?: Resolve): Promise<void> => {
  const ending = AbortSignal.timeout(LIMIT_MS);
  const late = new Promise<never>((_resolve, reject) =>
    ending.addEventListener('abort', () => reject(new Error(`expected an answer within ${LIMIT_MS / 1000} seconds, got none`)), {
      once: true,
    }),
  );
  const status = await Promise.race([targetOf(call.url, reach, resolve).then((target) => post(target, call, ending)), late]);
  if (status >= 300 && status < 400) throw new Error(`expected an answer from 200 to 299, got ${status}; redirects are not followed`);
  if (status < 200 || status > 299) throw new Error(`expected an answer from 200 to 299, got ${status}`);
};

const post = ({ url, address, family }: Target, { body, secret, delivery, now }: Call, signal: AbortSignal): Promise<number> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      signal,
      // A connection of its own, to the address that was judged: the name is not resolved again.
      agent: false,
      lookup: (_host, options, answer) => (options.all === true ? answer(null, [{ address, family }]) : answer(null, address, family)),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        'user-agent': 'aimwell',
        'aimwell-delivery': delivery,
        'aimwell-signature': signatureOf(secret, text, now),
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      let seen = 0;
      response.on('data', (chunk: Buffer) => {
        seen += chunk.length;
        if (seen > MOST_BYTES) request.destroy();
      });
      // What it says is not needed; that it ended is not needed either.
      response.on('error', () => undefined);
      response.on('close', () => resolve(response.statusCode ?? 0));
    });
    request.end(text);
  });
