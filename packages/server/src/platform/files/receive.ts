import type { FastifyRequest } from 'fastify';
import type { Organisation } from '../context.ts';
import { invalid, ProblemError } from '../errors.ts';
import { textProblems } from '../http/texts.ts';
import type { FileStore, Incoming } from './store.ts';

/** A file that came with a request and lies in the store; no row names it yet. */
export interface Received {
  readonly sha256: string;
  readonly size: number;
  readonly head: Uint8Array;
  /** As the sender calls it. */
  readonly name: string;
  /** The other parts of the form, by name, in their order. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
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

/** What a room makes of the bytes before they are kept; it throws to refuse them. */
export type Inspect = (file: Incoming & { readonly name: string }) => Promise<void>;

/**
 * Takes the one file of a multipart request into the store, and the fields beside it, whichever comes first. Outside any
 * transaction: a sender may take minutes, and a dozen slow ones must not hold the connections that everybody else needs.
 * @throws INVALID without a file or with two, TOO_LARGE beyond `maxBytes`, and whatever `inspect` throws
 */
export const receiveFile =
  (store: FileStore, maxBytes: number) =>
  async (request: FastifyRequest, organisation: Organisation, inspect?: Inspect): Promise<Received> => {
    if (!request.isMultipart()) throw noFile('none');
    const fields: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
    let received: Omit<Received, 'fields'> | undefined;
    try {
      for await (const part of request.parts({ limits: { files: 1, fields: 300, fieldSize: 100_000 } })) {
        if (part.type === 'field') {
          (fields[part.fieldname] ??= []).push(String(part.value));
          continue;
        }
        const name = part.filename ?? '';
        const look = inspect === undefined ? undefined : (file: Incoming) => inspect({ ...file, name });
        const stored = await store.put(organisation.id, part.file as AsyncIterable<Uint8Array>, maxBytes, look);
        if (part.file.truncated) throw new ProblemError('TOO_LARGE', { detail: 'The file is larger than this installation accepts.' });
        received = { ...stored, name };
      }
    } catch (error) {
      throwUnlessTorn(error as Error);
    }
    if (received === undefined) throw noFile('none');
    const unreadable = textProblems({ ...fields });
    if (unreadable.length > 0) throw invalid(unreadable);
    return { ...received, fields };
  };
