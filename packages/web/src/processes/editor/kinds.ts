import { hasWords, humanise, t } from '../../ui/words.ts';
import { type Drawn, eventIn, kindOf, textIn } from './model.ts';

const word = (kind: string): string => (hasWords(`drawing.kinds.${kind}`) ? t(`drawing.kinds.${kind}`) : humanise(kind));

/** What an element is, in words of people: "Task of a person", "Waits: a time". */
export const kindWords = (element: Drawn): string => {
  const event = kindOf(element).endsWith('Event') ? eventIn(element.businessObject) : null;
  const kind = word(kindOf(element));
  return event === null ? kind : `${kind}: ${word(event.$type.replace(/^bpmn:/u, ''))}`;
};

/** How an element is called where it stands among others: by its name, else by what it is. */
export const nameOf = (element: Drawn): string => {
  const name = textIn(element.businessObject, 'name').replaceAll(/\s+/gu, ' ').trim();
  if (name !== '') return name;
  if (kindOf(element) === 'SequenceFlow' && element.source !== undefined && element.target !== undefined)
    return t('drawing.fromTo', { from: nameOf(element.source), to: nameOf(element.target) });
  return kindWords(element);
};
