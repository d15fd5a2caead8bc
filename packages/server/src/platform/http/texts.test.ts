import { describe, expect, it } from 'vitest';
import { textProblems } from './texts.ts';

describe('text that no field can hold', () => {
  it.each([
    { name: 'NUL in a value', given: { name: 'a\u0000b' }, field: 'name' },
    { name: 'half of a pair', given: { custom: { note: '\ud800' } }, field: 'custom.note' },
    { name: 'half of a pair in a name', given: { custom: { 'x\udc00': 'y' } }, field: 'custom.x\ufffd' },
    { name: 'in a list', given: { ids: ['ok', '\u0000'] }, field: 'ids.1' },
  ])('is named with its place: $name', ({ given, field }) => {
    expect(textProblems(given)).toMatchObject([{ code: 'TEXT_UNREADABLE', field }]);
  });

  it('is not found in emoji, line ends and other scripts', () => {
    expect(textProblems({ a: '🦉 ẞ\r\n\t', b: ['\u202e', 1, null, true] })).toEqual([]);
  });

  it('includes JSON without end, however deep', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(textProblems({ set: deep })).toMatchObject([{ code: 'TOO_DEEP' }]);
  });
});
