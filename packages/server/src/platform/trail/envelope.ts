import { createHash } from 'node:crypto';

/** What an entry says in public: enough to prove that something happened, nothing that names a person. */
export interface Envelope {
  readonly entry: string;
  readonly organisation: string;
  readonly register: string;
  readonly record: string | null;
  readonly version: number | null;
  readonly command: string;
  /** Opaque: the id of a row in the directory or of a token. */
  readonly actor: string | null;
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  readonly request: string | null;
  readonly file?: string;
  readonly sha256?: string;
  /** Hex SHA-256 of salt followed by payload. */
  readonly digest: string;
}

/**
 * The leaf bytes (docs/decisions/0005): one line of JSON, members in the order below, no white space, UTF-8, `file` and
 * `sha256` only where a file is concerned. Stored as written and never built again.
 */
export const envelopeBytes = (envelope: Envelope): string =>
  JSON.stringify({
    v: 1,
    entry: envelope.entry,
    organisation: envelope.organisation,
    register: envelope.register,
    record: envelope.record,
    version: envelope.version,
    command: envelope.command,
    actor: envelope.actor,
    time: envelope.time,
    request: envelope.request,
    ...(envelope.file === undefined ? {} : { file: envelope.file, sha256: envelope.sha256 }),
    digest: envelope.digest,
  });

/** JSON with members sorted by name at every depth and no white space; what cannot be said in JSON is refused. */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('expected a finite number in a payload');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  throw new Error(`expected a JSON value in a payload, got ${typeof value}`);
};

/** Hex SHA-256 over salt and payload: binds the erasable part to the leaf without revealing it. */
export const payloadDigest = (salt: Uint8Array, payload: Uint8Array): string =>
  createHash('sha256').update(salt).update(payload).digest('hex');
