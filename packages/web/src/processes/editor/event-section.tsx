import { t } from '../../ui/words.ts';
import { durationWords } from '../step-words.ts';
import { timers } from './change.ts';
import { ChoiceField, TextField } from './fields.tsx';
import { bodyIn, eventIn, kindOf, type Moddle, one, textIn } from './model.ts';
import { NamedField, type NamedEvent } from './named-field.tsx';
import type { SectionProps } from './use-drawing.ts';
import { useState } from 'react';

/** What an event waits for or tells. */
export const EventSection = (props: SectionProps) => {
  const { board, element } = props;
  const definition = eventIn(element.businessObject);
  if (definition === null) return null;
  const kind = definition.$type.replace(/^bpmn:/u, '');
  return (
    <>
      {kind === 'TimerEventDefinition' ? <Timer {...props} definition={definition} /> : null}
      {kind === 'ConditionalEventDefinition' ? (
        <TextField
          label={t('drawing.condition')}
          description={t(beginsProcess(element) ? 'drawing.startConditionHelp' : 'drawing.feelHelp')}
          lines={2}
          code
          value={bodyIn(definition, 'condition')}
          onCommit={(body) => board.changes.expression(element, definition, 'condition', body)}
        />
      ) : null}
      {kind === 'LinkEventDefinition' ? (
        <TextField
          label={t('drawing.link')}
          value={textIn(definition, 'name')}
          onCommit={(name) => board.changes.properties(element, definition, { name: name === '' ? undefined : name })}
        />
      ) : null}
      {named.includes(kind) ? <NamedField {...props} carrier={definition} event={kind as NamedEvent} /> : null}
      {kindOf(element) === 'BoundaryEvent' ? <Interrupts {...props} /> : null}
    </>
  );
};
const beginsProcess = (element: SectionProps['element']): boolean =>
  kindOf(element) === 'StartEvent' && element.businessObject.$parent?.$type === 'bpmn:Process';

const named = ['MessageEventDefinition', 'SignalEventDefinition', 'ErrorEventDefinition', 'EscalationEventDefinition'];

const Timer = ({ board, element, definition }: SectionProps & { definition: Moddle }) => {
  const present = timers.find((property) => one(definition, property) !== null);
  const [chosen, setChosen] = useState<string>(present ?? 'timeDuration');
  const kind = present ?? chosen;
  const body = bodyIn(definition, kind);
  const said = body === '' || body.startsWith('=') ? undefined : durationWords(body.replace(/^R\d*\//u, ''));
  return (
    <>
      <ChoiceField
        label={t('drawing.timer')}
        clearable={false}
        choices={timers.map((property) => ({ value: property, label: t(`drawing.timers.${property}`) }))}
        value={kind}
        onChange={(next) => {
          setChosen(next);
          if (body !== '') board.changes.timer(element, next, body);
        }}
      />
      <TextField
        key={kind}
        label={t('drawing.when')}
        description={said === undefined || said === body ? t(`drawing.timerHelp.${kind}`) : said}
        code
        value={body}
        onCommit={(text) => board.changes.timer(element, kind, text)}
      />
    </>
  );
};

const Interrupts = ({ board, element }: SectionProps) => (
  <ChoiceField
    label={t('drawing.interrupts')}
    clearable={false}
    choices={['true', 'false'].map((value) => ({ value, label: t(`drawing.interrupting.${value}`) }))}
    value={String(element.businessObject.get('cancelActivity') !== false)}
    onChange={(value) => board.changes.properties(element, element.businessObject, { cancelActivity: value === 'true' })}
  />
);
