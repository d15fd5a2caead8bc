import type { Refusal } from '../shared/refusal.ts';
import { refusal } from '../shared/refusal.ts';
import { fromBase64, toBase64 } from './base64.ts';

/** One line of a signed note: who signed, which of his keys, and the signature. */
export interface NoteSignature {
  readonly name: string;
  /** First four bytes of the hash of name and key, as eight hex digits: says which key to try, proves nothing. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** What is signed: ends with a line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export type Parsed<T> = { readonly value: T } | { readonly refused: readonly Refusal[] };

/** Type byte of Ed25519 in key ids and verifier keys (C2SP signed-note). */
export const ED25519 = 1;

const remedy = 'Take the note as it was handed out, byte by byte.';
const refuseNote = (message: string) => ({ refused: [refusal('NOT_A_SIGNED_NOTE', message, remedy)] });

/** True for a name that a note's signature line can carry: no white space, no plus sign. */
export const isKeyName = (name: string): boolean => name !== '' && !/[\s+]/u.test(name);

/** What the id of a key is the hash of: name, line feed, type byte, public key. The caller has UTF-8 and SHA-256. */
export const keyIdInput = (name: Uint8Array, publicKey: Uint8Array): Uint8Array => Uint8Array.from([...name, 0x0a, ED25519, ...publicKey]);

/** The text of a note with its signatures (C2SP signed-note). */
export const noteText = ({ text, signatures }: SignedNote): string => {
  if (!text.endsWith('\n')) throw new Error('expected the text of a note to end with a line feed');
  if (signatures.some(({ name }) => !isKeyName(name))) throw new Error('expected names without white space and plus sign');
  const lines = signatures.map(
    ({ name, keyId, signature }) => `— ${name} ${toBase64(Uint8Array.from([...hexBytes(keyId), ...signature]))}\n`,
  );
  return `${text}\n${lines.join('')}`;
};

/** Reads a signed note. Whether a signature is good is for whoever holds the key. */
export const parseNote = (note: string): Parsed<SignedNote> => {
  if (note.length > 1_000_000) return refuseNote('expected at most 1,000,000 characters');
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0009\u000b-\u001f\ufffd]/.test(note)) return refuseNote('expected no control characters other than line feed');
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return refuseNote('expected an empty line between text and signatures');
  const lines = note.slice(split + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0) return refuseNote('expected signature lines, each ended by a line feed');
  if (lines.length > 100) return refuseNote(`expected at most 100 signatures, got ${lines.length}`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name = '', coded = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = fromBase64(coded);
    if (!isKeyName(name) || bytes === null || bytes.length < 5) return refuseNote('expected "— name base64" in each signature line');
    signatures.push({ name, keyId: hexOf(bytes.subarray(0, 4)), signature: bytes.slice(4) });
  }
  return { value: { text: note.slice(0, split + 1), signatures } };
};

/** A public key as C2SP writes it down: name, key id, and the key with its type byte. */
export interface VerifierKey {
  readonly name: string;
  readonly keyId: string;
  /** 32 bytes of Ed25519. */
  readonly publicKey: Uint8Array;
}

export const verifierKeyText = ({ name, keyId, publicKey }: VerifierKey): string =>
  `${name}+${keyId}+${toBase64(Uint8Array.from([ED25519, ...publicKey]))}`;

/** Reads `name+keyid+base64`; only Ed25519. That the id belongs to name and key is for the caller, who can hash. */
export const parseVerifierKey = (text: string): Parsed<VerifierKey> => {
  const [, name = '', keyId = '', coded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  const bytes = fromBase64(coded);
  if (name === '' || bytes === null || bytes.length !== 33 || bytes[0] !== ED25519)
    return {
      refused: [refusal('NOT_A_VERIFIER_KEY', 'expected name+id+key of an Ed25519 key', 'Take the key as it was handed out.')],
    };
  return { value: { name, keyId, publicKey: bytes.slice(1) } };
};

const hexBytes = (hex: string): number[] => (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
