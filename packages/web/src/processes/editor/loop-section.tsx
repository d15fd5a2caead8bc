import { t } from '../../ui/words.ts';
import { TextField } from './fields.tsx';
import { bodyIn, one, ownIn, textIn } from './model.ts';
import type { SectionProps } from './use-drawing.ts';

/** For whom or how often a step is done, where its mark says that it is done several times. */
export const LoopSection = ({ board: { changes }, element }: SectionProps) => {
  const of = element.businessObject;
  const loop = of.get('loopCharacteristics') === undefined ? null : one(of, 'loopCharacteristics');
  if (loop === null) return null;
  const expression = (label: string, property: string, description?: string) => (
    <TextField
      key={property}
      label={t(`drawing.loop.${label}`)}
      {...(description === undefined ? {} : { description: t(description) })}
      code
      value={bodyIn(loop, property)}
      onCommit={(body) => changes.expression(element, loop, property, body)}
    />
  );
  if (loop.$type === 'bpmn:StandardLoopCharacteristics')
    return (
      <>
        {expression('while', 'loopCondition', 'drawing.feelHelp')}
        <TextField
          label={t('drawing.loop.maximum')}
          value={textIn(loop, 'loopMaximum')}
          onCommit={(text) => {
            if (/^\d{0,6}$/u.test(text)) changes.properties(element, loop, { loopMaximum: text === '' ? undefined : Number(text) });
          }}
        />
      </>
    );
  const step = ownIn(of, 'aims:Step');
  const own = (property: 'each' | 'as') => (
    <TextField
      label={t(`drawing.loop.${property}`)}
      code
      value={textIn(step, property)}
      onCommit={(text) => changes.own(element, 'aims:Step', { [property]: text })}
    />
  );
  return (
    <>
      {own('each')}
      {own('as')}
      {textIn(step, 'each') === '' ? expression('times', 'loopCardinality') : null}
      {expression('until', 'completionCondition', 'drawing.loop.untilHelp')}
    </>
  );
};
