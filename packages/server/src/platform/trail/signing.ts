import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { type Checkpoint, checkpointText, parseCheckpoint } from '@aimwell/core/trail/checkpoint';
import { keyIdInput, noteText, type Parsed, parseNote, verifierKeyText } from '@aimwell/core/trail/note';
import { refusal } from '@aimwell/core/shared/refusal';

/** The key of this installation's logs. The private half is a file beside the server. */
export interface LogKey {
  /** SHA-256 of the public key, in hex. */
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

/** The name of an organisation's log, and of the key in its notes. */
export const originOf = (organisationId: string): string => `aimwell/${organisationId}`;

export const keyIdOf = (name: string, publicKey: Uint8Array): string =>
  hash('sha256', keyIdInput(Buffer.from(name, 'utf8'), publicKey), 'hex').slice(0, 8);

// What stands before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410).
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

// A log has thousands of checkpoints under one key, and taking a key in costs a third of checking a signature.
const taken = new WeakMap<Uint8Array, KeyObject>();
export const publicKeyObject = (publicKey: Uint8Array): KeyObject => {
  const key = taken.get(publicKey) ?? createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  taken.set(publicKey, key);
  return key;
};
/** The 32 bytes of an Ed25519 key; null for a key of another kind. */
export const rawPublicKey = (key: KeyObject): Uint8Array | null => {
  const der = createPublicKey(key.export({ type: 'spki', format: 'pem' }) as string).export({ type: 'spki', format: 'der' });
  return key.asymmetricKeyType === 'ed25519' ? Uint8Array.from(der.subarray(SPKI.length)) : null;
};
export const publicKeyPem = (publicKey: Uint8Array): string => publicKeyObject(publicKey).export({ type: 'spki', format: 'pem' }) as string;
export const verifierKeyOf = (name: string, publicKey: Uint8Array): string =>
  verifierKeyText({ name, keyId: keyIdOf(name, publicKey), publicKey });

/** A text as a signed note of one signature. */
export const signText = (name: string, text: string, key: LogKey): string =>
  noteText({
    text,
    signatures: [{ name, keyId: keyIdOf(name, key.publicKey), signature: sign(null, Buffer.from(text, 'utf8'), key.privateKey) }],
  });

export const signCheckpoint = (checkpoint: Checkpoint, key: LogKey): string => signText(checkpoint.origin, checkpointText(checkpoint), key);

/** The text of a note that one of the keys has signed under this name; refused with the reason otherwise. */
export const openNote = (note: string, name: string, keys: readonly Uint8Array[]): Parsed<string> => {
  const parsed = parseNote(note);
  if ('refused' in parsed) return parsed;
  const { text, signatures } = parsed.value;
  const good = keys.some((key) => {
    const keyId = keyIdOf(name, key);
    return signatures.some(
      (line) => line.name === name && line.keyId === keyId && verify(null, Buffer.from(text, 'utf8'), publicKeyObject(key), line.signature),
    );
  });
  if (good) return { value: text };
  return { refused: [refusal('NOT_SIGNED', `expected a signature of ${name} by a known key`, 'Check the note with the key of that log.')] };
};

/** The checkpoint of a note that one of the keys has signed for this log. */
export const openCheckpoint = (note: string, origin: string, keys: readonly Uint8Array[]): Parsed<Checkpoint> => {
  const opened = openNote(note, origin, keys);
  if ('refused' in opened) return opened;
  const parsed = parseCheckpoint(opened.value);
  if ('refused' in parsed || parsed.value.origin === origin) return parsed;
  return {
    refused: [refusal('OTHER_LOG', `expected the log ${origin}, got ${parsed.value.origin}`, 'Take a checkpoint of this organisation.')],
  };
};
