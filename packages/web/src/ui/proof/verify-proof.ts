import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64 } from '@aimwell/core/trail/base64';
import { type Checkpoint, parseCheckpoint } from '@aimwell/core/trail/checkpoint';
import { keyIdInput, parseNote, parseVerifierKey, type SignedNote, type VerifierKey } from '@aimwell/core/trail/note';
import { equalHashes, verifyInclusion } from '@aimwell/core/trail/proofs';
import type { Hash, NodeHash } from '@aimwell/core/trail/tree';

/** What is asked of a proof, in this order. `unknown` = it could not be judged here. */
export type ProofStep = 'envelope' | 'leaf' | 'tree' | 'key' | 'signature';
export interface Finding {
  readonly step: ProofStep;
  readonly state: 'holds' | 'differs' | 'unknown';
}

export interface ProofToVerify {
  readonly entry: string;
  readonly envelope: string;
  readonly leafHash: string;
  readonly anchored: { readonly seq: number; readonly size: number; readonly proof: readonly string[]; readonly checkpoint: string };
}

const nodeHash: NodeHash = (left, right) => sha256(concatBytes(Uint8Array.of(1), left, right));
/** RFC 6962: the hash of a leaf is that of a zero byte and its bytes. */
export const leafHashOf = (envelope: string): Hash => sha256(concatBytes(Uint8Array.of(0), utf8ToBytes(envelope)));

/**
 * Recomputes a proof from the envelope's bytes up to the signed root, with nothing taken from the server but what is to be
 * proven. `keys` are verifier keys (C2SP): those the server publishes, or one that the reader holds.
 */
export const verifyProof = async (
  proof: ProofToVerify,
  keys: readonly string[],
  of: { readonly version?: number } = {},
): Promise<Finding[]> => {
  const { anchored } = proof;
  const leaf = leafHashOf(proof.envelope);
  const note = parseNote(anchored.checkpoint);
  const checkpoint = 'value' in note ? parseCheckpoint(note.value.text) : undefined;
  const told = checkpoint !== undefined && 'value' in checkpoint ? checkpoint.value : undefined;
  return [
    { step: 'envelope', state: holds(envelopeNames(proof.envelope, proof.entry, of.version)) },
    { step: 'leaf', state: holds(equalHashes(leaf, hexToBytes(proof.leafHash))) },
    { step: 'tree', state: holds(told !== undefined && isUnder(leaf, anchored, told)) },
    ...('value' in note ? await signedBy(note.value, told, keys) : [differs('key'), differs('signature')]),
  ];
};

const holds = (good: boolean): Finding['state'] => (good ? 'holds' : 'differs');
const differs = (step: ProofStep): Finding => ({ step, state: 'differs' });

const envelopeNames = (envelope: string, entry: string, version: number | undefined): boolean => {
  try {
    const told = JSON.parse(envelope) as { entry?: unknown; version?: unknown };
    return told.entry === entry && (version === undefined || told.version === version);
  } catch {
    return false;
  }
};

const isUnder = (leaf: Hash, { seq, size, proof }: ProofToVerify['anchored'], { size: signed, root }: Checkpoint): boolean =>
  size === signed && verifyInclusion({ index: seq, size, leaf, proof: proof.map(hexToBytes), root }, nodeHash);

/** Whether a known key of this log signed the note. */
const signedBy = async (note: SignedNote, checkpoint: Checkpoint | undefined, keys: readonly string[]): Promise<Finding[]> => {
  const known = keys.flatMap((text) => {
    const parsed = parseVerifierKey(text.trim());
    return 'value' in parsed && ownsItsId(parsed.value) ? [parsed.value] : [];
  });
  for (const { name, keyId, signature } of note.signatures) {
    const key = known.find((one) => one.keyId === keyId && one.name === name && name === checkpoint?.origin);
    if (key !== undefined)
      return [
        { step: 'key', state: 'holds' },
        { step: 'signature', state: await signatureState(key, signature, note.text) },
      ];
  }
  return [differs('key'), { step: 'signature', state: 'unknown' }];
};

const ownsItsId = ({ name, keyId, publicKey }: VerifierKey): boolean =>
  bytesToHex(sha256(keyIdInput(utf8ToBytes(name), publicKey)).subarray(0, 4)) === keyId;

/** `unknown` where the browser has no Ed25519, or none on a page without TLS. */
const signatureState = async (key: VerifierKey, signature: Uint8Array, text: string): Promise<Finding['state']> => {
  if (globalThis.crypto?.subtle === undefined) return 'unknown';
  try {
    const imported = await crypto.subtle.importKey('raw', Uint8Array.from(key.publicKey), 'Ed25519', false, ['verify']);
    return holds(await crypto.subtle.verify('Ed25519', imported, Uint8Array.from(signature), Uint8Array.from(utf8ToBytes(text))));
  } catch {
    return 'unknown';
  }
};

/** Size and root of a signed checkpoint, to show; null when it cannot be read. */
export const readSigned = (note: string): { readonly size: number; readonly root: string; readonly time: string | null } | null => {
  const parsed = parseNote(note);
  const checkpoint = 'value' in parsed ? parseCheckpoint(parsed.value.text) : undefined;
  if (checkpoint === undefined || !('value' in checkpoint)) return null;
  const { size, root, extensions } = checkpoint.value;
  return { size, root: bytesToHex(root), time: extensions.find((line) => line.startsWith('time '))?.slice(5) ?? null };
};

/** A verifier key on one line, from one the reader holds: as it is, or the PEM that goes with a log of this name. */
export const keyFrom = (given: string, name: string): string | null => {
  const text = given.trim();
  if ('value' in parseVerifierKey(text)) return text;
  const der = fromBase64(text.replaceAll(/-----[^-]+-----|\s/g, ''));
  const prefix = '302a300506032b6570032100';
  if (der === null || der.length !== 44 || bytesToHex(der.subarray(0, 12)) !== prefix) return null;
  const publicKey = der.subarray(12);
  const id = bytesToHex(sha256(keyIdInput(utf8ToBytes(name), publicKey)).subarray(0, 4));
  return `${name}+${id}+${btoa(String.fromCharCode(1, ...publicKey))}`;
};
