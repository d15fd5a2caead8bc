import type { Refusal } from '../shared/refusal.ts';

/** Different characters a password has at least. */
const fewest = 5;

/**
 * Every reason against a password of allowed length. No rule about kinds of characters: those make passwords worse
 * (OWASP ASVS 5.0, 6.2.5); only what anybody would try first is refused.
 */
export function judgePassword(password: string, email: string): Refusal[] {
  const refused: Refusal[] = [];
  const plain = password.toLowerCase();
  const name = email.split('@')[0]?.toLowerCase() ?? '';
  if (new Set(plain).size < fewest)
    refused.push({
      code: 'PASSWORD_REPEATS',
      field: 'password',
      message: `expected ${fewest} different characters or more, got ${new Set(plain).size}`,
      remedy: 'Choose several words that do not belong together.',
    });
  if (plain.includes('aimwell') || (name.length >= 4 && plain.includes(name)))
    refused.push({
      code: 'PASSWORD_NAMES_YOU',
      field: 'password',
      message: 'expected a password without your address or the name of the product',
      remedy: 'Choose several words that do not belong together.',
    });
  return refused;
}
