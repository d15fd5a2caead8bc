import type { Result, TimerRule, Trigger } from '@aimwell/core/processes/graph';
import { bodyOf, type Element, extensionOf, many, one, textOf } from './element.ts';

const definitionsOf = (event: Element): readonly Element[] => [...many(event, 'eventDefinitions'), ...many(event, 'eventDefinitionRef')];

/** The one definition of an event; null for none. Several at once are refused before this is asked. */
export const definitionOf = (event: Element): Element | null => definitionsOf(event)[0] ?? null;
export const hasSeveral = (event: Element): boolean => definitionsOf(event).length > 1 || event['parallelMultiple'] === true;

const refName = (definition: Element, property: string): string | null => {
  const target = one(definition, property);
  return target === null ? null : (textOf(target, 'name') ?? target.id ?? null);
};
/** Errors and escalations are told apart by code, and by name where they have none. */
const refCode = (definition: Element, property: string, code: string): string | null => {
  const target = one(definition, property);
  return target === null ? null : (textOf(target, code) ?? textOf(target, 'name') ?? target.id ?? null);
};

const timerOf = (definition: Element): TimerRule | null => {
  const date = bodyOf(definition, 'timeDate');
  if (date !== null) return { kind: 'date', at: date };
  const duration = bodyOf(definition, 'timeDuration');
  if (duration !== null) return { kind: 'duration', duration };
  const cycle = bodyOf(definition, 'timeCycle');
  return cycle === null ? null : { kind: 'cycle', cycle };
};

/** What a message is called and whose it is: of an event by its definition, of a receive task by itself. */
export const messageTrigger = (element: Element, carrier: Element): Trigger | null => {
  const name = refName(carrier, 'messageRef');
  const own = extensionOf(element, 'aims:Step');
  return name === null ? null : { kind: 'message', name, correlation: own === null ? null : textOf(own, 'correlation') };
};

/** What an event waits for; null when its definition lacks what it needs. */
export const triggerOf = (event: Element, definition: Element): Trigger | null => {
  switch (definition.$type) {
    case 'bpmn:MessageEventDefinition':
      return messageTrigger(event, definition);
    case 'bpmn:SignalEventDefinition': {
      const name = refName(definition, 'signalRef');
      return name === null ? null : { kind: 'signal', name };
    }
    case 'bpmn:TimerEventDefinition': {
      const rule = timerOf(definition);
      return rule === null ? null : { kind: 'timer', rule };
    }
    case 'bpmn:ConditionalEventDefinition': {
      const condition = bodyOf(definition, 'condition');
      return condition === null ? null : { kind: 'conditional', condition };
    }
    case 'bpmn:ErrorEventDefinition':
      return { kind: 'error', code: refCode(definition, 'errorRef', 'errorCode') };
    case 'bpmn:EscalationEventDefinition':
      return { kind: 'escalation', code: refCode(definition, 'escalationRef', 'escalationCode') };
    default:
      return null;
  }
};

/** What an event throws; null when its definition lacks what it needs. */
export const resultOf = (definition: Element): Result | null => {
  switch (definition.$type) {
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' };
    case 'bpmn:ErrorEventDefinition':
      return { kind: 'error', code: refCode(definition, 'errorRef', 'errorCode') };
    case 'bpmn:EscalationEventDefinition':
      return { kind: 'escalation', code: refCode(definition, 'escalationRef', 'escalationCode') };
    case 'bpmn:MessageEventDefinition': {
      const name = refName(definition, 'messageRef');
      return name === null ? null : { kind: 'message', name };
    }
    case 'bpmn:SignalEventDefinition': {
      const name = refName(definition, 'signalRef');
      return name === null ? null : { kind: 'signal', name };
    }
    default:
      return null;
  }
};
