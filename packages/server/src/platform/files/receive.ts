import type { FastifyRequest } from 'fastify';
import type { Organisation } from '../context.ts';
import { invalid, ProblemError } from '../errors.ts';
import type { FileStore } from './store.ts';

/** A file that came with a request and lies in the store; no row names it yet. */
export interface Received {
  readonly sha256: string;
  readonly size: number;
  readonly head: Uint8Array;
  /** As the sender calls it. */
  readonly name: string;
}

const noFile = (got: string): ProblemError =>
  invalid([
    {
      code: 'FILE',
      field: 'file',
      message: `expected one file as multipart/form-data, got ${got}`,
      remedy: 'Send the whole file as the part named "file".',
    },
  ]);

/** A form that ends early or has no boundary is the sender's; the parser tells it by words alone. */
const throwUnlessTorn = (error: Error & { readonly code?: string }): never => {
  if (
    error.code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    (error.code === undefined && /multipart|unexpected end|malformed/i.test(error.message))
  )
    throw noFile('a form that is not whole');
  throw error;
};

/**
 * Takes the one file of a multipart request into the store. Outside any transaction: a sender may take minutes, and a
 * dozen slow ones must not hold the connections that everybody else needs.
 * @throws INVALID without a file, TOO_LARGE beyond `maxBytes`
 */
export const receiveFile =
  (store: FileStore, maxBytes: number) =>
  async (request: FastifyRequest, organisation: Organisation): Promise<Received> => {
    const part = request.isMultipart() ? await request.file().catch(throwUnlessTorn) : undefined;
    if (part === undefined) throw noFile('none');
    const stored = await store.put(organisation.id, part.file as AsyncIterable<Uint8Array>, maxBytes).catch(throwUnlessTorn);
    if (part.file.truncated) throw new ProblemError('TOO_LARGE', { detail: 'The file is larger than this installation accepts.' });
    return { ...stored, name: part.filename };
  };
