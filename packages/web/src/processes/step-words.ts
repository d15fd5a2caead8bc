import type { Question } from '@aimwell/core/processes/ask';
import { commandLabel, hasWords, humanise, inSentence, registerOne, t } from '../ui/words.ts';
import { formOf } from './form-of.ts';

const units = ['years', 'months', 'weeks', 'days', 'hours', 'minutes'] as const;

/** `P10D` as "10 days"; a duration that is put together of smaller parts too. What it cannot read stays as it is written. */
export const durationWords = (duration: string): string => {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/u.exec(duration);
  const parts =
    found === null ? [] : units.flatMap((unit, at) => (found[at + 1] === undefined ? [] : [[unit, Number(found[at + 1])] as const]));
  return parts.length === 0 ? duration : parts.map(([unit, count]) => t(`processes.units.${unit}`, { count })).join(', ');
};

/** A question of a map as people ask it; by its name where the map says no more. */
export const questionWords = ({ name, text }: Question): string => text ?? humanise(name);

/** A step's form in words: "Approve (statement of applicability)". */
export const formWords = (text: string | null): string | null => {
  const form = formOf(text);
  switch (form.kind) {
    case 'tick':
      return null;
    case 'ask':
      return form.questions.map(questionWords).join(', ');
    case 'create':
    case 'patch':
      return `${t(`processes.deeds.${form.kind}`)} (${inSentence(registerOne(form.register.name))})`;
    case 'command':
      return `${commandLabel(form.register.name, form.command.name)} (${inSentence(registerOne(form.register.name))})`;
    case 'unknown':
      return text;
  }
};

const kindWord = (kind: string): string => (hasWords(`processes.kinds.${kind}`) ? t(`processes.kinds.${kind}`) : humanise(kind));

/** `userTask`, `catch:timer` and the like, in words of people. */
export const kindWords = (kind: string): string => kind.split(':').map(kindWord).join(': ');
