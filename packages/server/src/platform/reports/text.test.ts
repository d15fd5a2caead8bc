import { describe, expect, it } from 'vitest';
import { fileName } from './formats.ts';
import { breakable, figure, longDate, longMoment, printable, safeHref, shortDate } from './text.ts';

describe('printable', () => {
  it.each([
    { name: 'drops control characters', text: 'a\u0000\u0007\u001B[0mb\u0085', expected: 'a[0mb' },
    { name: 'keeps tab and line end, in one form', text: 'a\tb\r\nc\rd', expected: 'a\tb\nc\nd' },
    { name: 'replaces half surrogates and keeps whole ones', text: '\uD800x😀', expected: '\uFFFDx😀' },
    { name: 'drops code points that are no characters', text: 'a\uFFFE\uFFFF\u{10FFFE}b', expected: 'ab' },
  ])('$name', ({ text, expected }) => {
    expect(printable(text)).toBe(expected);
  });
});

describe('breakable', () => {
  it('leaves words alone', () => {
    expect(breakable('an ordinary sentence with words')).toBe('an ordinary sentence with words');
  });
  it('cuts long runs between whole characters', () => {
    expect(breakable('😀'.repeat(30))).toBe(['😀'.repeat(14), '😀'.repeat(14), '😀😀'].join('\u200B'));
  });
});

describe('dates and figures', () => {
  it.each([
    ['2026-11-09', '9 November 2026', '9 Nov 2026'],
    ['2026-02-30', '2026-02-30', '2026-02-30'],
    ['soon', 'soon', 'soon'],
  ])('%s reads %s and %s', (iso, long, short) => {
    expect([longDate(iso), shortDate(iso)]).toEqual([long, short]);
  });
  it.each([
    ['2026-03-03T15:40:00+01:00', '3 March 2026, 14:40 UTC'],
    ['2026-03-03T23:30:00-02:00', '4 March 2026, 01:30 UTC'],
    ['2026-03-03', '3 March 2026'],
  ])('moment %s reads %s', (iso, expected) => {
    expect(longMoment(iso)).toBe(expected);
  });
  it('groups thousands', () => {
    expect([figure(1234567.5), figure(0), figure(Number.POSITIVE_INFINITY)]).toEqual(['1,234,567.5', '0', 'Infinity']);
  });
});

it.each([
  ['https://aims.example.org/a b', 'https://aims.example.org/a%20b'],
  ['javascript:alert(1)', undefined],
  [' JaVaScript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['/relative', undefined],
  [undefined, undefined],
])('the address %s may be followed as %s', (href, expected) => {
  expect(safeHref(href)).toBe(expected);
});

it.each([
  ['Statement of Applicability', 'statement-of-applicability-version-3-2026-11-09.pdf'],
  ['Bewertung für Köln "x"\r\nSet-Cookie: a', 'bewertung-fur-koln-x-set-cookie-a-version-3-2026-11-09.pdf'],
  ['範囲', 'version-3-2026-11-09.pdf'],
])('the file of %s is %s', (title, expected) => {
  expect(fileName({ title, version: 'Version 3', date: '2026-11-09' }, 'pdf')).toBe(expected);
});
