import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { checkpointText } from '@aimwell/core/trail/checkpoint';
import { keyIdInput, noteText, verifierKeyText } from '@aimwell/core/trail/note';
import { planInclusion, proofOf } from '@aimwell/core/trail/proofs';
import { growTree, emptyFrontier, type Hash } from '@aimwell/core/trail/tree';
import { describe, expect, it } from 'vitest';
import { keyFrom, leafHashOf, type ProofToVerify, readSigned, verifyProof } from './verify-proof.ts';

const name = 'aimwell/example';
const nodeHash = (left: Hash, right: Hash) => sha256(concatBytes(Uint8Array.of(1), left, right));
const envelopes = Array.from({ length: 7 }, (_, at) => JSON.stringify({ v: 1, entry: `entry-${at}`, version: at + 1 }));

const makeKey = async () => {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const keyId = bytesToHex(sha256(keyIdInput(utf8ToBytes(name), publicKey)).subarray(0, 4));
  const der = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const pem = `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...der))}\n-----END PUBLIC KEY-----\n`;
  return { secret: pair.privateKey, keyId, line: verifierKeyText({ name, keyId, publicKey }), pem };
};
const key = await makeKey();
const signed = async (text: string) => {
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', key.secret, Uint8Array.from(utf8ToBytes(text))));
  return noteText({ text, signatures: [{ name, keyId: key.keyId, signature }] });
};

const proofOfEntry = async (at: number): Promise<ProofToVerify> => {
  const nodes = new Map<string, Hash>();
  const tree = growTree(emptyFrontier, nodeHash, ({ level, index }, hash) => nodes.set(`${level}/${index}`, hash));
  for (const envelope of envelopes) tree.append(leafHashOf(envelope));
  const text = checkpointText({
    origin: name,
    size: envelopes.length,
    root: tree.root() as Hash,
    extensions: ['time 2026-03-31T12:00:00.000Z'],
  });
  const proof = proofOf(planInclusion(at, envelopes.length), ({ level, index }) => nodes.get(`${level}/${index}`) as Hash, nodeHash);
  return {
    entry: `entry-${at}`,
    envelope: envelopes[at] as string,
    leafHash: bytesToHex(leafHashOf(envelopes[at] as string)),
    anchored: { seq: at, size: envelopes.length, proof: proof.map(bytesToHex), checkpoint: await signed(text) },
  };
};
const states = async (proof: ProofToVerify, keys = [key.line], version?: number) =>
  Object.fromEntries((await verifyProof(proof, keys, version === undefined ? {} : { version })).map(({ step, state }) => [step, state]));
const allHold = { envelope: 'holds', leaf: 'holds', tree: 'holds', key: 'holds', signature: 'holds' };

const proof = await proofOfEntry(3);
describe('a proof', () => {
  it.each([0, 3, 6])('of entry %i holds from its bytes to the signature', async (at) => {
    expect(await states(await proofOfEntry(at), [key.line], at + 1)).toEqual(allHold);
  });
  it('holds with the PEM that the reader keeps, too', async () => {
    expect(await states(await proofOfEntry(3), [keyFrom(key.pem, name) ?? ''])).toEqual(allHold);
    expect(keyFrom('no key', name)).toBeNull();
  });

  const anchored = (changes: Partial<ProofToVerify['anchored']>): ProofToVerify => ({
    ...proof,
    anchored: { ...proof.anchored, ...changes },
  });
  it.each<[string, ProofToVerify, object]>([
    ['an altered envelope', { ...proof, envelope: proof.envelope.replace('"v":1', '"v":2') }, { leaf: 'differs', tree: 'differs' }],
    [
      'the envelope of another entry',
      { ...proof, envelope: envelopes[2] as string },
      { envelope: 'differs', leaf: 'differs', tree: 'differs' },
    ],
    ['another place', anchored({ seq: 2 }), { tree: 'differs' }],
    ['another size', anchored({ size: 6 }), { tree: 'differs' }],
    ['a hash left out', anchored({ proof: proof.anchored.proof.slice(1) }), { tree: 'differs' }],
    ['an altered checkpoint', anchored({ checkpoint: proof.anchored.checkpoint.replace('12:00', '13:00') }), { signature: 'differs' }],
    ['no checkpoint', anchored({ checkpoint: 'x' }), { tree: 'differs', key: 'differs', signature: 'differs' }],
  ])('with %s is told apart', async (_name, changed, expected) => {
    expect(await states(changed)).toEqual({ ...allHold, ...expected });
  });
  it('signed by a key nobody knows says so', async () => {
    expect(await states(proof, [(await makeKey()).line])).toEqual({ ...allHold, key: 'differs', signature: 'unknown' });
  });
  it('of another version of the record is not this one', async () => {
    expect(await states(proof, [key.line], 9)).toEqual({ ...allHold, envelope: 'differs' });
  });
});

it('a checkpoint is read to be shown', () => {
  expect(readSigned(proof.anchored.checkpoint)).toMatchObject({ size: 7, time: '2026-03-31T12:00:00.000Z' });
  expect(readSigned('x')).toBeNull();
});
