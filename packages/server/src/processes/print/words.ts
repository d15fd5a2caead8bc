import processWords from '@aimwell/catalog/words/en/processes.json' with { type: 'json' };
import registerWords from '@aimwell/catalog/words/en/registers.json' with { type: 'json' };
import uiWords from '@aimwell/catalog/words/en/ui.json' with { type: 'json' };
import { readAsk } from '@aimwell/core/processes/ask';

type Words = Readonly<Record<string, string>>;
const { kinds, units, deeds } = processWords as unknown as { readonly kinds: Words; readonly units: Words; readonly deeds: Words };
const registers = registerWords as unknown as Readonly<
  Record<string, { readonly one: string; readonly commands?: Readonly<Record<string, { readonly label: string }>> }>
>;
const roles = uiWords.choices as Words;

/** `test_report`, `majorOpen`: as words. */
export const humanise = (name: string): string => {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const roleWord = (role: string | null): string => (role === null ? '' : (roles[role] ?? humanise(role)));

const spans = ['years', 'months', 'weeks', 'days', 'hours', 'minutes'] as const;

/** `P10D` as "10 days"; what it cannot read stays as it is written. */
export const durationWords = (duration: string): string => {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/u.exec(duration);
  const parts = spans.flatMap((span, at) => {
    const count = found?.[at + 1];
    return count === undefined ? [] : [(units[`${span}_${count === '1' ? 'one' : 'other'}`] ?? '').replace('{{count}}', count)];
  });
  return parts.length === 0 ? duration : parts.join(', ');
};

/** A step's form in words: "Approve (Statement of Applicability)"; the questions of a map by their names. */
export const formWords = (form: string | null): string => {
  if (form === null) return '';
  const questions = readAsk(form);
  if (questions !== null) return questions.map(({ name, text }) => text ?? humanise(name)).join(', ');
  const [name = '', deed = ''] = form.split(':');
  const register = registers[name];
  return register === undefined ? form : `${deeds[deed] ?? register.commands?.[deed]?.label ?? humanise(deed)} (${register.one})`;
};

/** `userTask`, `catch:timer` and the like, in words of people. */
export const kindWords = (kind: string): string =>
  kind
    .split(':')
    .map((part) => kinds[part] ?? humanise(part))
    .join(': ');

const letters = { responsible: 'R', accountable: 'A', consulted: 'C', informed: 'I' } as const;

/** RACI of a step, a line for each letter that is given: "R AIMS manager". */
export const raciWords = (raci: Readonly<Record<string, keyof typeof letters>>): string =>
  Object.entries(letters)
    .flatMap(([part, letter]) => {
      const who = Object.entries(raci).filter(([, given]) => given === part);
      return who.length === 0 ? [] : [`${letter} ${who.map(([role]) => roleWord(role)).join(', ')}`];
    })
    .join('\n');
