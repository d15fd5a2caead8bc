import i18next, { type TOptions } from 'i18next';

type Words = Record<string, unknown>;

/** One file per room; a file's name is the first part of its keys. */
const files = import.meta.glob<{ default: Words }>(['../../../../catalog/words/en/*.json', '!../../../../catalog/words/en/ui.json']);
const loaded = new Map<string, Promise<void>>();

/** Starts the translator. Words of rooms come later, with their pages. */
export const startWords = (ui: Words): void => {
  void i18next.init({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: { ui } } },
  });
};

/** Loads a room's words once. A room without a file has none: that is no error. */
export const loadWords = (name: string): Promise<void> => {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const file = files[`../../../../catalog/words/en/${name}.json`];
  const loading =
    file === undefined
      ? Promise.resolve()
      : file()
          .then((module) => void i18next.addResourceBundle('en', 'translation', { [name]: module.default }, true, true))
          .catch((error: unknown) => {
            loaded.delete(name);
            throw error;
          });
  loaded.set(name, loading);
  return loading;
};

/** The words of a key, e.g. `t('ui.save')`; `{{name}}` in them is filled from the options; `count` picks _one or _other. */
export const t = (key: string, options?: TOptions): string => i18next.t(key, options ?? {});
export const hasWords = (key: string, options?: TOptions): boolean => i18next.exists(key, options);

/** Words of a key, else the second choice. */
const first = (key: string, otherwise: string): string => (hasWords(key) ? t(key) : otherwise);

/** `dueDate` or `in_progress` as words, for what nobody has named yet. */
export const humanise = (name: string): string => {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase()
    .replaceAll(/\b(?:ai|aims)\b/g, (letters) => letters.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A noun inside a sentence: its first letter small, abbreviations as they are ("AI system"). */
export const inSentence = (words: string): string =>
  /^\p{Lu}[\p{Lu}\d]/u.test(words) || words.startsWith('Statement of') ? words : words.charAt(0).toLowerCase() + words.slice(1);
export const registerOne = (register: string): string => first(`registers.${register}.one`, humanise(register));
export const registerMany = (register: string): string => first(`registers.${register}.many`, humanise(register));
export const fieldLabel = (register: string, field: string): string =>
  first(`registers.${register}.fields.${field}.label`, first(`ui.fields.${field}`, humanise(field)));
export const fieldHelp = (register: string, field: string): string | undefined =>
  hasWords(`registers.${register}.fields.${field}.help`) ? t(`registers.${register}.fields.${field}.help`) : undefined;
export const groupLabel = (register: string, group: string): string =>
  first(`registers.${register}.groups.${group}`, first(`ui.groups.${group}`, humanise(group)));
export const choiceLabel = (register: string, field: string, value: string): string =>
  first(`registers.${register}.choices.${field}.${value}`, first(`ui.choices.${value}`, humanise(value)));
export const commandLabel = (register: string, command: string): string =>
  first(`registers.${register}.commands.${command}.label`, first(`ui.commands.${command}.label`, humanise(command)));
export const commandHelp = (register: string, command: string): string | undefined => {
  const key = [`registers.${register}.commands.${command}.help`, `ui.commands.${command}.help`].find((one) => hasWords(one));
  return key === undefined ? undefined : t(key);
};
