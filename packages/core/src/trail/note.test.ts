import { createHash, createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import { keyIdInput, noteText, parseNote, parseVerifierKey, verifierKeyText } from './note.ts';

const root = Uint8Array.from({ length: 32 }, (_, index) => index);
const checkpoint = { origin: 'aimwell/0191', size: 20_852_163, root, extensions: ['epoch 7'] };
const text = 'aimwell/0191\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nepoch 7\n';
const signature = Uint8Array.from({ length: 64 }, (_, index) => 255 - index);

describe('base64', () => {
  it('comes back, and is what everyone else writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(Uint8Array.from(bytes));
      }),
      { seed: 1 },
    );
  });
  it.each(['A', 'AA', 'AAA', 'AB==', 'AAB=', 'A===', '====', 'AA==AA==', 'AA-_', 'AAA\n'])('refuses %j', (given) =>
    expect(fromBase64(given)).toBeNull(),
  );
});

describe('a checkpoint', () => {
  it('is these lines, and they are read back', () => {
    expect(checkpointText(checkpoint)).toBe(text);
    expect(parseCheckpoint(text)).toEqual({ value: checkpoint });
  });
  it.each([
    ['no line feed at the end', text.slice(0, -1)],
    ['an empty line', text.replace('epoch 7', '')],
    ['an empty origin', `\n1\n${toBase64(root)}\n`],
    ['two lines', 'aimwell/0191\n5\n'],
    ['a size with a leading zero', text.replace('2085', '02085')],
    ['a size with a sign', text.replace('2085', '+2085')],
    ['a size beyond counting', text.replace('20852163', '99999999999999999')],
    ['a short root', text.replace('AAECAwQF', '')],
    ['a root in another base64', text.replace('Hh8=', 'Hh9=')],
  ])('is refused with %s', (_name, given) => expect(parseCheckpoint(given)).toMatchObject({ refused: [{ code: 'NOT_A_CHECKPOINT' }] }));
  it('is not written where it could not be read', () => {
    expect(() => checkpointText({ ...checkpoint, size: -1 })).toThrow('count of leaves');
    expect(() => checkpointText({ ...checkpoint, extensions: ['a\nb'] })).toThrow('lines');
  });
});

describe('a signed note', () => {
  const note = { text, signatures: [{ name: 'aimwell/0191', keyId: '0a0b0c0d', signature }] };
  it('comes back', () => expect(parseNote(noteText(note))).toEqual({ value: note }));

  it.each([
    ['no empty line', noteText(note).replace('\n\n', '\n')],
    ['no signature', `${text}\n`],
    ['a last line without its end', noteText(note).slice(0, -1)],
    ['another dash', noteText(note).replace('—', '-')],
    ['a name with a plus sign', noteText(note).replace('— aimwell/', '— aim+well/')],
    ['a signature that is no base64', noteText(note).replace('CgsM', 'Cg*M')],
    ['nothing after the key id', noteText({ text, signatures: [{ name: 'a', keyId: '0a0b0c0d', signature: new Uint8Array() }] })],
    ['a control character', noteText(note).replace('epoch', 'epo\tch')],
    [
      'too many signatures',
      noteText({ text, signatures: Array.from({ length: 101 }, () => note.signatures[0] as (typeof note.signatures)[0]) }),
    ],
  ])('is refused with %s', (_name, given) => expect(parseNote(given)).toMatchObject({ refused: [{ code: 'NOT_A_SIGNED_NOTE' }] }));

  it('is not written where it could not be read', () => {
    expect(() => noteText({ ...note, text: 'x' })).toThrow('line feed');
    expect(() => noteText({ ...note, signatures: [{ ...note.signatures[0]!, name: 'a b' }] })).toThrow('white space');
  });
});

describe('a verifier key', () => {
  it('says name, id and key, and is read back', () => {
    const publicKey = root;
    const keyId = createHash('sha256')
      .update(keyIdInput(new TextEncoder().encode('log'), publicKey))
      .digest('hex')
      .slice(0, 8);
    const key = { name: 'log', keyId, publicKey };
    expect(parseVerifierKey(verifierKeyText(key))).toEqual({ value: key });
  });

  it('of the specification has the id it should have, and its signature holds', () => {
    // C2SP signed-note, key and note of the Go implementation (golang.org/x/mod/sumdb/note, example).
    const parsed = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    if ('refused' in parsed) throw new Error('expected the key to be read');
    const { name, keyId, publicKey } = parsed.value;
    expect(
      createHash('sha256')
        .update(keyIdInput(new TextEncoder().encode(name), publicKey))
        .digest('hex')
        .slice(0, 8),
    ).toBe(keyId);
    const note = parseNote(
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
    );
    if ('refused' in note) throw new Error('expected the note to be read');
    const key = createPublicKey({
      key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]),
      format: 'der',
      type: 'spki',
    });
    const [line] = note.value.signatures;
    expect(line?.keyId).toBe(keyId);
    expect(verify(null, Buffer.from(note.value.text), key, line?.signature ?? new Uint8Array())).toBe(true);
    expect(verify(null, Buffer.from(`${note.value.text} `), key, line?.signature ?? new Uint8Array())).toBe(false);
  });

  it.each([
    '',
    'log',
    'log+0a0b0c0d',
    'log+0A0B0C0D+AQ==',
    'log+0a0b0c0d+AQ==',
    'lo g+0a0b0c0d+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'x+c74f20a3+AhpcxQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  ])('is refused when it is %j', (given) => expect(parseVerifierKey(given)).toMatchObject({ refused: [{ code: 'NOT_A_VERIFIER_KEY' }] }));
});
