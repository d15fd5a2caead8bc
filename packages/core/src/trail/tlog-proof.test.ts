import { describe, expect, it } from 'vitest';
import { parseTlogProof, tlogProofText } from './tlog-proof.ts';

const hash = (byte: number) => new Uint8Array(32).fill(byte);
const proof = { index: 3, hashes: [hash(1), hash(2)], checkpoint: 'log\n5\nroot\n\n— log AAAA\n' };

describe('a proof as text', () => {
  it('is what it was', () => {
    expect(parseTlogProof(tlogProofText(proof))).toEqual({ value: proof });
    expect(parseTlogProof(tlogProofText({ ...proof, index: 0, hashes: [] }))).toEqual({ value: { ...proof, index: 0, hashes: [] } });
  });

  it('may carry extra data, which is passed over', () => {
    expect(parseTlogProof(tlogProofText(proof).replace('\n', '\nextra AAAA\n'))).toEqual({ value: proof });
  });

  it.each([
    ['another first line', (text: string) => text.replace('@v1', '@v2'), 'in the first line'],
    ['no place', (text: string) => text.replace('index 3\n', ''), 'the place of the entry'],
    ['a place with zeros', (text: string) => text.replace('index 3', 'index 03'), 'the place of the entry'],
    ['a place beyond counting', (text: string) => text.replace('index 3', 'index 99999999999999999'), 'the place of the entry'],
    ['a hash of another length', (text: string) => text.replace('AQEB', ''), 'hashes of 32 bytes'],
    ['too many hashes', (text: string) => text.replace('index 3\n', `index 3\n${`${'A'.repeat(43)}=\n`.repeat(65)}`), 'at most 64'],
    ['no checkpoint', () => 'c2sp.org/tlog-proof@v1\nindex 3\n', 'empty line before the checkpoint'],
  ])('with %s is refused', (_name, change, says) => {
    const parsed = parseTlogProof(change(tlogProofText(proof)));
    expect('refused' in parsed && parsed.refused[0]?.message).toContain(says);
  });
});
