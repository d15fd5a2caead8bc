import { isIsoDate } from '../shared/dates.ts';
import { type Refusal, refusal } from '../shared/refusal.ts';
import type { Value, Variables } from './instance.ts';

export const askKinds = ['boolean', 'integer', 'number', 'text', 'date'] as const;
export type AskKind = (typeof askKinds)[number];

/** One question of a form that belongs to the map alone: the answer becomes the variable of this name. */
export interface Question {
  readonly name: string;
  readonly kind: AskKind;
  /** The question as people ask it; null: its name has to do. */
  readonly text: string | null;
}

const LONGEST = 2000;

/** What expressions know beside the variables of a run: the record it is about, and the day. No answer may take their names. */
export const factNames: readonly string[] = ['record', 'today'];

export const isAsk = (form: string): boolean => form.startsWith('ask:');

// Between the questions of a form stands a comma, so inside one it is written as in an address; so is what begins such a sign.
const written = (text: string): string => text.replaceAll('%', '%25').replaceAll(',', '%2C');
const spoken = (text: string): string => text.replaceAll(/%2C/gi, ',').replaceAll('%25', '%');

const LONGEST_QUESTION = 300;

const readQuestion = (part: string): Question | null => {
  const [, name, kind, said = ''] = /^([a-z][a-zA-Z0-9]{0,59}):([a-z]+)(?::(.*))?$/s.exec(part.trim()) ?? [];
  const known = askKinds.find((one) => one === kind);
  const text = spoken(said).trim();
  if (name === undefined || known === undefined || text.length > LONGEST_QUESTION) return null;
  return { name, kind: known, text: text === '' ? null : text };
};

/**
 * Reads a form such as `ask:majorOpen:boolean:Is a major open?,overdue:integer`: where no record holds what a gateway decides by, the
 * person who knows it says so. Null for anything else, for a name that FEEL could not use or that is one of the facts, and for a name
 * asked twice.
 */
export const readAsk = (form: string): readonly Question[] | null => {
  if (!isAsk(form)) return null;
  const questions = form.slice('ask:'.length).split(',').map(readQuestion);
  const read = questions.filter((question) => question !== null);
  const names = new Set(read.map(({ name }) => name));
  return read.length < questions.length || names.size < read.length || factNames.some((name) => names.has(name)) ? null : read;
};

/** The form that asks these questions. */
export const writeAsk = (questions: readonly Question[]): string =>
  `ask:${questions.map(({ name, kind, text }) => `${name}:${kind}${text === null ? '' : `:${written(text)}`}`).join(',')}`;

const fits = (kind: AskKind, value: Value): boolean => {
  switch (kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'text':
      return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST;
    case 'date':
      return typeof value === 'string' && isIsoDate(value);
  }
};

const inWords: Readonly<Record<AskKind, string>> = {
  boolean: 'yes or no (true or false)',
  integer: 'a whole number',
  number: 'a number',
  text: `words, at most ${LONGEST} letters`,
  date: 'a day such as 2027-01-31',
};

/** Everything against these answers: a question without one, an answer of another kind, an answer to what was not asked. */
export const judgeAnswers = (questions: readonly Question[], answers: Variables): readonly Refusal[] => [
  ...questions.flatMap(({ name, kind }) => {
    const value = answers[name];
    if (value !== undefined && fits(kind, value)) return [];
    const got = value === undefined || value === null ? 'nothing' : JSON.stringify(value).slice(0, 60);
    return [refusal('ANSWER_NEEDED', `expected ${inWords[kind]}, got ${got}`, 'Answer the question.', `form.${name}`)];
  }),
  ...Object.keys(answers)
    .filter((name) => questions.every((question) => question.name !== name))
    .map((name) =>
      refusal(
        'NOT_ASKED',
        `expected ${questions.map((question) => question.name).join(', ')}, got "${name}"`,
        'Leave it out.',
        `form.${name}`,
      ),
    ),
];
