import { createHash, randomBytes } from 'node:crypto';

/** A secret for a link or a script: prefix and 256 random bits. Shown once; only its hash is stored. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

/** What is stored in place of a secret. A plain hash is enough where the secret itself is random. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A UUID (version 8) that follows from its parts: the same request again names the same thing. */
export const derivedId = (...parts: readonly string[]): string => {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
