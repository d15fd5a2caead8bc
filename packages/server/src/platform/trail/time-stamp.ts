import { hash, randomBytes } from 'node:crypto';
import { equalHashes } from '@aimwell/core/trail/proofs';
import { parseTimeStamp, timeStampRequest } from '@aimwell/core/trail/time-stamp';

/** The authority did not answer, or not with what was asked for. The message says which. */
export class TimeStampError extends Error {
  override readonly name = 'TimeStampError';
}

interface Order {
  /** Address of the authority (RFC 3161 over HTTP). */
  readonly url: string;
  /** What is stamped: the signed note of a checkpoint, as UTF-8. */
  readonly bytes: Uint8Array;
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutMs?: number;
}

const LARGEST = 200_000;

/** Reads an answer up to a size that no time stamp reaches. */
const bounded = async (answer: Response): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > LARGEST) throw new TimeStampError(`expected at most ${LARGEST} bytes from the time-stamp authority`);
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/**
 * Has a time-stamp authority sign that these bytes existed at its time; answers its response (.tsr) as it came. Checked here:
 * granted, our hash, our nonce. The authority's signature is for whoever holds its certificate (`openssl ts -verify`).
 * @throws TimeStampError in every other case, so that the caller can go on without a stamp and say why
 */
export const requestStamp = async ({ url, bytes, fetch = globalThis.fetch, timeoutMs = 20_000 }: Order): Promise<Uint8Array> => {
  const sha256 = hash('sha256', bytes, 'buffer');
  const nonce = randomBytes(16);
  // A first byte from 1 to 127: the nonce reads the same as number and as bytes.
  nonce[0] = ((nonce[0] ?? 0) % 127) + 1;
  const question = {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: Buffer.from(timeStampRequest({ sha256, nonce })),
  };
  let response: Uint8Array;
  try {
    const answer = await fetch(url, { ...question, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    if (!answer.ok) throw new TimeStampError(`expected an answer of the time-stamp authority, got HTTP ${answer.status}`);
    response = await bounded(answer);
  } catch (error) {
    if (error instanceof TimeStampError) throw error;
    const { message, cause } = error as Error & { cause?: Error };
    throw new TimeStampError(`expected an answer of the time-stamp authority, got: ${cause?.message ?? message}`);
  }
  const parsed = parseTimeStamp(response);
  if ('refused' in parsed) throw new TimeStampError(parsed.refused[0]?.message ?? 'expected a time stamp');
  if (!equalHashes(parsed.value.imprint, sha256)) throw new TimeStampError('expected a time stamp of our bytes, got one of others');
  if (parsed.value.nonce === null || !equalHashes(parsed.value.nonce, nonce))
    throw new TimeStampError('expected our nonce in the time stamp, got another or none');
  return response;
};
