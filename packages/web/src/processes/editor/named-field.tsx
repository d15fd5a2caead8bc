import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../ui/words.ts';
import type { Reference } from './change.ts';
import { many, type Moddle, one, ownIn, textIn } from './model.ts';
import type { SectionProps } from './use-drawing.ts';
import { TextField } from './fields.tsx';

export type NamedEvent = 'MessageEventDefinition' | 'SignalEventDefinition' | 'ErrorEventDefinition' | 'EscalationEventDefinition';
const references: Readonly<Record<NamedEvent, Reference>> = {
  MessageEventDefinition: { property: 'messageRef', type: 'bpmn:Message' },
  SignalEventDefinition: { property: 'signalRef', type: 'bpmn:Signal' },
  ErrorEventDefinition: { property: 'errorRef', type: 'bpmn:Error', codeProperty: 'errorCode' },
  EscalationEventDefinition: { property: 'escalationRef', type: 'bpmn:Escalation', codeProperty: 'escalationCode' },
};

interface Props extends SectionProps {
  readonly carrier: Moddle;
  readonly event: NamedEvent;
}

/** What a message, signal, error or escalation is called: names that the map knows are offered, another one is added to it. */
export const NamedField = ({ board, element, carrier, event }: Props) => {
  const reference = references[event];
  const current = one(carrier, reference.property);
  const value = textIn(current, 'name') || textIn(current, reference.codeProperty ?? 'name');
  const [text, setText] = useState(value);
  const known = namesIn(carrier, reference.type);
  const commit = (next: string) => {
    if (next.trim() !== value) board.changes.named(element, carrier, reference, next.trim());
  };
  return (
    <>
      <Autocomplete
        label={t(`drawing.named.${event}`)}
        data={known}
        value={text}
        onChange={setText}
        onOptionSubmit={commit}
        onBlur={() => commit(text)}
      />
      {event === 'MessageEventDefinition' ? (
        <TextField
          label={t('drawing.correlation')}
          description={t('drawing.correlationHelp')}
          code
          value={textIn(ownIn(element.businessObject, 'aims:Step'), 'correlation')}
          onCommit={(correlation) => board.changes.own(element, 'aims:Step', { correlation })}
        />
      ) : null}
    </>
  );
};

const namesIn = (of: Moddle, type: string): string[] => {
  let at = of;
  while (at.$parent !== undefined) at = at.$parent;
  const names = many(at, 'rootElements').flatMap((root) => (root.$type === type ? [textIn(root, 'name')] : []));
  return [...new Set(names.filter((name) => name !== ''))];
};
